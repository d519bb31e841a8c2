"""Who asks too much, or too long, is told so and loses nothing; everything that needs no model goes on."""

import json
from datetime import date
from uuid import uuid4

import pytest

from careerforge.gateway.models import Limit, ModelCall
from careerforge.people.models import Team, TeamMembership
from tests.coaching.test_a_model_may_word_an_answer import QUOTED, TRUE, provider, says, switched_on
from tests.gateway.conftest import wire

__all__ = ["provider", "switched_on", "wire"]

QUESTION = "Which skill should they build first for a senior data engineer role?"


@pytest.fixture
def browser(signed_in, coach, senior, library):
    return signed_in(coach)


@pytest.fixture
def page(senior, profile_of):
    return f"/console/people/{profile_of(senior).pseudo_id}/"


def ask(browser, page, question=QUESTION, **headers):
    return browser.post(page, {"question": question, "form_key": str(uuid4())}, headers=headers)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ("person", "You have asked as many questions as one person may in an hour."),
        ("team", "Your team has used its budget for language models today."),
        ("organisation", "Your company has used its budget for language models today."),
    ],
)
def test_past_a_limit_the_rules_answer_at_once_and_say_when_a_model_can_be_asked(
    switched_on, provider, browser, page, coach, scope, sentence, headers
):
    says(provider, TRUE, QUOTED)
    team = Team.objects.get(name="Data team")
    TeamMembership.objects.create(team=team, user=coach, starts_on=date(2026, 1, 1))
    Limit.objects.create(scope=scope, calls=1)
    assert ask(browser, page).status_code == 302
    again = ask(browser, page, f"{QUESTION} And then?", **headers)
    assert again.status_code == (200 if headers else 302)
    shown = again.text if headers else browser.get(again.url).text
    assert f"{sentence} This is the answer by rules. A language model can be asked again at" in shown
    assert f"{QUESTION} And then?" in shown
    assert "Built by rules" in shown
    assert len(provider.requests) == 1


def test_browsers_show_that_page_also_where_it_is_swapped(browser, page):
    config = browser.get(page).text.partition('name="htmx-config" content=\'')[2].partition("'")[0]
    swapped = {one["code"]: one["swap"] for one in json.loads(config)["responseHandling"]}
    assert swapped["429"]


def test_pages_without_a_model_go_on_past_every_limit(
    switched_on, provider, browser, page, signed_in, senior
):
    for scope in ("person", "team", "organisation"):
        Limit.objects.create(scope=scope, calls=0)
    assert browser.get("/console/").status_code == browser.get(page).status_code == 200
    own = signed_in(senior)
    assert [own.get(address).status_code for address in ("/", "/skills/", "/help/")] == [200, 200, 200]
    assert provider.requests == []


def test_a_question_of_a_megabyte_is_refused_in_words_and_asks_nobody(switched_on, provider, browser, page):
    answer = ask(browser, page, "x" * 1_000_000)
    assert answer.status_code == 422
    assert "2000" in answer.text.replace(",", "")
    assert provider.requests == []


def test_an_answer_of_100000_words_is_paid_for_and_shown_to_nobody(switched_on, provider, browser, page):
    says(provider, "word " * 100_000)
    assert ask(browser, page).status_code == 302
    text = browser.get(page).text
    assert "word word" not in text
    assert len(text) < 200_000
    call = ModelCall.objects.get(outcome="bad_answer")
    assert call.error_kind == "too_long"
