"""A manager's view: readiness of groups, never of a person."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Max, Q, Sum
from django.db.models.functions import Floor
from django.utils.translation import gettext as _

from careerforge.people import access
from careerforge.people.models import Team, TeamMembership, User
from coaching.disclosure import SMALLEST, Cell, Tally, row_of_cells, widen
from learning.models import Readiness, Step

MONTH, QUARTER = timedelta(days=30), timedelta(days=90)
BAND = 20


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
    # None when the unit itself is under five.
    people: int | None
    total: GroupRow
    groups: tuple[GroupRow, ...]
    spread: tuple[tuple[str, str, int], ...]
    # None when fewer than five people have a path.
    steps: Steps | None


def _difference(now: Cell, before: Cell) -> float | None:
    return None if now.mean is None or before.mean is None else now.mean - before.mean


def readiness(manager: User, by: str, on: date) -> TeamReadiness:
    """The manager's unit by sub-team (``by="team"``) or by level band (``by="band"``).

    Seven queries, whatever the size of the unit; sums are made by the database.
    """
    teams = list(access.managed_teams(manager).select_related("parent"))
    members = TeamMembership.objects.on(on).filter(team__in=teams, user__state=User.State.ACTIVE)
    in_unit = Q(user__in=members.values("user"))
    day = Readiness.objects.filter(in_unit, day__lte=on).aggregate(day=Max("day"))["day"]
    people = members.aggregate(n=Count("user", distinct=True))["n"]
    groups = _group_rows(_namer(teams, manager, by), teams, in_unit, day, on)
    enough = people >= SMALLEST
    steps = _steps(in_unit, on)
    return TeamReadiness(
        unit=", ".join(t.name for t in teams if t.manager_id == manager.pk),
        day=day,
        people=people if enough else None,
        total=groups[0],
        groups=tuple(groups[1:]),
        spread=_spread(in_unit, day),
        steps=steps,
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


def _group_rows(
    name_of: Callable[[UUID, int], str], teams: list[Team], in_unit: Q, day: date | None, on: date
) -> list[GroupRow]:
    tallies = _tallies(name_of, teams, in_unit, day, on) if day else {}
    cells: dict[int, tuple[Cell, dict[str, Cell]]] = {
        age: row_of_cells(tallies.get(age, {})) for age in (0, MONTH.days, QUARTER.days)
    }
    hidden = Cell(0, None)
    names = sorted(cells[0][1])
    total = GroupRow(_("Whole team"), *(cells[age][0] for age in cells))
    return [total, *(GroupRow(n, *(cells[age][1].get(n, hidden) for age in cells)) for n in names)]


def _tallies(
    name_of: Callable[[UUID, int], str], teams: list[Team], in_unit: Q, day: date, on: date
) -> Mapping[int, dict[str, Tally]]:
    """Sums by days ago and group: only people with a figure contribute, each once."""
    home = TeamMembership.objects.on(on).filter(team__in=teams)
    found = (
        Readiness.objects.filter(in_unit, score__isnull=False)
        .filter(day__in=[day, day - MONTH, day - QUARTER])
        .filter(user__targets__ended_at__isnull=True, user__targets__role=F("role"))
        .filter(user__memberships__in=home)
        .values("day", "user__memberships__team", "user__profile__seniority")
        .annotate(people=Count("user"), total=Sum("score"))
    )
    tallies: dict[int, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for row in found:
        group = name_of(row["user__memberships__team"], row["user__profile__seniority"])
        age = (day - row["day"]).days
        tallies[age][group] = tallies[age][group] + Tally(row["people"], row["total"])
    return tallies


def _spread(in_unit: Q, day: date | None) -> tuple[tuple[str, str, int], ...]:
    """People by readiness in bands of 20 points, widened until each holds five."""
    if day is None:
        return ()
    found = (
        Readiness.objects.filter(in_unit, day=day, score__isnull=False)
        .filter(user__targets__ended_at__isnull=True, user__targets__role=F("role"))
        .annotate(band=Floor(F("score") * 100 / BAND))
        .values("band")
        .annotate(people=Count("user"))
    )
    counts: dict[int, int] = defaultdict(int)
    for row in found:
        counts[min(int(row["band"]), 100 // BAND - 1)] += row["people"]
    bands = [(str(b * BAND), str((b + 1) * BAND), counts[b]) for b in range(100 // BAND)]
    return tuple(widen(bands)) if sum(counts.values()) else ()


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
