"""Projects and certificates beside the skills of a path: of the widest gaps, or those wished for. Pure."""

from uuid import UUID

from learning.paths.plan import Climb, Inputs, Kind, PlannedNode, ResourceFact, Wish, skill_key

# Kind, type of resource, how many at most.
MOST = ((Kind.PROJECT, "project", 2), (Kind.CERTIFICATE, "certification", 1))


def chosen(climb: Climb, inputs: Inputs, wish: Wish | None) -> list[PlannedNode]:
    """Projects and certificates, each after its skill: those wished for, or those for the heaviest gaps."""
    if wish:
        wished = [node for node in offered(climb, inputs) if node.key in wish.order]
        return [
            node
            for kind, _type, limit in MOST
            for node in [one for one in wished if one.kind is kind][:limit]
        ]
    found: list[PlannedNode] = []
    for kind, type_, limit in MOST:
        chosen = [r for s in climb.heaviest if (r := _best(type_, s, climb.ends[s][-1], inputs))][:limit]
        found += [_extra(kind, r, climb.ends[r.skill_id], inputs) for r in chosen]
    return found


def offered(climb: Climb, inputs: Inputs) -> list[PlannedNode]:
    """Every project and certificate that fits a gap, those of the widest gaps first."""
    return [
        _extra(kind, resource, climb.ends[skill], inputs)
        for kind, type_, _limit in MOST
        for skill in climb.heaviest
        for resource in _fitting(type_, skill, climb.ends[skill][-1], inputs)
    ]


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
    fits = _fitting(type_, skill, target, inputs)
    return max(fits, key=lambda r: (r.level, -r.hours, r.slug), default=None)


def _fitting(type_: str, skill: UUID, target: int, inputs: Inputs) -> list[ResourceFact]:
    now = inputs.level(skill)
    return [
        r for r in inputs.resources if r.type == type_ and r.skill_id == skill and now < r.level <= target
    ]
