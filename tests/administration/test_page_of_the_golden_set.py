"""The golden set in the administration: its questions, its bar, its runs side by side."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.assistant import golden
from careerforge.assistant.golden.changing import Change
from careerforge.assistant.models import GoldenBar, GoldenQuestion, GoldenRun
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from tests.administration.test_page_of_prompts import NOW, words
from tests.assistant.answering import FUNCTION, kept
from tests.assistant.test_the_golden_gate import WORDS, document, span
from tests.knowledge.conftest import collection, hashing, stored

__all__ = ["collection", "hashing"]

SET, RUNS = "/admin/assistant/goldenquestion/", "/admin/assistant/goldenrun/"
SignIn = Callable[[User], Client]


@pytest.fixture
def browser(admin_lnd: User, signed_in: SignIn) -> Client:
    return signed_in(admin_lnd)


@pytest.fixture
def run(coach: User, admin_lnd: User) -> GoldenRun:
    """Three questions: one is worse, one is better, one is the same; the last rests on a closed document."""
    open_one = document(Collection.objects.create(name="Ladders"))
    closed = document(Collection.objects.create(name="For coaches", audience="coaches"))
    for question, version in (("Worse?", open_one), ("Better?", open_one), ("Closed?", closed)):
        golden.keep(golden.propose(FUNCTION, question, {}, [span(version)]), coach, NOW, acting="coach")

    def said(asked: golden.Asked) -> golden.Answered:
        version = closed if asked.question == "Closed?" else open_one
        told = "A secret of coaches." if asked.question == "Closed?" else WORDS
        return golden.Answered((golden.Sentence(told, (span(version),)),))

    none = golden.Answered((), refused=True)

    def sides(question: str) -> tuple[golden.Answered, golden.Answered]:
        return _sides(question, said(golden.Asked(question, {}, coach, desk)), none)

    assert coach.organisation_id is not None
    desk = golden.Desk(coach.organisation_id)
    return kept(Change(), admin_lnd, sides)


def _sides(
    question: str, said: golden.Answered, none: golden.Answered
) -> tuple[golden.Answered, golden.Answered]:
    return {"Worse?": (said, none), "Better?": (none, said)}.get(question, (said, said))


def test_a_run_shows_worse_and_better_side_by_side(browser: Client, run: GoldenRun) -> None:
    page = f"{RUNS}{run.pk}/change/"
    told = words(browser.get(page))
    assert "3 questions" in told
    assert "with this change: what is live now" in told
    assert "cites a right passage, or passes every check 67% 67%" in told
    assert "Worse: 1 Better: 1 The same: 1" in told.replace(" ·", "")
    assert f"Worse? Live Cites a right passage, 100% supported. Built by rules {WORDS}" in told
    assert "With the change Does not know. Built by rules" in told
    assert "Better? Live Does not know" in words(browser.get(f"{page}?only=better"))


def test_a_run_in_which_nothing_has_changed_shows_its_answers_at_once(
    browser: Client, run: GoldenRun
) -> None:
    run.results.exclude(outcome="same").delete()
    told = words(browser.get(f"{RUNS}{run.pk}/change/"))
    assert "Closed?" in told
    assert "None." not in told


@pytest.mark.parametrize(
    ("fewest", "most_worse", "verdict", "why"),
    [
        (20, 100, "Not proven", "3 golden questions are about this"),
        (1, 0, "Below the bar", "33% of the answers are worse; 0 % may be."),
        (1, 40, "Reaches the bar", "few enough are worse"),
    ],
)
def test_a_run_of_a_change_says_first_what_it_shows(
    browser: Client, run: GoldenRun, fewest: int, most_worse: int, verdict: str, why: str
) -> None:
    GoldenRun.objects.filter(pk=run.pk).update(generation=7)
    GoldenBar.objects.create(fewest=fewest, most_worse=most_worse)
    told = words(browser.get(f"{RUNS}{run.pk}/change/"))
    assert told.index(f"{verdict}.") < told.index(why) < told.index("The bar:")


def test_changes_and_questions_have_their_usual_names(browser: Client, run: GoldenRun) -> None:
    GoldenRun.objects.filter(pk=run.pk).update(prompt="advice")
    assert "the prompt “Coaching advice”" in words(browser.get(f"{RUNS}{run.pk}/change/"))
    assert "3 golden questions" in words(browser.get(SET))


def test_what_rests_on_a_document_of_others_is_not_told(
    browser: Client, run: GoldenRun, admin_platform: User, signed_in: SignIn
) -> None:
    for one in (browser, signed_in(admin_platform)):
        told = words(one.get(f"{RUNS}{run.pk}/change/?only=same"))
        assert "A sentence that rests on a document you may not read." in told
        assert "secret" not in told


def test_a_question_is_shown_as_it_is_kept(browser: Client, run: GoldenRun) -> None:
    told = words(browser.get(f"{SET}{GoldenQuestion.objects.get(question='Worse?').pk}/change/"))
    assert f"Ladder : “ {WORDS} ”".replace("“ ", "").replace(" ”", "") in told.replace("“", "").replace(
        "”", ""
    )
    told = words(browser.get(f"{SET}{GoldenQuestion.objects.get(question='Closed?').pk}/change/"))
    assert "A passage of a document that you may not read." in told


def test_a_question_is_retired_and_asked_again(browser: Client, run: GoldenRun) -> None:
    row = GoldenQuestion.objects.get(question="Worse?")
    is_asked = GoldenQuestion.objects.filter(pk=row.pk, retired_at=None).exists
    browser.post(f"{SET}{row.pk}/change/")
    assert not is_asked()
    browser.post(SET, {"action": "take_back_chosen", "_selected_action": [str(row.pk)]})
    assert is_asked()
    browser.post(SET, {"action": "retire_chosen", "_selected_action": [str(row.pk)]})
    assert not is_asked()


def test_a_question_by_hand_is_shown_before_it_is_kept(
    browser: Client, collection: Collection, owner: User
) -> None:
    stored(collection, "1", "A senior engineer reviews the queries of others and mentors two people.")
    asked = {"question": f"Who reviews queries, {owner.handle}?"}
    found = browser.post(f"{SET}add/", asked).context["found"]
    chosen = {**asked, "chunk": [found.offered[0].chunk_id]}
    shown = browser.post(f"{SET}add/", chosen)
    assert "What is kept Who reviews queries, [colleague 1]?" in words(shown)
    browser.post(f"{SET}add/", {**chosen, "digest": shown.context["found"].proposal.key})
    assert GoldenQuestion.objects.get().question == "Who reviews queries, [colleague 1]?"


def test_the_bar_is_set_once(browser: Client) -> None:
    add = "/admin/assistant/goldenbar/add/"
    browser.post(add, {"most_worse": "3", "fewest": "10"})
    assert browser.post(add, {"most_worse": "4", "fewest": "10"}).status_code == 403
    assert GoldenBar.objects.get().most_worse == 3


def test_what_is_live_is_measured_by_a_job(browser: Client, run: GoldenRun) -> None:
    browser.post(f"{RUNS}ask/")
    assert JobRun.objects.filter(job="assistant.ask_golden").exists()
    assert "Asking the golden set" in words(browser.get(RUNS))


def test_few_queries_however_many_there_are(browser: Client, run: GoldenRun, coach: User) -> None:
    version = document(Collection.objects.create(name="More"))
    for number in range(15):
        golden.keep(
            golden.propose(FUNCTION, f"No {number}?", {}, [span(version)]), coach, NOW, acting="coach"
        )
    for address in (SET, RUNS, f"{RUNS}{run.pk}/change/", f"{SET}{run.results.all()[0].golden_id}/change/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as counted:
            browser.get(address)
        assert len(counted) <= 15, address


@pytest.mark.parametrize("who", ["owner", "coach", "manager", "admin_hr", "admin_org"])
def test_nobody_else_gets_in(cast: Any, who: str, signed_in: SignIn, run: GoldenRun) -> None:
    other = signed_in(getattr(cast, who))
    for address in (SET, RUNS, f"{SET}add/", f"{RUNS}{run.pk}/change/"):
        assert other.get(address).status_code in (302, 403, 404)
    assert other.post(f"{RUNS}ask/").status_code in (302, 403, 404)
