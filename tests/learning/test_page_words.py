"""The page about a path in a model's words, and what the other pages say of it."""

import re

import pytest
from django.utils import timezone

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import Word, decide
from learning.models import PathDraft, Target, Wording
from learning.paths import path, progress
from learning.roles import suggestions
from learning.words import worded
from tests.learning.model import MODEL, do, proposal, take
from tests.learning.test_page_path import queries
from tests.learning.test_words_for_roles_and_gaps import words

URL = "/path/words/"
CHANGES = "/path/words/changes/"
FIGURES = re.compile(r"\d+ steps? to [^.]*\.")


@pytest.fixture
def client(owner, signed_in, version):
    return signed_in(owner)


@pytest.fixture
def body(client):
    return lambda address=URL: client.get(address).content.decode()


@pytest.fixture
def drafted(model, offer, owner, senior):
    model.says(proposal(offer))
    do("learning.word_path", person=str(owner.id), role=str(senior.id))
    return PathDraft.objects.get()


def test_without_a_model_there_is_no_button_and_it_says_by_rules(body):
    assert "built by rules" in body()
    assert "Ask for it" not in body()
    assert "In a model’s words" not in body("/")


def test_with_a_model_and_a_coach_it_can_be_asked_for(model, client, body):
    assert "Ask for it" in body()
    asked = client.post(f"{URL}ask/")
    assert asked.status_code == 302
    assert "/tasks/" in asked["Location"]


def test_every_form_may_be_sent(drafted, client, body, coach):
    """Each carries the token without which the site refuses it."""
    decide(Review.objects.get().id, coach, Word("reject", reason="Too general."), timezone.now())
    for address in ("/", URL):
        page = body(address)
        assert "path/words/ask/" in page, address
        assert page.count("<form") - page.count('method="get"') == page.count("csrfmiddlewaretoken"), address


def test_what_waits_says_until_when_and_can_be_cancelled(drafted, client, body):
    assert "waits for your coach, until" in body()
    assert "waits for your coach" in body("/")
    assert "Ask for it" not in body()
    client.post(f"{URL}{drafted.id}/cancel/")
    assert "Ask for it" in body()


def test_once_taken_it_says_whose_words_it_is_in_and_the_way_back(drafted, client, body, coach, owner):
    decide(Review.objects.get().id, coach, Word("approve"), timezone.now())
    take(owner, drafted)
    page = body()
    assert MODEL in page
    assert "Every resource is a row of the catalogue." in page
    assert f"in the words of {MODEL}" in body("/")
    client.post(f"{URL}by-rules/")
    assert "built by rules on" in body("/")


def test_the_coach_is_told_that_it_is_offered_and_nothing_has_changed_yet(drafted, coach, version, owner):
    ended = decide(Review.objects.get().id, coach, Word("approve"), timezone.now())
    assert "offered to the person" in ended.sentence
    assert "is what is shown" not in ended.sentence
    assert path.current(owner) == version


@pytest.fixture
def worded_roles(drafted, model, owner):
    """Every suggested role in a model's words."""
    compared = suggestions.compare(owner, timezone.now().date())
    gaps = [compared.gap(one.role) for one in compared.best()]
    model.wire.answers.clear()
    model.says(words([worded.of_role(gap) for gap in gaps], "roles"))
    assert do("learning.suggest", person=str(owner.id)).result == {"stored": len(gaps), "worded": len(gaps)}


def test_fifteen_queries_are_enough_with_models_and_words(worded_roles, drafted, client, owner, coach):
    assert MODEL in client.get("/skills/").content.decode()
    for address in (URL, "/", "/skills/"):
        assert queries(lambda address=address: client.get(address)) <= 15, address
    decide(Review.objects.get().id, coach, Word("approve"), timezone.now())
    for address in (URL, "/", CHANGES):
        assert queries(lambda address=address: client.get(address)) <= 15, address
    take(owner, drafted)
    for address in (URL, "/"):
        assert queries(lambda address=address: client.get(address)) <= 15, address


def test_fifteen_are_enough_for_the_skills_where_no_words_stand(worded_roles, client):
    Wording.objects.all().delete()
    assert queries(lambda: client.get("/skills/")) <= 15
    Target.objects.all().delete()
    assert queries(lambda: client.get("/skills/")) <= 15


def test_without_a_model_s_summary_both_pages_say_the_same_figures(drafted, body, coach, owner, step_of):
    decide(Review.objects.get().id, coach, Word("approve"), timezone.now())
    take(owner, drafted)
    PathDraft.objects.update(summary="")
    step = step_of("giving-feedback")
    (before,) = set(FIGURES.findall(body("/")))
    progress.skip(owner, step, "no_time", timezone.now())
    (said,) = set(FIGURES.findall(body("/")))
    assert said != before
    assert said in body()
