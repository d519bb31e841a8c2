"""A manager's view: readiness of groups, never of a person. Only what the weekly job has made is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from careerforge.people.models import User
from coaching.models import TeamWeek
from coaching.teams import units
from coaching.teams.disclosure import HIDDEN, SMALLEST, Cell, Tally, round_down, row_of_cells, widen
from coaching.teams.weekly import BAND

MONTH, QUARTER = timedelta(days=30), timedelta(days=90)
AGES = (timedelta(), MONTH, QUARTER)
SLACK = timedelta(weeks=1)

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
    """Steps of everybody's paths: the share done, in whole per cents, and as a multiple of five how many in
    the last 30 days.
    """

    share: float
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


def readiness(manager: User, by: str, on: date) -> TeamReadiness:
    """The manager's unit by sub-team (``by="team"``) or by level band (``by="band"``).

    As many queries whatever the size of the unit. What happens between two weekly measurements changes
    nothing.
    """
    unit = units.name_of(units.teams_of(manager), manager)
    weeks = TeamWeek.objects.filter(manager=manager, by=by, day__lte=on).order_by("-day")
    printed = list(weeks[: units.WEEKS]) if unit else []
    newest = printed[0] if printed else None
    total, *groups = _table([_before(printed, age) for age in AGES])
    return TeamReadiness(
        unit=unit,
        day=newest.day if newest else None,
        total=total,
        groups=tuple(groups),
        spread=_spread(newest.bands) if newest else (),
        steps=_steps(newest) if newest else None,
    )


def _difference(now: Cell, before: Cell) -> float | None:
    return None if now.mean is None or before.mean is None else round(now.mean - before.mean, 2)


def _before(weeks: Sequence[TeamWeek], age: timedelta) -> TeamWeek | None:
    """The week nearest to so long before the last one, if it is less than a week off."""
    if not weeks:
        return None
    wanted = weeks[0].day - age
    nearest = min(weeks, key=lambda week: abs(week.day - wanted))
    return nearest if abs(nearest.day - wanted) < SLACK else None


def _table(weeks: Sequence[TeamWeek | None]) -> list[GroupRow]:
    """The total and each group of the newest week, with what was printed of them before."""
    rows = [
        row_of_cells({name: Tally(people, total) for name, people, total in week.groups if people})
        if week
        else (HIDDEN, {})
        for week in weeks
    ]
    whole = GroupRow(_("Whole team"), *(total for total, _cells in rows))
    _total, now = rows[0]
    each = {name: [cells.get(name, HIDDEN) for _total, cells in rows] for name in sorted(now)}
    return [whole, *(GroupRow(name, *cells) for name, cells in each.items())]


def _spread(counts: Sequence[int]) -> Spread:
    """People by readiness, bands widened until each holds five, in multiples of five."""
    if not any(counts):
        return ()
    lasts = [(b + 1) * BAND - 1 for b in range(len(counts) - 1)] + [100]
    bands = [(str(b * BAND), str(lasts[b]), people) for b, people in enumerate(counts)]
    return tuple((low, high, round_down(people)) for low, high, people in widen(bands))


def _steps(week: TeamWeek) -> Steps | None:
    found = week.steps
    if found["people"] < SMALLEST:
        return None
    return Steps(round(found["done"] / max(found["every"], 1), 2), round_down(found["recent"]))
