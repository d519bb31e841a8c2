"""The path as the API answers it: stored, or as the rules would make it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404

from careerforge.assistant.receipt import Receipt
from careerforge.assistant.schemas import Source
from careerforge.knowledge.models import Chunk
from careerforge.people.models import User
from learning.gaps import answers, why
from learning.gaps import gap as gaps
from learning.models import NodeReason, PathVersion, Resource, Step
from learning.paths import papers, path, planning, states, steps, versions
from learning.paths.plan import Kind, PlannedNode
from learning.paths.reasons import Reason
from learning.paths.versions import Draft
from learning.roles import suggestions
from learning.shapes import LearningPathOut, NodeOut, ResourceOut
from learning.words import closed


def path_of(person: User, now: datetime) -> LearningPathOut:
    """The stored path, or the one the rules would make; nothing is stored. 404 when there is no role."""
    version = path.current(person)
    if version:
        return _stored(person, version, now.date())
    role = path.heading(person) or suggestions.first(person, now.date())
    if role is None:
        raise Http404
    return _drafted(path.draft(person, role, now.date()), now)


def _stored(person: User, version: PathVersion, on: date) -> LearningPathOut:
    nodes = path.nodes(version, person)
    gap = gaps.gap(person, version.path.role, on)
    by_id = {node.id: str(node.step_id) for node in nodes}
    sources = [source for node in nodes for reason in node.reasons.all() if (source := _source(reason))]
    receipt = why.shown(replace(why.of_gap(gap), rule_version=planning.RULE_VERSION))
    summary, way = closed.summary_of(version, person), states.way(nodes)
    said = versions.said(version, summary or "")
    return LearningPathOut(
        **answers.envelope(
            version.id, version.made_at, gap.known_share, receipt, sources, [said] if said else []
        ),
        target_role=version.path.role.title,
        summary=summary or way.sentence(version.path.role.title),
        nodes=[_stop(stop, by_id) for stop in way.stops],
        version=version.number,
    )


def _stop(stop: states.Stop, by_id: dict[UUID, str]) -> NodeOut:
    node = stop.node
    return NodeOut(
        id=str(node.step_id),
        title=node.title,
        type=Kind(node.step.type).value,
        description=node.description or node.title,
        estimated_hours=node.hours,
        prerequisites=[by_id[need.id] for need in stop.needs][:20],
        resources=_resources(link.resource for link in node.resource_links.all()),
        status=_status(stop),
        waits=stop.state is states.State.LOCKED,
        phase=node.phase,
        required_level=_float(node.required_level),
        current_level=node.current_level,
        reasons=[reason.text[:200] for reason in node.reasons.all()],
        receipt=why.shown(paper) if (paper := why.of_node(node)) else None,
    )


def _status(stop: states.Stop) -> Any:
    """A milestone is done when its phase is; everything else has a status of its own."""
    if stop.node.step.type == Step.Type.MILESTONE:
        return "done" if stop.state is states.State.DONE else "todo"
    return stop.node.step.status


def _source(reason: NodeReason) -> Source | None:
    chunk: Chunk | None = reason.chunk
    at = chunk.text.find(reason.quote) if chunk and reason.quote else -1
    if chunk is None or at < 0:
        return None
    document = chunk.document
    return Source(
        document=document.id,
        title=document.title[:200],
        url=document.url if document.url.startswith(("https://", "http://")) else None,
        date=document.published_at or document.fetched_at,
        quote=reason.quote,
        start=chunk.start + at,
        end=chunk.start + at + len(reason.quote),
    )


def _drafted(draft: Draft, now: datetime) -> LearningPathOut:
    read = draft.reading
    ids = {node.key: str(steps.step_id(read.person.id, node.key)) for node in draft.plan.nodes}
    receipt = why.shown(replace(why.of_gap(read.gap), rule_version=planning.RULE_VERSION))
    return LearningPathOut(
        **answers.envelope(uuid5(read.person.id, f"path:{read.role.id}"), now, read.gap.known_share, receipt),
        target_role=read.role.title,
        summary=versions.summary(draft.plan, read.role),
        nodes=[_planned(node, draft, ids) for node in draft.plan.nodes],
        version=None,
    )


def _planned(node: PlannedNode, draft: Draft, ids: dict[str, str]) -> NodeOut:
    read = draft.reading
    title, description = versions.wording(node, draft)
    reasons: Iterable[Reason] = draft.reasons.get(node.key, ())
    return NodeOut(
        id=ids[node.key],
        title=title[:200],
        type=node.kind.value,
        description=description or title,
        estimated_hours=node.hours,
        prerequisites=[ids[need] for need in node.needs][:20],
        resources=_resources(read.resources[one] for one in node.resources),
        status="todo",
        waits=bool(node.needs),
        phase=node.phase,
        required_level=_float(versions.required(node, draft)),
        current_level=versions.standing(node, draft),
        reasons=[reason.text[:200] for reason in reasons],
        receipt=why.shown(found) if (found := _paper(title, node, draft)) else None,
    )


def _paper(title: str, node: PlannedNode, draft: Draft) -> Receipt | None:
    return why.of_step(title, papers.paper(node, draft.plan, draft.reading))


def _resources(rows: Iterable[Resource]) -> list[ResourceOut]:
    return [ResourceOut(type=row.type, title=row.title, url=row.url or None) for row in rows]


def _float(level: int | None) -> float | None:
    return None if level is None else float(level)
