"""A coach's people as a table: handles, where they are, where they are going, how readiness moves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from django.db.models import F, Q, QuerySet

from careerforge.people import access
from careerforge.people.models import User
from learning.models import Readiness, Target

WINDOW = timedelta(days=90)


@dataclass(frozen=True)
class Row:
    """One person, by the five fields a coach may see of their identity, and where they are heading."""

    pseudo_id: str
    handle: str
    practice: str
    seniority: str
    experience: str
    region: str
    role: str
    target: str
    # Shares of 1, oldest first; empty when nothing was computed yet.
    history: tuple[float, ...]
    known_share: float

    @property
    def readiness(self) -> float | None:
        """The newest figure, or None while too little is known."""
        return self.history[-1] if self.history else None

    @property
    def change(self) -> float | None:
        """Newest minus oldest in 90 days."""
        return self.history[-1] - self.history[0] if len(self.history) > 1 else None

    @property
    def tone(self) -> str:
        """How the small line is drawn."""
        if self.change is None or abs(self.change) < 0.005:
            return ""
        return "up" if self.change > 0 else "down"


@dataclass(frozen=True)
class Filters:
    """What the coach asked to see."""

    words: str = ""
    practice: str = ""
    seniority: int | None = None


def people(coach: User, filters: Filters, on: date) -> QuerySet[User]:
    """The coach's people that match, by handle."""
    found = access.coachees(coach, on).order_by("profile__coaching_handle")
    if filters.practice:
        found = found.filter(profile__practice__slug=filters.practice)
    if filters.seniority:
        found = found.filter(profile__seniority=filters.seniority)
    if filters.words:
        # Handles and target roles; a name is nowhere to be found here.
        heading = Target.objects.filter(ended_at__isnull=True, role__title__icontains=filters.words)
        found = found.filter(
            Q(profile__coaching_handle__icontains=filters.words) | Q(pk__in=heading.values("user"))
        )
    return found


def rows(page: Sequence[User], on: date) -> list[Row]:
    """The table's rows for one page of people: two queries, however many there are."""
    ids = [person.pk for person in page]
    targets = dict(
        Target.objects.filter(user__in=ids, ended_at__isnull=True).values_list("user_id", "role__title")
    )
    history, known = _history(ids, on)
    return [
        Row(
            pseudo_id=person.profile.pseudo_id,
            handle=person.profile.coaching_handle,
            practice=person.profile.practice.name if person.profile.practice else "",
            seniority=person.profile.get_seniority_display(),
            experience=person.profile.experience_band,
            region=person.profile.region,
            role=person.role_held or "",  # type: ignore[attr-defined]
            target=targets.get(person.pk, ""),
            history=tuple(history.get(person.pk, ())),
            known_share=known.get(person.pk, 0.0),
        )
        for person in page
    ]


def _history(ids: Iterable[UUID], on: date) -> tuple[dict[UUID, list[float]], dict[UUID, float]]:
    """Scores toward the present target in the last 90 days, oldest first, and the newest known share."""
    found = (
        Readiness.objects.filter(user__in=ids, day__gt=on - WINDOW, day__lte=on)
        .filter(user__targets__ended_at__isnull=True, user__targets__role=F("role"))
        .order_by("day")
        .values_list("user_id", "score", "known_share")
    )
    scores: dict[UUID, list[float]] = defaultdict(list)
    known: dict[UUID, float] = {}
    for user_id, score, share in found:
        known[user_id] = share
        if score is not None:
            scores[user_id].append(score)
    return scores, known


@dataclass(frozen=True)
class Summary:
    """The strip above the table."""

    people: int
    with_figure: int
    median_readiness: float | None
    history: tuple[float, ...]

    @property
    def without_figure(self) -> int:
        """People of whose target role too little is known."""
        return self.people - self.with_figure


def summary(coach: User, on: date) -> Summary:
    """Median readiness over all of a coach's people, now and by week: two queries."""
    ids = list(access.coachees(coach, on).values_list("pk", flat=True))
    scores, _known = _history(ids, on)
    newest = [series[-1] for series in scores.values()]
    weeks = min((len(series) for series in scores.values()), default=0)
    line = tuple(median(series[-k] for series in scores.values()) for k in range(weeks, 0, -7)) if weeks else ()
    return Summary(len(ids), len(newest), median(newest) if newest else None, line)
