from uuid import uuid4

import pytest

from careerforge.governance.models import AuditEvent
from learning.paths import path
from tests.coaching.conftest import NOW

QUESTION = "Which two skills should they build first, and why?"


@pytest.fixture
def client(coach, senior, signed_in):
    path.ensure(senior, NOW)
    return signed_in(coach)


@pytest.fixture
def url(senior, page_of):
    return page_of(senior)


def test_it_shows_five_fields_and_no_sixth(client, url, handle, senior):
    page = client.get(url).content.decode()
    assert handle(senior) in page
    assert "Data, mid-level, 6–8 years of experience, region North" in page
    for canary in ("Ottilie", "Varnhagen", "northwind.example", "Quellmoor", "NW-", "owner"):
        assert canary not in page.replace("cf-", "").replace("owner-", "")


def test_the_skills_and_the_path_are_there_to_be_cited(client, url):
    page = client.get(url).content.decode()
    assert 'id="skills"' in page
    assert 'id="path"' in page


def test_looking_is_written_down(client, url, coach, senior):
    client.get(url)
    seen = AuditEvent.objects.filter(act="person.viewed", actor=coach.id, subject=senior.id)
    assert seen.count() == 1


def test_a_question_leads_to_its_answer(client, url, library):
    answered = client.post(url, {"question": QUESTION, "form_key": str(uuid4())}, follow=True)
    page = answered.content.decode()
    assert "sentences are supported by" in page
    assert "Build" in page


def test_a_swapped_answer_equals_the_one_of_a_fresh_page(client, url, library):
    headers = {"HX-Request": "true", "HX-Target": "advice"}
    swapped = client.post(
        url, {"question": QUESTION, "form_key": str(uuid4())}, headers=headers
    ).content.decode()
    fresh = client.get(url).content.decode()
    # The thumbs below it carry a token and an address of their own.
    cited = swapped[swapped.index("<article") : swapped.index('<div class="cf-thumbs"')]
    assert cited in fresh


@pytest.mark.parametrize("question", [" ", "\u200b\u2060", "\u3164 \u202e"])
def test_an_empty_question_is_refused_in_words(client, url, question):
    answered = client.post(url, {"question": question, "form_key": str(uuid4())})
    assert answered.status_code == 422
    assert "Write your question first." in answered.content.decode()


def test_a_question_of_more_than_2000_characters_is_refused_in_words(client, url):
    answered = client.post(url, {"question": "x" * 2001, "form_key": str(uuid4())})
    assert answered.status_code == 422
    assert "up to 2,000 characters; this one has 2001" in answered.content.decode()


def test_markup_in_a_question_is_text(client, url):
    client.post(url, {"question": "<script>alert(1)</script> SQL?", "form_key": str(uuid4())})
    page = client.get(url).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.usefixtures("library")
def test_fifteen_queries_are_enough_however_much_was_asked_and_told(client, url, queries, claim, senior):
    def ask(number):
        client.post(url, {"question": f"{QUESTION} {number}", "form_key": str(uuid4())})

    ask(0)
    few = queries(lambda: client.get(url))
    for number in range(1, 4):
        ask(number)
    claim(senior, "giving-feedback", 2)
    assert queries(lambda: client.get(url)) == few <= 15


def test_a_question_that_turns_its_letters_round_turns_nothing_else_round(client, url):
    client.post(url, {"question": "\u202eSQL?", "form_key": str(uuid4())})
    client.post(url, {"question": "What now?", "form_key": str(uuid4())})
    page = client.get(url).content.decode()
    assert "<bdi>\u202eSQL?</bdi>" in page
    assert "<bdi>What now?</bdi>" in page


def test_asking_is_one_step_away_where_it_comes_last(client, url):
    page = client.get(url).content.decode()
    assert page.index('href="#advice"') < page.index('id="skills"') < page.index('id="advice"')


def test_a_question_of_blanks_comes_back_empty(client, url):
    page = client.post(url, {"question": "   ", "form_key": str(uuid4())}).content.decode()
    area = page.split("<textarea")[1].split("</textarea>")[0]
    assert area.split(">", 1)[1].strip("\r\n") == ""
