"""Putting nodes in order: what is needed first comes first, then what weighs most. Pure."""

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

# From so many nodes on a fourth phase is worth its heading.
NODES_FOR_FOUR = 12
NODES_A_PHASE = 2


def in_order(needs: Mapping[str, Sequence[str]], weight: Mapping[str, float]) -> list[str]:
    """Keys so that everything comes after what it needs; among the free ones the heaviest, then by name.

    Raises:
        ValueError: the needs run in a circle.
    """
    waits = {key: {n for n in first if n in needs} for key, first in needs.items()}
    opens: dict[str, list[str]] = {key: [] for key in needs}
    for key, first in waits.items():
        for need in first:
            opens[need].append(key)
    free: list[tuple[float, str]] = []
    for key in sorted(needs):
        if not waits[key]:
            heappush(free, (-weight[key], key))
    ordered = []
    while free:
        _, key = heappop(free)
        ordered.append(key)
        for after in sorted(opens[key]):
            waits[after].discard(key)
            if not waits[after]:
                heappush(free, (-weight[after], after))
    if len(ordered) < len(needs):
        raise ValueError("These nodes wait for each other: " + ", ".join(sorted(set(needs) - set(ordered))))
    return ordered


def in_phases(ordered: Sequence[tuple[str, int]]) -> list[list[str]]:
    """Cut an order of (key, hours) into three or four phases of about the same hours.

    The cut never changes the order, so nothing waits for a later phase. Few nodes make fewer phases.
    """
    wanted = 4 if len(ordered) >= NODES_FOR_FOUR else 3
    count = max(min(wanted, -(-len(ordered) // NODES_A_PHASE)), 1)
    total = sum(hours for _, hours in ordered)
    phases: list[list[str]] = [[]]
    spent = 0.0
    for index, (key, hours) in enumerate(ordered):
        left = len(ordered) - index
        full = spent + hours / 2 > total * len(phases) / count
        must = left <= count - len(phases)
        if phases[-1] and len(phases) < count and (full or must):
            phases.append([])
        phases[-1].append(key)
        spent += hours
    return [phase for phase in phases if phase]
