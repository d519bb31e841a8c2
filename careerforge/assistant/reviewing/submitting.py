"""What enters the queue, and how it leaves without a decision."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import reviewers, targets, texts
from careerforge.assistant.reviewing.deadline import deadline
from careerforge.governance import audit
from careerforge.people import clock
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation


def submit(
    kind: str,
    subject: User,
    target_kind: str,
    target_id: UUID,
    why: Sequence[str],
    asked_by: User | None,
    now: datetime,
    *,
    draft: str = "",
) -> Review | None:
    """Put a draft before one of the coaches of the person it is about.

    Belongs to the transaction of the act that made the draft. The same target twice is one open review.

    Args:
        kind: of :class:`Review.Kind`.
        target_kind: a registered one.
        why: codes of :mod:`reasons`.
        asked_by: who had it made; None when nobody did.
        draft: its text, where the target keeps it nowhere itself; sealed in the person's coaching room.

    Returns:
        None when there is nobody who may review it or all have enough: then the rules' result stays.

    Raises:
        LookupError: nobody registered this kind of target.
    """
    if target_kind not in targets.registered():
        raise LookupError(f"Nothing is registered for reviews as {target_kind}.")
    coaches = reviewers.in_turn(reviewers.reviewers(subject, now.date()))
    reviewer = reviewers.chosen(coaches, kind, asked_by)
    if reviewer is None:
        return None
    review = Review(
        id=uuid4(),
        kind=kind,
        subject=subject,
        asked_by=asked_by,
        target_kind=target_kind,
        target_id=target_id,
        why=list(why),
        submitted_at=now,
        due_at=due(subject.organisation, now),
        assigned_to=reviewer,
    )
    if draft:
        review.sealed_draft = texts.seal(review, "draft", draft)
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError:
        return Review.objects.open().get(target_kind=target_kind, target_id=target_id)
    for one in coaches:
        texts.enter(subject, one.user)
    audit.record(asked_by, "review.submitted", subject=subject.pk, target=review, kind=kind, what=target_kind)
    return review


def due(organisation: Organisation, now: datetime) -> datetime:
    """The deadline of what is submitted now, by the company's rules and clock."""
    return deadline(now, reviewers.setting().working_days, clock.zone(organisation.time_zone))


def withdraw(target_kind: str, target_id: UUID, now: datetime) -> bool:
    """End an open review because what it was about is gone or has changed; whether there was one."""
    found = Review.objects.open().filter(target_kind=target_kind, target_id=target_id)
    review = found.select_for_update().first()
    if review is None:
        return False
    end(review, Review.State.WITHDRAWN, now)
    audit.record(None, "review.withdrawn", subject=review.subject_id, target=review)
    return True


def end(review: Review, state: str, now: datetime) -> None:
    """Write an end; the caller holds the row's lock."""
    review.state, review.ended_at = state, now
    review.save(update_fields=["state", "ended_at"])
