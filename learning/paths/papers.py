"""The receipt of a step: everything that its hours and its place on the path come from, as JSON. Pure.

    hours = (level at the end − level at the start) · hours a level        to the nearest five

The start is where the claims put the person on that day, up to the next quarter, or a finished step.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from careerforge.skills.levels import UNKNOWN
from learning.gaps import gap, readiness
from learning.gaps.readiness import Wanted
from learning.paths import planning
from learning.paths.plan import Kind, Plan, PlannedNode
from learning.paths.reading import Reading

QUARTER = 0.25


def paper(node: PlannedNode, plan: Plan, read: Reading) -> dict[str, Any]:
    """The receipt of a planned step; empty for a milestone, which has no hours of its own."""
    if node.kind is Kind.MILESTONE or node.skill is None or node.level is None:
        return {}
    ask = read.inputs.asks.get(node.skill)
    found: dict[str, Any] = {
        "rule": planning.RULE_VERSION,
        "on": read.on.isoformat(),
        "kind": node.kind.value,
        "level": node.level,
        "hours": node.hours,
        "asked": ask.level if ask else None,
        "weight": ask.weight if ask else None,
        "serves": [str(one) for one in node.because],
        "finished": read.inputs.finished.get(node.skill, 0),
        "line": _line(node, read),
        "left_out": list(readiness.NOT_LOOKED_AT),
    }
    if node.kind is Kind.SKILL:
        levels = _siblings(node, plan)
        found["a_level"] = read.inputs.skills[node.skill].hours
        found["after"] = max((one for one in levels if one < node.level), default=None)
        found["split"] = len(levels) > 1
    else:
        found["resource"] = str(node.resource)
    return found


def _line(node: PlannedNode, read: Reading) -> dict[str, Any]:
    assert node.skill is not None
    ask = read.inputs.asks.get(node.skill)
    skill = read.skills[node.skill]
    wanted = Wanted(
        skill.id, ask.level if ask else planning.BASIS, ask.weight if ask else 1, skill.half_life_months
    )
    used = read.known.in_use.get(read.person.id, frozenset())
    return readiness.line(wanted, read.levels, used, read.known.half_lives)


def _siblings(node: PlannedNode, plan: Plan) -> list[int]:
    """The levels at which the steps of the same skill end."""
    return [one.level or 0 for one in plan.nodes if one.kind is Kind.SKILL and one.skill == node.skill]


def start(found: Mapping[str, Any]) -> float:
    """The level from which a step climbs, out of nothing but its receipt."""
    if found.get("after") is not None:
        return float(found["after"])
    inputs = readiness.read({"skills": [found["line"]]})
    level = inputs.levels(date.fromisoformat(found["on"])).get(UUID(found["line"]["skill"]), UNKNOWN).level
    return max(gap.quarters(level), float(found["finished"]))


def recompute(found: Mapping[str, Any]) -> int:
    """The hours of a step, out of nothing but its receipt. A project's are its catalogue row's."""
    if found["kind"] != Kind.SKILL.value:
        return int(found["hours"])
    return gap.hours(found["level"] - start(found), found["a_level"])


def nearest(found: Mapping[str, Any]) -> tuple[float, int | None] | None:
    """The smallest rise of the level, in quarters, that alters a step.

    Returns:
        The level from which on it is different, and its hours then; None for hours when the step is not
        needed any more. None when a rise alone says nothing, as for half of a long climb.
    """
    required = found["asked"] or planning.BASIS
    now = start(found)
    if found.get("split"):
        return None
    end = float(found["level"])
    while (now := now + QUARTER) <= end:
        if required - now < gap.AT_LEVEL or (found["kind"] != Kind.SKILL.value and now >= end):
            return now, None
        if found["kind"] == Kind.SKILL.value:
            hours = gap.hours(end - now, found["a_level"])
            if hours != found["hours"]:
                return now, hours
    return None
