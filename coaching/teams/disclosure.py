"""What may be printed about groups: nothing that rests on fewer than five people, nor what gives it away.

Primary rule: a cell needs five contributors. Complement rule: where a total is printed, a single hidden
cell would follow by subtraction, and so would several that together hold fewer than five; then the
smallest printed cell is hidden too. Source: Hundepool et al., Statistical Disclosure Control (2012),
chapter 4.

Over time: where one person joins or leaves, n·mean − (n−1)·mean before is that person's figure. So means are
whole per cents, numbers of people are bands of five, and a group whose people changed by one to four against
those last printed stays a group of those last printed, until five have changed.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

SMALLEST = 5

# The people of a group and the value of each.
Values = Mapping[UUID, float]


@dataclass(frozen=True)
class Tally:
    """How many people contributed to a group, and the sum of their values."""

    people: int = 0
    total: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.people + other.people, self.total + other.total)


@dataclass(frozen=True)
class Cell:
    """A group's mean as it may be printed; a hidden one tells nothing."""

    people: int
    mean: float | None

    @property
    def band(self) -> str:
        """The number of people as it may be printed."""
        return band(self.people)

    @property
    def hidden(self) -> bool:
        """Whether nothing about it may be printed."""
        return self.mean is None


HIDDEN = Cell(0, None)


def cell(group: Tally) -> Cell:
    """The mean of a group in whole per cents, hidden when fewer than five contributed."""
    return HIDDEN if group.people < SMALLEST else Cell(group.people, round(group.total / group.people, 2))


def round_down(people: int) -> int:
    """A number of people as a multiple of five."""
    return people // SMALLEST * SMALLEST


def band(people: int) -> str:
    """A number of people as one of the bands 5–9, 10–14, …"""
    low = round_down(people)
    return f"{low}–{low + SMALLEST - 1}"


def steady(now: AbstractSet[UUID], before: AbstractSet[UUID]) -> bool:
    """Whether both may be printed one after the other: nobody changed, or five and more did."""
    changed = len(now ^ before)
    return changed == 0 or changed >= SMALLEST


def hold(week: Mapping[str, Values], printed: Mapping[str, Values]) -> dict[str, Values]:
    """What may be printed of a week, group by group, after what was printed last.

    A group that is held keeps its people; their values are this week's, and the last known of who has gone.
    """
    known = {person: value for values in week.values() for person, value in values.items()}
    names = {*printed, *week}
    now = {name: week.get(name, {}) for name in names}
    before = {name: printed.get(name, {}) for name in names}
    held = {name for name in names if not steady(now[name].keys(), before[name].keys())}
    while True:
        # Somebody who moved from a group that is held is in that one still, so the other is held as well.
        taken = {person for name in held for person in before[name]}
        more = {name for name in names - held if taken & now[name].keys()}
        if not more:
            return {
                name: {person: known.get(person, value) for person, value in before[name].items()}
                if name in held
                else dict(now[name])
                for name in names
                if before[name] or name in week
            }
        held |= more


def tally(values: Values) -> Tally:
    """A group's people counted and their values added."""
    return Tally(len(values), sum(values.values()))


def row_of_cells(groups: Mapping[str, Tally]) -> tuple[Cell, dict[str, Cell]]:
    """One row of a table: the total over all groups, and each group's cell.

    A person is in one group. Everything is hidden that must be.
    """
    total = cell(sum(groups.values(), Tally()))
    cells = {name: cell(group) for name, group in groups.items()}
    if total.hidden:
        return HIDDEN, dict.fromkeys(cells, HIDDEN)
    return total, _hide_complements(groups, cells)


def _hide_complements(groups: Mapping[str, Tally], cells: dict[str, Cell]) -> dict[str, Cell]:
    while True:
        hidden = [name for name, found in cells.items() if found.hidden and groups[name].people]
        left_over = sum(groups[name].people for name in hidden)
        printed = sorted((found.people, name) for name, found in cells.items() if not found.hidden)
        safe = not hidden or (len(hidden) > 1 and left_over >= SMALLEST)
        if safe or not printed:
            return cells
        cells = {**cells, printed[0][1]: HIDDEN}


def widen(bands: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Join neighbouring bands of a histogram until each holds five people, or none is left.

    Args:
        bands: (from, to, people) in order.
    """
    joined: list[tuple[str, str, int]] = []
    for low, high, people in bands:
        if joined and joined[-1][2] < SMALLEST:
            joined[-1] = (joined[-1][0], high, joined[-1][2] + people)
        else:
            joined.append((low, high, people))
    if len(joined) > 1 and joined[-1][2] < SMALLEST:
        low, _high, people = joined[-2]
        joined[-2:] = [(low, joined[-1][1], people + joined[-1][2])]
    return joined if all(people >= SMALLEST for _low, _high, people in joined) else []
