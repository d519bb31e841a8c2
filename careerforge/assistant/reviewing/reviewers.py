"""Who may review what is about a person: their coaches, and nobody from their reporting line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from careerforge.assistant.models import Review, ReviewSetting
from careerforge.people import access, lines
from careerforge.people.models import Assignment, Grant, User

Kind = Grant.Kind
TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended(who, 0)) FROM unnest(%s::text[]) AS who"


@dataclass(frozen=True)
class Reviewer:
    """Somebody who may review what is about one person.

    Attributes:
        regular: their regular coach, not a cover.
        open: reviews that wait for this reviewer now, whoever they are about.
    """

    user: User
    regular: bool
    open: int


def setting() -> ReviewSetting:
    """The company's rules for reviews, or the defaults."""
    return ReviewSetting.objects.first() or ReviewSetting()


def reviewers(subject: User, on: date) -> list[Reviewer]:
    """The person's coaches of that day, who has least to do first; of equals the regular coach.

    An HR admin knows the name behind each handle, so they are none. Three queries.
    """
    kinds = ArraySubquery(Grant.objects.filter(user=OuterRef("coach")).values("kind"))
    waiting = Review.objects.open().filter(assigned_to=OuterRef("coach")).order_by().values("assigned_to")
    held: Any = (
        Assignment.objects.on(on)
        .filter(employee=subject, coach__state=User.State.ACTIVE)
        .select_related("coach")
        .annotate(granted=kinds, waiting=Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), 0))
    )
    coaches = [one for one in held if Kind.COACH in one.granted and Kind.ADMIN_HR not in one.granted]
    if not coaches:
        return []
    standing = lines.lines_of([subject.pk, *(one.coach_id for one in coaches)], on)
    found = {
        one.coach_id: Reviewer(one.coach, not one.cover, one.waiting)
        for one in sorted(coaches, key=lambda one: not one.cover)
        if not standing.join(one.coach_id, subject.pk)
    }
    return sorted(found.values(), key=_least_first)


def has_room(subject: User, now: datetime, asked_by: User | None = None) -> bool:
    """Whether a high-stakes draft about this person would find a reviewer under the cap.

    Args:
        asked_by: who may not be that reviewer.
    """
    return chosen(reviewers(subject, now.date()), Review.Kind.HIGH_STAKES, asked_by) is not None


def chosen(coaches: Sequence[Reviewer], kind: str, asked_by: User | None) -> User | None:
    """Who is given a review; None when nobody may have it or everybody has enough."""
    most = setting().most_open
    free = [one.user for one in coaches if one.open < most]
    if kind == Review.Kind.HIGH_STAKES:
        free = [one for one in free if asked_by is None or one.pk != asked_by.pk]
    return next(iter(free), None)


def why_not(review: Review, user: User, on: date) -> str:
    """Why somebody who sees a review may not decide it, in words for them; empty when they may."""
    if review.is_high_stakes and review.asked_by_id == user.pk:
        return _("You asked for this. Another coach of this person has to decide.")
    return access.why_not_coach(user, review.subject, on)


def in_turn(coaches: Sequence[Reviewer]) -> list[Reviewer]:
    """The same reviewers with what waits for each now; nobody else gives them anything until this transaction
    ends. Without it two who count at the same moment would both find room for the last one.

    One statement takes the turns, in one order for everybody, and one counts: what has been given out since.
    """
    take_turns(one.user for one in coaches)
    waiting = Review.objects.open().filter(assigned_to__in=[one.user.pk for one in coaches]).order_by()
    counts = dict(waiting.values_list("assigned_to").annotate(n=Count("pk")))
    now = [replace(one, open=counts.get(one.user.pk, 0)) for one in coaches]
    return sorted(now, key=_least_first)


def take_turns(users: Iterable[User]) -> None:
    """Until this transaction ends nobody else gives these people reviews."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_TURNS, [sorted(f"reviewer {one.pk}" for one in users)])


def load(user: User) -> int:
    """How many open reviews somebody has."""
    return Review.objects.open().filter(assigned_to=user).count()


def _least_first(one: Reviewer) -> tuple[int, bool, str]:
    return one.open, not one.regular, str(one.user.pk)


@dataclass(frozen=True)
class Coverage:
    """Active people by how many coaches could review what is about them.

    Attributes:
        two: two or more; one: one coach; none: nobody.
    """

    two: int
    one: int
    none: int


def coverage(on: date) -> Coverage:
    """Who has a reviewer, for the company's settings: one query."""
    active = Assignment.objects.on(on).filter(employee=OuterRef("pk"), coach__state=User.State.ACTIVE)
    coaches = active.filter(coach__grants__kind=Kind.COACH).exclude(coach__grants__kind=Kind.ADMIN_HR)
    several = coaches.order_by().values("employee").annotate(n=Count("coach", distinct=True)).values("n")
    people = User.objects.filter(state=User.State.ACTIVE, grants__kind=Kind.EMPLOYEE)
    counted = people.order_by().annotate(reviewing=Coalesce(Subquery(several), 0))
    found = counted.aggregate(
        two=Count("pk", filter=Q(reviewing__gt=1)),
        one=Count("pk", filter=Q(reviewing=1)),
        none=Count("pk", filter=Q(reviewing=0)),
    )
    return Coverage(**found)
