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

from learning.gap import AT_LEVEL, hours
from learning.ordering import in_order, in_phases
from learning.plan import Inputs, Kind, Plan, PlannedNode, ResourceFact, SkillFact

RULE_VERSION = "path-2"
# A basis has to stand at this level before something is built on it, unless the role asks for more.
BASIS = 2
PROJECTS = 2
CERTIFICATES = 1
RESOURCES_A_NODE = 3
# Longer than this (hours) is no step that anybody sees the end of: it is climbed in two.
LONG = 240


def plan(inputs: Inputs) -> Plan:
    """The nodes that close the gap, in phases."""
    targets = _targets(inputs)
    below = {skill: _below(skill, targets, inputs) for skill in targets}
    serves = {skill: _served(skill, targets, below, inputs) for skill in targets}
    urgency = {skill: max(_points(s, targets, inputs) for s in (skill, *serves[skill])) for skill in targets}
    climbs = {skill: _climb(skill, targets[skill], inputs) for skill in targets}
    nodes = [node for skill in targets for node in _skill_nodes(skill, climbs, serves[skill], inputs)]
    heaviest = sorted(
        (s for s in targets if s in inputs.asks),
        key=lambda s: (-_points(s, targets, inputs), inputs.skills[s].slug),
    )
    every = {node.key: node for node in (*nodes, *_extras(heaviest, climbs, inputs))}
    weight = {key: urgency[node.skill] for key, node in every.items() if node.skill is not None}
    ordered = in_order({key: node.needs for key, node in every.items()}, weight)
    phases = in_phases([(key, every[key].hours) for key in ordered])
    return Plan(tuple(_with_milestones([[every[key] for key in phase] for phase in phases], inputs, targets)))


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


def skill_key(slug: str, level: int) -> str:
    """What makes a step of a skill the same one in every version."""
    return f"skill:{slug}:{level}"


def _resources(skill: UUID, now: float, level: int, inputs: Inputs) -> tuple[UUID, ...]:
    """What to use: resources above where the person stands, up to the target, the lowest level first."""
    near = [r for r in inputs.resources if r.skill_id == skill and r.type != "certification"]
    fits = [r for r in near if now < r.level <= level] or sorted(near, key=lambda r: abs(r.level - level))[:1]
    return tuple(r.id for r in sorted(fits, key=lambda r: (r.level, r.hours, r.slug))[:RESOURCES_A_NODE])


def _extras(
    heaviest: list[UUID], climbs: Mapping[UUID, tuple[int, ...]], inputs: Inputs
) -> list[PlannedNode]:
    """Projects and certificates for the heaviest gaps, each after its skill."""
    found: list[PlannedNode] = []
    for kind, type_, limit in (
        (Kind.PROJECT, "project", PROJECTS),
        (Kind.CERTIFICATE, "certification", CERTIFICATES),
    ):
        chosen = [r for s in heaviest if (r := _best(type_, s, climbs[s][-1], inputs))][:limit]
        found += [_extra(kind, r, climbs[r.skill_id], inputs) for r in chosen]
    return found


def _extra(kind: Kind, resource: ResourceFact, climb: tuple[int, ...], inputs: Inputs) -> PlannedNode:
    skill = resource.skill_id
    after = next(level for level in climb if level >= resource.level)
    return PlannedNode(
        key=f"{kind}:{resource.slug}",
        kind=kind,
        hours=resource.hours,
        skill=skill,
        level=resource.level,
        current=inputs.level(skill) if skill in inputs.levels or skill in inputs.finished else None,
        resource=resource.id,
        needs=(skill_key(inputs.skills[skill].slug, after),),
        because=(skill,),
        resources=(resource.id,),
    )


def _best(type_: str, skill: UUID, target: int, inputs: Inputs) -> ResourceFact | None:
    """The most demanding one that does not go past the target and is not behind the person."""
    now = inputs.level(skill)
    fits = [
        r for r in inputs.resources if r.type == type_ and r.skill_id == skill and now < r.level <= target
    ]
    return max(fits, key=lambda r: (r.level, -r.hours, r.slug), default=None)


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
