"""Who has a review on their list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import reviewers, texts
from careerforge.governance import audit
from careerforge.people import access
from careerforge.people.models import Grant, User


@dataclass(frozen=True)
class Assigned:
    """What became of a wish to take reviews over.

    Attributes:
        taken: how many are on the list now that were not.
        over: how many did not fit under the cap.
        most: the cap.
        not_theirs: how many they may not decide, or that have ended.
    """

    taken: int
    over: int
    most: int
    not_theirs: int


def assign(ids: Iterable[UUID], to: User, now: datetime) -> Assigned:
    """Put open reviews on a coach's list, as many as fit; the most urgent first."""
    wanted = set(ids)
    people = access.coachees(to, now.date()).order_by().values("pk")
    with transaction.atomic():
        theirs = Review.objects.open().filter(pk__in=wanted, subject__in=people)
        locked = theirs.select_related("subject").select_for_update(of=("self",))
        found = [one for one in locked if not (one.is_high_stakes and one.asked_by_id == to.pk)]
        others = [one for one in found if one.assigned_to_id != to.pk]
        reviewers.take_turns([to])
        most = reviewers.setting().most_open
        fitting = others[: max(0, most - reviewers.load(to))]
        for review in fitting:
            review.assigned_to = to
            review.save(update_fields=["assigned_to"])
            texts.enter(review.subject, to)
            audit.record(
                to,
                "review.assigned",
                subject=review.subject_id,
                target=review,
                actor_kind=Grant.Kind.COACH,
            )
    return Assigned(len(fitting), len(others) - len(fitting), most, len(wanted) - len(found))
