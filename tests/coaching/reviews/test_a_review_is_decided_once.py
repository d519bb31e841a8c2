"""Four eyes, one effect, both views of two who disagree, and the end of what nobody decided."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from careerforge.assistant import reviewing
from careerforge.assistant.models import Opinion, Review
from careerforge.assistant.reviewing import targets
from careerforge.governance.models import AuditEvent
from careerforge.people.models import Assignment
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_cast
from tests.coaching.reviews.conftest import NOW, PAPER, Paper
from tests.taxonomy import make_taxonomy

LATER = NOW + timedelta(days=4)


def state(review):
    review.refresh_from_db()
    return review.state


def test_an_approval_takes_effect_and_is_audited(submit, decide, coach, paper):
    review = submit()
    assert decide(review, coach, "approve").done
    assert (state(review), paper.done) == ("approved", [("approve", coach)])
    assert AuditEvent.objects.filter(act="review.approved", actor=coach.pk).exists()


def test_a_rejection_needs_a_reason(submit, decide, coach, paper):
    review = submit()
    refused = decide(review, coach, "reject", reason="  ")
    assert refused.problems
    assert (state(review), paper.done) == ("waiting", [])
    assert decide(review, coach, "reject", reason="It forgets their project.").done
    assert (state(review), paper.done) == ("rejected", [("reject", coach)])


def test_a_reason_is_sealed_and_in_no_audit_row(submit, decide, coach):
    decide(submit(), coach, "reject", reason="It forgets the wombat.")
    assert b"wombat" not in bytes(Opinion.objects.get().sealed_reason)
    assert not AuditEvent.objects.filter(reason__contains="wombat").exists()


def test_a_changed_text_is_checked_before_it_counts(submit, decide, coach, paper):
    review = submit()
    assert decide(review, coach, "edit", text="The wombat leads.").problems
    assert (state(review), paper.done) == ("waiting", [])
    assert decide(review, coach, "edit", text="Streams come second.").done
    assert (state(review), paper.done) == ("edited", [("edit", coach, "Streams come second.")])


def test_who_asked_cannot_approve_what_is_high_stakes(submit, decide, coach, covering, paper):
    review = submit(asked_by=coach)
    assert not decide(review, coach, "approve").done
    assert (state(review), paper.done) == ("waiting", [])
    assert decide(review, covering, "approve").done


def test_who_asked_may_decide_what_is_only_uncertain(submit, decide, coach):
    assert decide(submit("low_confidence", asked_by=coach), coach, "approve").done


def test_somebody_who_coaches_others_cannot_decide(submit, decide, manager, paper):
    assert not decide(submit(), manager, "approve").done
    assert paper.done == []


def test_a_double_click_is_one_effect(submit, decide, coach, paper):
    review = submit()
    assert all(decide(review, coach, "approve").done for _ in range(2))
    assert paper.done == [("approve", coach)]
    assert Opinion.objects.count() == 1


def test_the_second_of_two_is_told_and_their_words_are_kept(submit, decide, coach, covering, paper):
    review = submit()
    decide(review, coach, "approve")
    told = decide(review, covering, "reject", now=NOW + timedelta(minutes=1), reason="Too early.")
    assert not told.done
    assert told.sentence.startswith("Approved on 17 Nov 2026")
    assert "kept beside it" in told.sentence
    assert paper.done == [("approve", coach)]
    assert [one.verdict for one in review.opinions.all()] == ["approve", "reject"]


def test_two_who_disagree_stop_it_and_a_change_of_mind_settles_it(submit, decide, coach, covering, paper):
    review = submit()
    assert decide(review, coach, "approve", second=True).done
    assert (state(review), review.assigned_to) == ("waiting", covering)
    assert "disagree" in decide(review, covering, "reject", reason="Too early.").sentence
    assert (state(review), paper.done) == ("split", [])
    decide(review, covering, "approve")
    assert (state(review), paper.done) == ("approved", [("approve", covering)])


def test_what_nobody_decided_lapses_to_the_rules(submit, decide, coach, paper):
    review = submit()
    assert reviewing.lapse_overdue(review.due_at - timedelta(seconds=1)) == 0
    assert reviewing.lapse_overdue(review.due_at) == 1
    assert (state(review), paper.done) == ("lapsed", [("lapse",)])
    assert reviewing.lapse_overdue(LATER) == 0
    told = decide(review, coach, "approve", now=LATER)
    assert not told.done
    assert "Nobody decided by 20 Nov 2026" in told.sentence
    assert paper.done == [("lapse",)]


def test_a_decision_after_the_deadline_finds_it_lapsed_before_the_job_ran(submit, decide, coach, paper):
    review = submit()
    assert not decide(review, coach, "approve", now=LATER).done
    assert (state(review), paper.done) == ("lapsed", [("lapse",)])


def test_a_review_that_splits_lapses_too(submit, decide, coach, covering):
    review = submit()
    decide(review, coach, "approve", second=True)
    decide(review, covering, "reject", reason="Too early.")
    assert reviewing.lapse_overdue(LATER) == 1
    assert state(review) == "lapsed"


def test_a_draft_that_is_gone_is_withdrawn(submit, decide, coach, paper):
    review = submit()
    paper.is_there = False
    assert not decide(review, coach, "approve").done
    assert (state(review), paper.done) == ("withdrawn", [])


def test_its_app_may_withdraw_it(submit):
    review = submit()
    assert reviewing.withdraw(PAPER, review.target_id, NOW)
    assert not reviewing.withdraw(PAPER, review.target_id, NOW)
    assert state(review) == "withdrawn"


def test_the_person_is_told_what_became_of_it_for_two_weeks(submit, decide, coach, owner):
    review = submit()
    assert reviewing.latest(owner, PAPER, NOW).waits
    reviewing.lapse_overdue(review.due_at)
    assert reviewing.latest(owner, PAPER, LATER).sentence.startswith("No coach looked at")
    assert reviewing.latest(owner, PAPER, LATER + timedelta(days=15)) is None


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_the_same_moment_have_one_effect(transactional_db, monkeypatch):
    paper = Paper()
    monkeypatch.setitem(targets._targets, PAPER, paper)
    organisation = Organisation(name="Northwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        cast = make_cast(make_taxonomy(), "")
        Assignment.objects.create(
            coach=cast.other_coach, employee=cast.owner, starts_on=NOW.date(), cover=True
        )
        review = reviewing.submit("high_stakes", cast.owner, PAPER, uuid4(), (), None, NOW)

    def click(who):
        word = reviewing.Word("approve") if who == cast.coach else reviewing.Word("reject", "Too early.")
        try:
            with context.organisation(organisation.id):
                return reviewing.decide(review.id, who, word, NOW).done
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(click, (cast.coach, cast.other_coach)))
    with context.organisation(organisation.id):
        ended = Review.objects.get()
        views = Opinion.objects.count()
    assert sorted(done) == [False, True]
    assert len(paper.done) == 1
    assert paper.done[0][0] == {"approved": "approve", "rejected": "reject"}[ended.state]
    assert views == 2
