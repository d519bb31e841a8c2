"""With too little of it supported, the rules' answer is shown and the model's version waits."""

import json
from uuid import uuid4

import pytest

from careerforge.assistant import reviewing
from careerforge.assistant.models import Review
from careerforge.assistant.policy import Verdict
from careerforge.knowledge.models import Collection
from careerforge.people import rooms
from coaching.advising import advice
from coaching.advising.receipts import order
from coaching.models import Advice
from tests.coaching.conftest import NOW, SENTENCE
from tests.gateway.conftest import wire

__all__ = ["wire"]

QUESTION = "Which skill should they build first for a senior data engineer role?"
TRUE = "Batch orchestration stands at level 0.8 of 4."
ALSO_TRUE = "Python is at level 1.0 of 4."
INVENTED = "Their manager has promised a promotion to principal engineer in March 2031."
DREAMED = "Stream processing stands at level 3.9 of 4."


@pytest.fixture
def says(company, coach, wire, httpserver, monkeypatch):
    """A model that is switched on and says these sentences."""
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    coach.refresh_from_db()
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "local-model")
    return lambda *sentences: wire.chat(json.dumps({"answer": " ".join(sentences)}))


@pytest.fixture
def ask(coach, senior, library, monkeypatch):
    """Asks, while the policy has nothing against what the model says."""

    def put(question=QUESTION):
        with monkeypatch.context() as lenient:
            lenient.setattr(
                "careerforge.assistant.support.judge_all", lambda texts: [Verdict() for _ in texts]
            )
            return advice.ask(coach, senior, question, uuid4(), NOW)

    return put


@pytest.fixture
def waiting(says, ask):
    says(TRUE, INVENTED, DREAMED)
    return ask()


@pytest.fixture
def again(coach, senior):
    """The advice as the coach sees it on the next load."""
    return lambda: advice.earlier(coach, senior)[0]


def test_the_rules_answer_at_once_and_the_draft_waits_for_the_coach(waiting, coach):
    review = Review.objects.get()
    assert waiting.model_used == "rules"
    assert waiting.review.waits
    assert (review.kind, review.assigned_to, review.why) == ("low_confidence", coach, ["few_supported"])


def test_the_draft_shows_what_is_supported_and_what_is_not(waiting, coach):
    review = Review.objects.get()
    shown = reviewing.targets.registered()["advice"].draft(review, coach)
    assert [line.text for line in shown.draft[0].lines] == [TRUE]
    assert shown.sure == "Not sure: 1 of 3 sentences are supported by 1 source."
    assert INVENTED in shown.problems[0]
    assert shown.question == QUESTION
    assert shown.by_rules[0].lines


def test_approved_it_takes_the_place_of_the_rules_version_which_stays_below(waiting, coach, decide, again):
    assert decide(Review.objects.get(), coach, "approve", now=NOW).done
    opened = again()
    assert opened.model_used == "local-model"
    assert [one.text for one in opened.answer.sentences] == [TRUE]
    assert opened.by_rules.sentences == waiting.answer.sentences
    assert "approved" in opened.review.sentence


def test_a_changed_text_stands_on_quoted_spans_or_not_at_all(waiting, coach, decide, again):
    refused = decide(Review.objects.get(), coach, "edit", now=NOW, text=f"{TRUE} {DREAMED}")
    assert DREAMED in refused.problems[0]
    assert again().model_used == "rules"
    text = "Batch orchestration is at level 0.8 of 4."
    assert decide(Review.objects.get(), coach, "edit", now=NOW, text=text).done
    opened = again()
    assert [one.text for one in opened.answer.sentences] == [text]
    assert opened.sources


def test_the_receipt_of_an_approved_version_is_its_own(waiting, coach, decide, again):
    decide(Review.objects.get(), coach, "approve", now=NOW)
    opened = again()
    told, before = opened.receipt, waiting.receipt
    assert order(told.inputs) == order(before.inputs)
    assert told.points == before.points
    added = {name: value for name, value in told.versions.items() if name not in before.versions}
    assert added == {
        "model": "local-model",
        "prompt": opened.prompt_version,
        "checks": "schema links policy support",
        "review": "approved by coach",
        "reviewed": "2026-11-20T09:00+00:00",
    }
    assert ("Looked at", opened.review.sentence) in opened.about


