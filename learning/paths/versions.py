"""Writing a version of a path: merged with what the person has already begun, never over it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from careerforge.governance import audit
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.models import Node, NodePrerequisite, NodeReason, NodeResource, Path, PathVersion, Step
from learning.paths import papers, steps, summing
from learning.paths.plan import Kind, Plan, PlannedNode
from learning.paths.reading import Reading
from learning.paths.reasons import Reason
from learning.words.wordings import Said


@dataclass(frozen=True)
class Draft:
    """A path that is decided and explained, but not stored. Reasons are by the node's key."""

    reading: Reading
    plan: Plan
    reasons: Mapping[str, tuple[Reason, ...]]


def locked(person: User, role: Role, now: datetime) -> Path:
    """The person's path to a role, held until the transaction ends: two builders take turns."""
    Path.objects.bulk_create(
        [Path(id=uuid5(person.id, f"path:{role.id}"), user=person, role=role, made_at=now)],
        ignore_conflicts=True,
    )
    return Path.objects.select_for_update().get(user=person, role=role)


def latest(path: Path) -> PathVersion | None:
    """The newest version."""
    return PathVersion.objects.filter(path=path).order_by("-number").first()


def save(draft: Draft, now: datetime) -> PathVersion:
    """Store the draft as the next version, or give back the newest if it came from the same inputs."""
    reading = draft.reading
    path = locked(reading.person, reading.role, now)
    before = latest(path)
    if before and before.inputs_hash == reading.inputs_hash:
        return before
    kept = _kept(_begun(before), draft) if before else []
    plan = merge(draft.plan, kept)
    number = before.number + 1 if before else 1
    version = PathVersion.objects.create(
        id=uuid5(path.id, f"version:{number}"),
        path=path,
        number=number,
        inputs_hash=reading.inputs_hash,
        made_at=now,
        **_authorship(plan, reading),
    )
    steps.make(reading.person, plan.nodes)
    _write(version, plan, draft, {node.key: node for node in kept})
    audit.record(
        reading.person, "path.built", subject=reading.person.id, target=version, nodes=len(plan.nodes)
    )
    return version


def _authorship(plan: Plan, reading: Reading) -> dict[str, Any]:
    """Who worded a version, and its summary."""
    wish = reading.wish
    if wish is None:
        return {"summary": summary(plan, reading.role)}
    return {
        "summary": wish.summary or summary(plan, reading.role),
        "built_by": wish.model,
        "prompt_version": wish.prompt_version,
        "draft_id": wish.id,
    }


def said(version: PathVersion, summary: str) -> Said | None:
    """Who worded a version, as an answer says it; None for one by rules. Select ``draft`` along."""
    draft = version.draft
    if draft is None:
        return None
    return Said(summary, draft.model, draft.prompt_version, tuple(draft.checks), version.made_at)


def summary(plan: Plan, role: Role) -> str:
    """One sentence: how much there is to do."""
    count = sum(node.kind is not Kind.MILESTONE for node in plan.nodes)
    return summing.sentence(role.title, count, plan.hours, plan.phases)


@dataclass(frozen=True)
class Kept(PlannedNode):
    """A node of the version before that stays because the person has begun, ended or skipped it."""

    old: UUID | None = None


def _begun(before: PathVersion) -> Iterable[Node]:
    rows = Node.objects.filter(version=before).exclude(step__status=Step.Status.TODO)
    return rows.select_related("step").order_by("phase", "position")


def _kept(before: Iterable[Node], draft: Draft) -> list[Kept]:
    """What the new plan does not ask for any more, but the person has put work or a decision into."""
    planned = {node.key for node in draft.plan.nodes}
    return [
        Kept(
            key=row.step.key,
            kind=Kind(row.step.type),
            hours=row.hours,
            skill=row.step.skill_id,
            level=row.step.level,
            current=row.current_level,
            resource=row.step.resource_id,
            phase=row.phase,
            old=row.id,
        )
        for row in before
        if row.step.status != Step.Status.TODO and row.step.key not in planned
    ]


def merged(before: Iterable[Node], draft: Draft) -> Plan:
    """The plan of the version that would follow the one of these nodes, with their steps loaded. Pure."""
    return merge(draft.plan, _kept(before, draft))


def merge(plan: Plan, kept: Iterable[PlannedNode]) -> Plan:
    """Put kept nodes first in the phase in which they were, and number the positions again. Pure."""
    last = max(plan.phases, 1)
    nodes = [
        *(replace(node, phase=min(node.phase, last), position=0) for node in kept),
        *plan.nodes,
    ]
    ordered = sorted(nodes, key=lambda node: (node.phase, node.position))
    at: dict[int, int] = {}
    placed = []
    for node in ordered:
        at[node.phase] = at.get(node.phase, 0) + 1
        placed.append(replace(node, position=at[node.phase]))
    return Plan(tuple(placed))


