"""The shortest way from what somebody can do to what a role asks for. Pure and deterministic.

A skill gets a node (two, if the climb is very long) when the role asks for it and at least half a level is
missing, or when such a skill builds on it and it is below level 2. Whoever already works in a skill, or in a
position that requires what builds on it, is not sent back to its basics, and to know of something (level 1)
nobody needs its basis. Beside the skills there are at most two projects and one certificate, where the
catalogue has one that fits the heaviest gaps, and a milestone at the end of each phase.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from math import ceil
from uuid import UUID

from learning.gaps.gap import AT_LEVEL, hours
from learning.paths import extras
from learning.paths.ordering import in_order, in_phases
from learning.paths.plan import Climb, Inputs, Kind, Plan, PlannedNode, SkillFact, Wish, skill_key

RULE_VERSION = "path-2"
# A basis has to stand at this level before something is built on it, unless the role asks for more.
BASIS = 2
RESOURCES_A_NODE = 3
# Longer than this (hours) is no step that anybody sees the end of: it is climbed in two.
LONG = 240


def plan(inputs: Inputs, wish: Wish | None = None) -> Plan:
    """The nodes that close the gap, in phases.

    Args:
        wish: an order and a choice to follow where the rules allow it.
    """
    climb = climb_of(inputs)
    steps = steps_of(climb, inputs)
    every = {
        node.key: _as_wished(node, inputs, wish) for node in (*steps, *extras.chosen(climb, inputs, wish))
    }
    weight = {key: climb.urgency[node.skill] for key, node in every.items() if node.skill is not None}
    ordered = in_order(
        {key: node.needs for key, node in every.items()}, _wished_weight(every, wish) if wish else weight
    )
    phases = in_phases([(key, every[key].hours) for key in ordered])
    return Plan(
        tuple(_with_milestones([[every[key] for key in phase] for phase in phases], inputs, climb.targets))
    )


def climb_of(inputs: Inputs) -> Climb:
    """What there is to climb."""
    targets = _targets(inputs)
    below = {skill: _below(skill, targets, inputs) for skill in targets}
    serves = {skill: _served(skill, targets, below, inputs) for skill in targets}
    heaviest = sorted(
        (s for s in targets if s in inputs.asks),
        key=lambda s: (-_points(s, targets, inputs), inputs.skills[s].slug),
    )
    return Climb(
        targets=targets,
        serves=serves,
        urgency={
            skill: max(_points(s, targets, inputs) for s in (skill, *serves[skill])) for skill in targets
        },
        ends={skill: _climb(skill, targets[skill], inputs) for skill in targets},
        heaviest=tuple(heaviest),
    )


def steps_of(climb: Climb, inputs: Inputs) -> list[PlannedNode]:
    """The steps of skills, all of which a path has."""
    return [
        node
        for skill in climb.targets
        for node in _skill_nodes(skill, climb.ends, climb.serves[skill], inputs)
    ]


def _as_wished(node: PlannedNode, inputs: Inputs, wish: Wish | None) -> PlannedNode:
    """The wished resources of a step, as far as they are still on offer."""
    wanted = wish.resources.get(node.key, ()) if wish and node.kind is Kind.SKILL else ()
    offered = {r.id for r in inputs.resources if r.skill_id == node.skill and r.type != "certification"}
    chosen = tuple(one for one in wanted if one in offered)[:RESOURCES_A_NODE]
    return replace(node, resources=chosen) if chosen else node


def _wished_weight(every: Mapping[str, PlannedNode], wish: Wish) -> dict[str, float]:
    """The earlier in the wish, the heavier; what was not known then comes before what needs it, or last."""
    place = {key: float(len(wish.order) - at) for at, key in enumerate(wish.order)}
    needed = {need: place.get(key, 0.0) for key, node in every.items() for need in node.needs}
    return {key: place.get(key, needed.get(key, 0.0)) for key in every}


def _targets(inputs: Inputs) -> dict[UUID, int]:
    """Each skill to work on, with the level to reach."""
    found: dict[UUID, int] = {}
    waiting = [
        skill for skill, ask in sorted(inputs.asks.items()) if ask.level - inputs.level(skill) >= AT_LEVEL
    ]
    for skill in waiting:
        found[skill] = inputs.asks[skill].level
    while waiting:
        skill = waiting.pop()
        if found[skill] < BASIS or inputs.level(skill) >= BASIS - AT_LEVEL / 2:
            continue
        for basis in inputs.skills[skill].needs:
            if basis in inputs.ground:
                continue
            if basis not in found and basis in inputs.skills and BASIS - inputs.level(basis) >= AT_LEVEL:
                found[basis] = max(BASIS, inputs.asks[basis].level if basis in inputs.asks else 0)
                waiting.append(basis)
            elif found.get(basis, BASIS) < BASIS:
                found[basis] = BASIS
    return found


def _points(skill: UUID, targets: Mapping[UUID, int], inputs: Inputs) -> float:
    """How heavy the gap is: levels missing times weight; a basis weighs one."""
    ask = inputs.asks.get(skill)
    return max(targets[skill] - inputs.level(skill), 0.0) * (ask.weight if ask else 1)


def _below(skill: UUID, targets: Mapping[UUID, int], inputs: Inputs) -> frozenset[UUID]:
    """Everything on the way that a skill builds on, directly or not."""
    found: set[UUID] = set()
    waiting = [skill]
    while waiting:
        fresh = {n for n in inputs.skills[waiting.pop()].needs if n in targets} - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def _served(
    skill: UUID, targets: Mapping[UUID, int], below: Mapping[UUID, frozenset[UUID]], inputs: Inputs
) -> tuple[UUID, ...]:
    """The required skills on the way that build on this one, heaviest first."""
    found = [other for other in targets if other in inputs.asks and skill in below[other]]
    return tuple(sorted(found, key=lambda s: (-_points(s, targets, inputs), inputs.skills[s].slug)))


def _climb(skill: UUID, target: int, inputs: Inputs) -> tuple[int, ...]:
    """The levels at which a step ends: the target, and one half-way when the climb is very long."""
    now = inputs.level(skill)
    half = ceil((now + target) / 2)
    long = (target - now) * inputs.skills[skill].hours > LONG
    return (half, target) if long and now < half < target else (target,)


def _skill_nodes(
    skill: UUID, climbs: Mapping[UUID, tuple[int, ...]], serves: tuple[UUID, ...], inputs: Inputs
) -> list[PlannedNode]:
    fact, start = inputs.skills[skill], inputs.level(skill)
    known = skill in inputs.levels or skill in inputs.finished
    needs = _basis_keys(fact, climbs, inputs)
    nodes: list[PlannedNode] = []
    for level in climbs[skill]:
        nodes.append(
            PlannedNode(
                key=skill_key(fact.slug, level),
                kind=Kind.SKILL,
                hours=hours(level - start, fact.hours),
                skill=skill,
                level=level,
                current=start if known or nodes else None,
                needs=needs,
                because=serves,
                resources=_resources(skill, start, level, inputs),
            )
        )
        needs, start = (nodes[-1].key,), float(level)
    return nodes


def _basis_keys(fact: SkillFact, climbs: Mapping[UUID, tuple[int, ...]], inputs: Inputs) -> tuple[str, ...]:
    """The steps a skill waits for: of each basis the first that reaches far enough to build on."""
    found = []
    for basis in fact.needs:
        if basis in climbs:
            level = next((level for level in climbs[basis] if level >= BASIS), climbs[basis][-1])
            found.append(skill_key(inputs.skills[basis].slug, level))
    return tuple(sorted(found))


def _resources(skill: UUID, now: float, level: int, inputs: Inputs) -> tuple[UUID, ...]:
    """What to use: resources above where the person stands, up to the target, the lowest level first."""
    near = [r for r in inputs.resources if r.skill_id == skill and r.type != "certification"]
    fits = [r for r in near if now < r.level <= level] or sorted(near, key=lambda r: abs(r.level - level))[:1]
    return tuple(r.id for r in sorted(fits, key=lambda r: (r.level, r.hours, r.slug))[:RESOURCES_A_NODE])


def _with_milestones(
    phases: list[list[PlannedNode]], inputs: Inputs, targets: Mapping[UUID, int]
) -> list[PlannedNode]:
    """Number the nodes, and close each phase with what it was for: its heaviest skill.

    Who has nothing to climb still gets the last milestone, which is then reached.
    """
    nodes: list[PlannedNode] = []
    for number, phase in enumerate(phases or [[]], 1):
        top = max(
            (n for n in phase if n.kind is Kind.SKILL and n.skill),
            key=lambda n: (n.skill in inputs.asks, _points(n.skill, targets, inputs), n.level, n.key),  # type: ignore[arg-type]
            default=None,
        )
        end = PlannedNode(
            key=f"milestone:{inputs.role}:{number}",
            kind=Kind.MILESTONE,
            hours=0,
            skill=top.skill if top else None,
            level=top.level if top else None,
            # The last one is the role itself: all of the path leads there.
            needs=tuple(n.key for n in (phase if number < len(phases) else chain(*phases))),
        )
        for position, node in enumerate([*phase, end], 1):
            nodes.append(replace(node, phase=number, position=position))
    return nodes
