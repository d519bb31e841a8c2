"""What another order of a path changes: which steps stay, come, move and go. Pure."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """What becomes of one step."""

    KEPT = "kept"
    ADDED = "added"
    MOVED = "moved"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Change:
    """One step, by its key.

    Attributes:
        before: its place until now, from 1; None for one that comes.
        after: its place from then on; None for one that goes.
    """

    key: str
    what: What
    before: int | None
    after: int | None


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """In the order of the new path; what goes is listed where it stood. No step whose place is the same has
    moved, and of the others as few as possible.
    """
    old, new = _places(before), _places(after)
    stay = _longest(_beside_fixed([(old[key], new[key]) for key in after if key in old]))
    gone = old.keys() - new.keys()

    def what(key: str) -> What:
        if key in gone:
            return What.RETIRED
        if key not in old:
            return What.ADDED
        return What.KEPT if old[key] in stay else What.MOVED

    return [Change(key, what(key), old.get(key), new.get(key)) for key in without(before, after, gone)]


def without(before: Sequence[str], after: Sequence[str], turned_down: Collection[str]) -> list[str]:
    """The new order without some of its changes: what they are about stays where it was, or away.

    All of them turned down give the old order, none of them the new one.
    """
    found = [key for key in after if key not in turned_down]
    there = set(found)
    for at, key in enumerate(before):
        if key in turned_down:
            previous = next((one for one in reversed(before[:at]) if one in there), None)
            found.insert(found.index(previous) + 1 if previous is not None else 0, key)
            there.add(key)
    return found


def _places(keys: Sequence[str]) -> dict[str, int]:
    return {key: at for at, key in enumerate(keys, 1)}


def _beside_fixed(places: Sequence[tuple[int, int]]) -> list[int]:
    """The places before of those steps that have not passed one whose place is the same: any longest run of
    them holds all of these.
    """
    fixed = [then for now, then in places if now == then]
    return [now for now, then in places if bisect_left(fixed, now) == bisect_left(fixed, then)]


def _longest(places: Sequence[int]) -> set[int]:
    """The longest run of rising numbers, not necessarily neighbours (patience sorting)."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    found: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