def _write(version: PathVersion, plan: Plan, draft: Draft, kept: Mapping[str, Kept]) -> None:
    """Nodes with their prerequisites, resources and reasons: four inserts."""
    old = Node.objects.in_bulk([node.old for node in kept.values() if node.old])
    rows = {
        node.key: _row(version, node, draft, old.get(kept[node.key].old) if node.key in kept else None)
        for node in plan.nodes
    }
    Node.objects.bulk_create(rows.values())
    NodePrerequisite.objects.bulk_create(
        NodePrerequisite(node=rows[node.key], requires=rows[need])
        for node in plan.nodes
        for need in node.needs
        if need in rows
    )
    NodeResource.objects.bulk_create(
        NodeResource(node=rows[node.key], resource_id=resource, position=place)
        for node in plan.nodes
        for place, resource in enumerate(node.resources, 1)
    )
    _write_reasons(rows, draft, {key: node.old for key, node in kept.items()})


def _write_reasons(rows: Mapping[str, Node], draft: Draft, kept: Mapping[str, UUID | None]) -> None:
    """The reasons of new nodes, and those that kept nodes had."""
    new = [
        NodeReason(
            node=rows[key],
            position=place,
            text=reason.text[:400],
            source_title=reason.title[:300],
            source_detail=reason.detail[:200],
            source_date=reason.dated,
            chunk_id=reason.chunk_id,
            quote=reason.quote,
        )
        for key, reasons in draft.reasons.items()
        for place, reason in enumerate(reasons, 1)
    ]
    by_old = {old: key for key, old in kept.items() if old}
    for reason in NodeReason.objects.filter(node_id__in=list(by_old)):
        reason.node, reason.pk = rows[by_old[reason.node_id]], None
        new.append(reason)
    NodeReason.objects.bulk_create(new)


def _row(version: PathVersion, node: PlannedNode, draft: Draft, old: Node | None) -> Node:
    title, description, model = _worded(node, draft, old)
    return Node(
        id=uuid5(version.id, node.key),
        version=version,
        step_id=steps.step_id(draft.reading.person.id, node.key),
        phase=node.phase,
        position=node.position,
        title=title[:200],
        description=description,
        worded_by=model,
        hours=node.hours,
        current_level=standing(node, draft),
        required_level=required(node, draft),
        receipt=old.receipt if old else papers.paper(node, draft.plan, draft.reading),
    )


def _worded(node: PlannedNode, draft: Draft, old: Node | None) -> tuple[str, str, str]:
    """Title, description and the model that worded it, if one did."""
    if old:
        return old.title, old.description, old.worded_by
    title, description = wording(node, draft)
    wish = draft.reading.wish
    if wish and (said := wish.words.get(node.key)):
        return title, said, wish.model
    return title, description, ""


def standing(node: PlannedNode, draft: Draft) -> float | None:
    """Where the person stood when it was planned, unrounded; where an earlier step of the climb ends."""
    reading = draft.reading
    if node.skill and node.current is not None and node.current == reading.inputs.levels.get(node.skill):
        return round(reading.levels[node.skill].level, 2)
    return node.current


def required(node: PlannedNode, draft: Draft) -> int | None:
    """What the role asks for; for a basis that it does not name, the level it is needed at."""
    if node.kind is Kind.MILESTONE or node.skill is None:
        return None
    ask = draft.reading.inputs.asks.get(node.skill)
    return ask.level if ask else node.level


def wording(node: PlannedNode, draft: Draft) -> tuple[str, str]:
    """Title and description of a node, by rules."""
    reading = draft.reading
    skill = reading.skills[node.skill] if node.skill else None
    if node.resource:
        resource = reading.resources[node.resource]
        return resource.title, resource.summary
    if node.kind is Kind.MILESTONE and node.phase == max(draft.plan.phases, 1):
        return reading.role.title, reading.role.summary or reading.role.title
    if node.kind is Kind.MILESTONE and skill:
        title = _("%(skill)s at level %(level)s") % {"skill": skill.name, "level": node.level}
        return title, _("Reached when the steps of this phase are done. It opens the next one.")
    if skill is None:
        return node.key, ""
    ask = reading.inputs.asks.get(skill.id)
    if ask and node.level and node.level < ask.level:
        return _("%(skill)s, first to level %(level)s") % {
            "skill": skill.name,
            "level": node.level,
        }, skill.summary
    return skill.name, skill.summary
