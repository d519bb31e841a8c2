"""A manager's view: readiness of groups, never of a person."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from careerforge.people import access
from careerforge.people.models import Team, TeamMembership, User
from coaching.disclosure import HIDDEN, SMALLEST, Cell, Values, hold, round_down, row_of_cells, tally, widen
from learning.models import Readiness, Step

MONTH, QUARTER = timedelta(days=30), timedelta(days=90)
AGES = (timedelta(), MONTH, QUARTER)
SLACK = timedelta(weeks=1)
# Four weeks, in which a group that changed by one to four people keeps its figures.
BLOCK = 4
WEEKS = 20
BAND = 20

Spread = tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class GroupRow:
    """One group of the table: its name and its means now, 30 and 90 days ago."""

    name: str
    now: Cell
    month_ago: Cell
    quarter_ago: Cell

    @property
    def change_30(self) -> float | None:
        """Points of readiness gained in 30 days, as a share of 1."""
        return _difference(self.now, self.month_ago)

    @property
    def change_90(self) -> float | None:
        """Points of readiness gained in 90 days, as a share of 1."""
        return _difference(self.now, self.quarter_ago)


@dataclass(frozen=True)
class Steps:
    """Steps of everybody's paths: all, done, and done in the last 30 days."""

    every: int
    done: int
    recent: int


@dataclass(frozen=True)
class TeamReadiness:
    """Everything on the manager's page."""

    unit: str
    day: date | None
    total: GroupRow
    groups: tuple[GroupRow, ...]
    # From, to, and people as a multiple of five.
    spread: Spread
    # None when fewer than five people have a path.
    steps: Steps | None

    @property
    def most(self) -> int:
        """The length of a full bar of the spread."""
        return sum(people for _low, _high, people in self.spread)


def _difference(now: Cell, before: Cell) -> float | None:
    return None if now.mean is None or before.mean is None else round(now.mean - before.mean, 2)


def readiness(manager: User, by: str, on: date) -> TeamReadiness:
    """The manager's unit by sub-team (``by="team"``) or by level band (``by="band"``).

    As many queries whatever the size of the unit. Figures are those of a stored day of the week, with the
    people who were in the unit then: what happens between two such days changes nothing.
    """
    teams = list(access.managed_teams(manager).select_related("parent"))
    members = TeamMembership.objects.on(on).filter(team__in=teams, user__state=User.State.ACTIVE)
    weeks = _stored_days(on)
    groups = _groups(_namer(teams, manager, by), teams, weeks)
    table, spread = _table(groups, weeks)
    return TeamReadiness(
        unit=", ".join(t.name for t in teams if t.manager_id == manager.pk),
        day=weeks[-1] if weeks else None,
        total=table[0],
        groups=tuple(table[1:]),
        spread=spread,
        steps=_steps(Q(user__in=members.values("user")), on),
    )


def _namer(teams: list[Team], manager: User, by: str) -> Callable[[UUID, int], str]:
    """From a person's team and seniority to the name of their group."""
    if by == "band":
        bands = {1: _("Junior and mid-level"), 2: _("Junior and mid-level"), 3: _("Senior")}
        return lambda _team, seniority: bands.get(seniority, _("Staff and principal"))
    own = {team.pk for team in teams if team.manager_id == manager.pk}
    parents = {team.pk: team.parent_id for team in teams}
    names = {team.pk: team.name for team in teams}

    def sub_team(team: UUID, _seniority: int) -> str:
        at = team
        while (above := parents.get(at)) is not None and at not in own and above not in own:
            at = above
        return names[at]

    return sub_team


def _week(day: date) -> int:
    """The number of a calendar week, counted from the year 1; weeks begin on Mondays."""
    return (day.toordinal() - 1) // 7


