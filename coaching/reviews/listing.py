"""The reviews that a coach sees: those about their people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import deadline, reasons, targets
from careerforge.people import access
from careerforge.people.models import User

# With less than this left, a deadline is marked.
SOON = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """Filters of the list; empty for the default.

    Attributes:
        state: empty for what waits, ``ended`` or ``all``.
        kind: of :class:`Review.Kind`.
        mine: only what is assigned to the coach.
    """

    state: str = ""
    kind: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    id: UUID
    what: str
    made_at: datetime
    handle: str
    kind: str
    kind_name: str
    state: str
    state_name: str
    why: tuple[str, ...]
    due_at: datetime
    ended_at: datetime | None
    assigned: str
    # The coach asked for it themselves, and it is high stakes.
    for_another: bool
    soon: bool

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in Review.OPEN

    @property
    def due(self) -> str:
        """Until when, in words."""
        return deadline.in_words(self.due_at, "j M")


@dataclass(frozen=True)
class Counts:
    """What waits about a coach's people: in all, for this coach alone, before tomorrow."""

    waiting: int
    mine: int
    soon: int


def visible_to(coach: User, now: datetime) -> QuerySet[Review]:
    """Every review about the coach's people; nobody else's exists."""
    return Review.objects.filter(subject__in=access.coachees(coach, now.date()).order_by().values("pk"))


def find(coach: User, wanted: Wanted, now: datetime) -> QuerySet[Review]:
    """Those that fit the filters: what is due first, what has ended last first."""
    found = visible_to(coach, now)
    if wanted.state == "":
        found = found.filter(state__in=Review.OPEN)
    elif wanted.state == "ended":
        found = found.exclude(state__in=Review.OPEN).order_by("-ended_at", "id")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.mine:
        found = found.filter(assigned_to=coach)
    return found.select_related("subject__profile")


def counts(coach: User, now: datetime) -> Counts:
    """One query."""
    open_ones = visible_to(coach, now).filter(state__in=Review.OPEN)
    found = open_ones.aggregate(
        waiting=Count("pk"),
        mine=Count("pk", filter=Q(assigned_to=coach)),
        soon=Count("pk", filter=Q(due_at__lte=now + SOON)),
    )
    return Counts(**found)


def rows(found: Sequence[Review], coach: User, now: datetime) -> list[Row]:
    """A page of the list."""
    return [_row(one, coach, now) for one in found]


def _row(review: Review, coach: User, now: datetime) -> Row:
    return Row(
        id=review.id,
        what=name_of(review),
        made_at=review.submitted_at,
        handle=review.subject.profile.coaching_handle,
        kind=review.kind,
        kind_name=review.get_kind_display(),
        state=review.state,
        state_name=review.get_state_display(),
        why=tuple(reasons.words(review.why)),
        due_at=review.due_at,
        ended_at=review.ended_at,
        assigned=assigned_to(review, coach),
        for_another=review.is_high_stakes and review.asked_by_id == coach.pk,
        soon=review.is_open and review.due_at <= now + SOON,
    )


def name_of(review: Review) -> str:
    """What waits, in words."""
    target = targets.registered().get(review.target_kind)
    return str(target.name) if target else review.target_kind


def assigned_to(review: Review, coach: User) -> str:
    """On whose list it is, as this coach is told."""
    if review.assigned_to_id is None:
        return _("Nobody")
    return _("You") if review.assigned_to_id == coach.pk else _("Another coach")
