"""A coach's people as a table: handles, where they are, where they are going, how readiness moves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from careerforge.people import access
from careerforge.people.models import User
from learning.models import Readiness, Target

# Points of a small line: today and every seventh day before it, back to 91 days ago.
WEEKS = 14
# What the newest figure is compared with.
BEFORE = timedelta(days=90)


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
    # 90 days before the newest; None when there was no figure.
    before: float | None = None

    @property
    def readiness(self) -> float | None:
        """The newest figure, or None while too little is known."""
        return self.history[-1] if self.history else None

    @property
    def change(self) -> float | None:
        """The newest figure less that of 90 days before, as the person's own page counts it."""
        return self.history[-1] - self.before if self.history and self.before is not None else None

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


@dataclass(frozen=True)
class History:
    """Readiness toward the target by person: shares of 1, oldest first, and the newest known share.

    ``before`` is the figure of 90 days before the newest.
    """

    scores: Mapping[UUID, tuple[float, ...]]
    known: Mapping[UUID, float]
    before: Mapping[UUID, float]


def history(ids: Collection[UUID], on: date) -> History:
    """The newest stored day and every seventh before it: two queries, however many people there are."""
    stored = Readiness.objects.filter(user__in=ids, day__lte=on)
    newest = stored.aggregate(day=Max("day"))["day"]
    if newest is None:
        return History({}, {}, {})
    found = (
        stored.filter(day__in=[newest - BEFORE, *(newest - timedelta(weeks=n) for n in range(WEEKS))])
        .filter(user__targets__ended_at__isnull=True, user__targets__role=F("role"))
        .order_by("day")
        .values_list("user_id", "day", "score", "known_share")
    )
    scores: dict[UUID, list[float]] = defaultdict(list)
    known: dict[UUID, float] = {}
    before: dict[UUID, float] = {}
    for user_id, day, score, share in found:
        known[user_id] = share
        if score is not None and day == newest - BEFORE:
            before[user_id] = score
        elif score is not None:
            scores[user_id].append(score)
    return History({user: tuple(series) for user, series in scores.items()}, known, before)


def rows(page: Sequence[User], past: History) -> list[Row]:
    """The table's rows for one page of people: one query, however many they are."""
    heading = Target.objects.filter(user__in=[person.pk for person in page], ended_at__isnull=True)
    targets = dict(heading.values_list("user_id", "role__title"))
    return [
        Row(
            pseudo_id=person.profile.pseudo_id,
            handle=person.profile.coaching_handle,
            practice=person.profile.practice.name if person.profile.practice else "",
            seniority=str(person.profile.get_seniority_display()),
            experience=person.profile.experience_band,
            region=person.profile.region,
            role=person.role_held or "",  # type: ignore[attr-defined]
            target=targets.get(person.pk, ""),
            history=past.scores.get(person.pk, ()),
            known_share=past.known.get(person.pk, 0.0),
            before=past.before.get(person.pk),
        )
        for person in page
    ]


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


def summary(people: int, past: History) -> Summary:
    """Median readiness over all of a coach's people, now and by week. Pure."""
    series = list(past.scores.values())
    weeks = min(map(len, series), default=0)
    line = tuple(median(one[-week] for one in series) for week in range(weeks, 0, -1))
    return Summary(people, len(series), line[-1] if line else None, line)
