"""A coach marks an answer as right: it is shown exactly as it will be kept, and is about nobody."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.assistant import golden
from careerforge.assistant.golden.asking import answerer_of
from careerforge.assistant.models import GoldenQuestion
from careerforge.people.models import User
from coaching.advising import advice
from coaching.golden import nobody

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
QUESTION = "Which two skills should they build first for a senior data engineer role, and why?"
SignIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def given(coach: User, senior: User) -> advice.Opened:
    return advice.ask(coach, senior, QUESTION, uuid4(), NOW)


@pytest.fixture
def browser(coach: User, signed_in: SignIn) -> Client:
    return signed_in(coach)


def address(given: advice.Opened) -> str:
    return f"/console/golden/mark/{given.id}/"


def shown_key(browser: Client, address: str, **sent: str) -> tuple[str, str]:
    """The page, and the key of what it shows as kept."""
    answer = browser.post(address, sent) if sent else browser.get(address)
    return answer.text, answer.context["key"]


def test_it_is_shown_exactly_as_it_is_kept(browser: Client, given: advice.Opened, coach: User) -> None:
    page, key = shown_key(browser, address(given))
    assert not GoldenQuestion.objects.exists()
    browser.post(address(given), {"question": QUESTION, "key": key})
    row = GoldenQuestion.objects.get()
    assert (row.question, row.marked_by) == (QUESTION, coach)
    for line in nobody.lines(row.about):
        assert line in page
    for kept in row.passages.all():
        assert kept.version.text[kept.start : kept.end][:60] in page


def test_nothing_that_is_kept_tells_whom_it_was_about(
    browser: Client, given: advice.Opened, owner: User
) -> None:
    page, key = shown_key(browser, address(given), question=f"What should {owner.handle} build first?")
    assert "[colleague 1]" in page
    assert owner.handle not in page
    browser.post(address(given), {"question": f"What should {owner.handle} build first?", "key": key})
    row = GoldenQuestion.objects.get()
    everything = json.dumps([row.question, row.about, row.function])
    for told in (owner.handle, str(owner.pk), owner.profile.pseudo_id, "2026"):
        assert told not in everything
    assert all(isinstance(one["level"], int | None) for one in row.about["skills"])


def test_another_wording_is_shown_before_it_is_kept(browser: Client, given: advice.Opened) -> None:
    _page, key = shown_key(browser, address(given))
    page, other = shown_key(browser, address(given), question="What comes first?", key=key)
    assert "Look again: this is what is kept now." in page
    assert not GoldenQuestion.objects.exists()
    browser.post(address(given), {"question": "What comes first?", "key": other})
    assert GoldenQuestion.objects.get().question == "What comes first?"


def test_another_coachs_answer_is_not_there(
    other_coach: User, owner: User, signed_in: SignIn, given: advice.Opened
) -> None:
    assert signed_in(other_coach).get(address(given)).status_code == 404
    assert signed_in(owner).get(address(given)).status_code == 404


def test_a_kept_question_is_answered_again_about_nobody(
    browser: Client, given: advice.Opened, coach: User
) -> None:
    _page, key = shown_key(browser, address(given))
    browser.post(address(given), {"question": QUESTION, "key": key})
    row = GoldenQuestion.objects.get()
    answerer = answerer_of(row.function)
    assert answerer is not None
    assert coach.organisation_id is not None
    desk = golden.Desk(coach.organisation_id)
    with CaptureQueriesContext(connection) as counted:
        answered = answerer.answer(golden.Asked(row.question, row.about, coach, desk), NOW)
    assert not any("people_user" in query["sql"] and "INSERT" in query["sql"] for query in counted)
    assert not answered.refused
    assert any(span.version == row.passages.all()[0].version_id
               for one in answered.sentences for span in one.spans)  # fmt: skip
    assert answered.model == "rules"


def test_the_set_is_seen_by_every_coach_and_a_question_is_retired_and_asked_again(
    browser: Client, given: advice.Opened, other_coach: User, signed_in: SignIn
) -> None:
    _page, key = shown_key(browser, address(given))
    browser.post(address(given), {"question": QUESTION, "key": key})
    other = signed_in(other_coach)
    assert QUESTION in other.get("/console/golden/").text
    row = GoldenQuestion.objects.get()
    other.post(f"/console/golden/{row.pk}/retire/")
    assert QUESTION not in other.get("/console/golden/").text
    assert QUESTION in other.get("/console/golden/?retired=1").text
    other.post(f"/console/golden/{row.pk}/retire/")
    with CaptureQueriesContext(connection) as counted:
        assert QUESTION in other.get("/console/golden/").text
    assert len(counted) <= 15


def test_a_question_by_hand_is_found_chosen_shown_and_kept(browser: Client) -> None:
    new = "/console/golden/new/"
    asked = {"question": "What comes before batch orchestration?"}
    found = browser.post(new, asked).context["found"]
    assert found.offered
    chosen = {**asked, "chunk": [found.offered[0].chunk_id]}
    shown = browser.post(new, chosen)
    assert "Keep it as shown" in shown.text
    assert not GoldenQuestion.objects.exists()
    browser.post(new, {**chosen, "digest": shown.context["found"].proposal.key})
    assert GoldenQuestion.objects.get().question == asked["question"]
    assert browser.post(new, {**asked, "chunk": ["x", "99999999"]}).status_code == 200