def _stored_days(on: date) -> list[date]:
    """The first day with figures of each of the last weeks, the oldest first."""
    monday = on - timedelta(days=on.weekday())
    starts = [monday - timedelta(weeks=n) for n in range(WEEKS)]
    first, *others = (
        Readiness.objects.filter(day__gte=start, day__lt=start + timedelta(weeks=1), day__lte=on)
        .order_by("day")
        .values_list("day", flat=True)[:1]
        for start in starts
    )
    return sorted(first.union(*others, all=True))


def _block(days: list[date], day: date | None) -> list[date]:
    """The stored days of the same four weeks up to this one: within them small changes are held back."""
    if day is None:
        return []
    return [d for d in days if d <= day and _week(d) // BLOCK == _week(day) // BLOCK]


def _before(days: list[date], age: timedelta) -> date | None:
    """The stored day nearest to so long before the last one, if it is less than a week off."""
    wanted = days[-1] - age
    nearest = min(days, key=lambda d: abs(d - wanted))
    return nearest if abs(nearest - wanted) < SLACK else None


Groups = Mapping[date, Mapping[str, Values]]


def _groups(name_of: Callable[[UUID, int], str], teams: list[Team], days: list[date]) -> Groups:
    """Day → group → person → readiness: each person once, in the group of their earliest membership then."""
    wanted = {d for age in AGES for d in _block(days, _before(days, age))} if days else set()
    memberships: dict[UUID, list[tuple[UUID, date, date | None]]] = defaultdict(list)
    held = TeamMembership.objects.filter(team__in=teams).order_by("starts_on", "id")
    for user, team, start, end in held.values_list("user", "team", "starts_on", "ends_on"):
        memberships[user].append((team, start, end))
    found = (
        Readiness.objects.filter(day__in=wanted, user__in=held.order_by().values("user"))
        .order_by("day", "user_id", "role_id")
        .distinct("day", "user_id")
    )
    groups: dict[date, dict[str, dict[UUID, float]]] = defaultdict(lambda: defaultdict(dict))
    for day, user, score, seniority in found.values_list("day", "user", "score", "user__profile__seniority"):
        holding = (t for t, start, end in memberships[user] if start <= day and (end is None or end >= day))
        home = next(holding, None)
        if home is not None and score is not None:
            groups[day][name_of(home, seniority)][user] = score
    return groups


def _table(groups: Groups, days: list[date]) -> tuple[list[GroupRow], Spread]:
    """The total and each group, and the spread of everybody in them."""
    printed = [hold([groups.get(d, {}) for d in _block(days, _before(days, age))]) for age in AGES if days]
    now: dict[str, Values] = printed[0] if printed else {}
    rows = [row_of_cells({name: tally(values) for name, values in then.items()}) for then in printed]
    rows = rows or [(HIDDEN, {}) for _age in AGES]
    total = GroupRow(_("Whole team"), *(whole for whole, _cells in rows))
    table = [GroupRow(name, *(cells.get(name, HIDDEN) for _whole, cells in rows)) for name in sorted(now)]
    return [total, *table], _spread([score for values in now.values() for score in values.values()])


def _spread(scores: list[float]) -> Spread:
    """People by readiness in bands of 20 points, widened until each holds five, in multiples of five."""
    counts = Counter(min(int(score * 100 // BAND), 100 // BAND - 1) for score in scores)
    bands = [(str(b * BAND), str((b + 1) * BAND), counts[b]) for b in range(100 // BAND)]
    return tuple((low, high, round_down(people)) for low, high, people in widen(bands)) if scores else ()


def _steps(in_unit: Q, on: date) -> Steps | None:
    steps = Step.objects.filter(in_unit).exclude(type=Step.Type.MILESTONE).exclude(status=Step.Status.SKIPPED)
    found = steps.aggregate(
        people=Count("user", distinct=True),
        done=Count("id", filter=Q(status=Step.Status.DONE)),
        recent=Count("id", filter=Q(status=Step.Status.DONE, ended_at__date__gt=on - MONTH)),
        every=Count("id"),
    )
    people = found.pop("people")
    return Steps(**found) if people >= SMALLEST else None
