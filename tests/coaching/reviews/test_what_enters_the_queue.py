"""Who is given a draft, until when, and what never waits for anybody."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from careerforge.assistant import reviewing
from careerforge.assistant.models import Review, ReviewSetting
from careerforge.assistant.reviewing import reviewers, texts
from careerforge.governance.models import AuditEvent
from careerforge.people.models import Assignment, Grant, Team
from tests.coaching.reviews.conftest import NOW, PAPER


def test_it_goes_to_the_persons_coach_with_a_deadline(submit, coach):
    review = submit()
    assert (review.assigned_to, review.state) == (coach, "waiting")
    assert review.due_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert AuditEvent.objects.filter(act="review.submitted", subject=review.subject_id).exists()


def test_the_same_draft_twice_is_one_open_review(paper, owner):
    one = uuid4()
    put = [reviewing.submit("policy", owner, PAPER, one, ["policy"], None, NOW) for _ in range(2)]
    assert put[0] == put[1]


def test_who_has_least_to_do_gets_it(submit, coach, covering):
    assert [submit().assigned_to for _ in range(3)] == [coach, covering, coach]


def test_nobody_reviews_what_they_asked_for_where_it_is_high_stakes(submit, coach):
    assert submit(asked_by=coach) is None
    assert submit("low_confidence", asked_by=coach).assigned_to == coach


def test_with_a_cover_the_other_coach_gets_it(submit, coach, covering):
    assert submit(asked_by=coach).assigned_to == covering


def test_a_person_without_a_coach_has_no_review(submit):
    Assignment.objects.all().delete()
    assert submit() is None


def test_an_hr_admin_who_coaches_reviews_nothing(submit, coach):
    Grant.objects.create(user=coach, kind="admin-hr")
    assert submit() is None


def test_nobody_in_the_reporting_line_reviews(submit, coach):
    Team.objects.filter(name="Data team").update(manager=coach)
    assert submit() is None


def test_above_the_cap_nothing_enters(submit, owner):
    ReviewSetting.objects.create(most_open=2)
    assert [submit() is None for _ in range(3)] == [False, False, True]
    assert not reviewing.has_room(owner, NOW)


def test_the_company_sets_how_long_it_waits(submit):
    ReviewSetting.objects.create(working_days=10)
    assert submit().due_at.date() == date(2026, 12, 1)


def test_a_private_chat_is_never_registered(paper):
    with pytest.raises(ValueError, match="never reviewed"):
        reviewing.register("chat_answer", paper)


def test_a_private_chat_is_refused_by_the_database_too(owner):
    row = Review(
        kind="policy",
        subject=owner,
        target_kind="coaching_chat",
        target_id=uuid4(),
        submitted_at=NOW,
        due_at=NOW,
    )
    with pytest.raises(IntegrityError, match="a_private_chat_is_never_reviewed"), transaction.atomic():
        row.save(force_insert=True)


def test_what_nobody_registered_cannot_be_submitted(owner):
    with pytest.raises(LookupError):
        reviewing.submit("policy", owner, "nothing", uuid4(), (), None, NOW)


def test_its_text_is_sealed_in_the_persons_room(submit, coach, outsider):
    review = submit(draft="The wombat comes first.")
    assert b"wombat" not in bytes(review.sealed_draft)
    assert texts.entered(review.subject, coach).draft(review) == "The wombat comes first."
    assert texts.entered(review.subject, outsider) is None


def test_the_settings_say_what_stays_by_rules(owner, teammate, covering):
    Assignment.objects.filter(employee=teammate).delete()
    found = reviewers.coverage(NOW.date())
    assert (found.two, found.one, found.none) == (1, 1, 1)


def test_who_coaches_no_more_or_knows_names_is_no_reviewer_in_the_settings_either(owner, coach, covering):
    before = reviewers.coverage(NOW.date())
    Grant.objects.filter(user=covering, kind=Grant.Kind.COACH).delete()
    after = reviewers.coverage(NOW.date())
    assert (before.two, after.two) == (1, 0)
    Grant.objects.create(user=coach, kind=Grant.Kind.ADMIN_HR)
    assert reviewers.reviewers(owner, NOW.date()) == []
    assert reviewers.coverage(NOW.date()).none > after.none