def test_the_receipt_of_a_changed_version_names_what_that_rests_on(says, ask, coach, decide, again):
    says(TRUE, SENTENCE, INVENTED, DREAMED)
    before = ask().receipt
    assert decide(Review.objects.get(), coach, "edit", now=NOW, text=SENTENCE).done
    told = again().receipt
    assert told.versions["review"] == "edited by coach"
    assert told.versions["checks"] == "links policy support"
    assert "Ladder of the data practice" in [factor.label for factor in told.factors]
    assert order(told.inputs) == order(before.inputs)


def test_the_version_by_rules_keeps_its_receipt(waiting, coach, decide):
    decide(Review.objects.get(), coach, "approve", now=NOW)
    row = Advice.objects.get()
    stored = advice.stored_answer(row, row.room, rooms.key_for(row.room, coach))
    assert stored["by_rules"]["receipt"] == json.loads(json.dumps(waiting.receipt.as_json()))


def test_a_changed_text_is_judged_by_the_policy(waiting, coach, decide):
    told = decide(Review.objects.get(), coach, "edit", now=NOW, text=f"{TRUE} They are pregnant.")
    assert any("nobody should decide by" in problem for problem in told.problems)


def test_a_cover_who_came_later_decides_too(waiting, covering, decide):
    assert decide(Review.objects.get(), covering, "reject", now=NOW, reason="Too vague.").done


def test_rejected_or_lapsed_the_rules_version_stays(waiting, coach, decide, again):
    decide(Review.objects.get(), coach, "reject", now=NOW, reason="It invents a promotion.")
    assert again().answer.sentences == waiting.answer.sentences
    assert "did not approve" in again().review.sentence


def test_nothing_of_it_is_in_clear_outside_the_room(waiting):
    row, review = Advice.objects.get(), Review.objects.get()
    stored = bytes(row.sealed_answer) + bytes(review.sealed_draft)
    assert not [text for text in (TRUE, INVENTED) if text.encode() in stored]


def test_without_a_reviewer_under_the_cap_only_the_rules_answer(says, ask, monkeypatch):
    monkeypatch.setattr("careerforge.assistant.reviewing.reviewers.reviewers", lambda subject, on: [])
    says(TRUE, INVENTED, DREAMED)
    assert ask().review is None
    assert not Review.objects.exists()


def test_an_unsure_answer_is_kept_for_nobody(says, wire, ask):
    says(TRUE, INVENTED, DREAMED)
    says(TRUE, ALSO_TRUE)
    assert [ask().model_used for _ in range(2)] == ["rules", "local-model"]
    assert len(wire.requests) == 2


def test_a_document_that_is_closed_meanwhile_is_in_no_draft(says, ask, coach, decide, again):
    says(f"{SENTENCE.removesuffix('.')} [1].", INVENTED)
    ask()
    Collection.objects.update(audience="hr")
    review = Review.objects.get()
    shown = reviewing.targets.registered()["advice"].draft(review, coach)
    assert SENTENCE not in str(shown)
    decide(review, coach, "approve", now=NOW)
    assert SENTENCE not in str(again())


def test_what_a_reviewer_may_not_read_of_the_rules_version_is_not_lost(says, ask, coach, decide, again):
    says(TRUE, INVENTED, DREAMED)
    told = ask("Why does batch orchestration come before stream processing?").answer
    assert told.chunks
    audience = Collection.objects.values_list("audience", flat=True).distinct().get()
    Collection.objects.update(audience="hr")
    decide(Review.objects.get(), coach, "approve", now=NOW)
    Collection.objects.update(audience=audience)
    assert again().by_rules.sentences == told.sentences


def test_the_page_says_that_a_draft_waits(waiting, signed_in, coach, page_of, senior):
    page = signed_in(coach).get(page_of(senior)).content.decode()
    assert "waits for a coach to look at it" in page
    assert f"/console/reviews/{waiting.review.review_id}/" in page
    assert rooms.entered(senior, coach) is not None
