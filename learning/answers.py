"""What the API answers: the assistant's schemas, filled by rules, with what a client needs to act on them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID, uuid5

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from careerforge.assistant import schemas
from careerforge.assistant.schemas import FactorShown, Level, Line, ReceiptShown, Share, Source, Url
from careerforge.knowledge.models import Chunk
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning import gap as gaps
from learning import mentions, path, planning, readiness, scoring, states, steps, suggestions, versions
from learning.gap import Gap, GapRow
from learning.models import NodeReason, PathVersion, Resource, Step
from learning.reasons import Reason
from learning.suggestions import Suggested
from learning.versions import Draft

RULES = "rules"
# From so many documents of the market on a skill is in high, in some demand.
HIGH, MEDIUM = 8, 3
Confidence = Literal["low", "medium", "high"]


class ResourceOut(schemas.Resource):
    """A row of the catalogue; without a link where no lasting one is known."""

    url: Url | None  # type: ignore[assignment]


class NodeOut(schemas.Node):
    """A step of the path. Its id is the same in every version; ``waits`` says that a prerequisite is open."""

    estimated_hours: Annotated[int, Field(ge=0)]
    resources: list[ResourceOut]  # type: ignore[assignment]
    status: Literal["todo", "in_progress", "done", "skipped"]
    waits: bool
    phase: int
    required_level: Level | None
    current_level: Level | None
    reasons: list[Line]


class LearningPathOut(schemas.LearningPathResult):
    """The path as it stands today. ``version`` is null while nothing is stored."""

    nodes: list[NodeOut]  # type: ignore[assignment]
    version: int | None


class SkillGapOut(schemas.SkillGapResult):
    """The largest gaps to a role. ``readiness`` is null while under 30 % of the required weight is known."""

    role: Line
    role_id: UUID
    readiness: Share | None
    known_share: Share


class SuggestionOut(schemas.RoleSuggestion):
    """A role that fits; ``id`` accepts it."""

    id: UUID
    role_id: UUID
    receipt: ReceiptShown


class RoleSuggestionsOut(schemas.RoleSuggestionsResult):
    """Up to five roles, the best first."""

    suggestions: list[SuggestionOut]  # type: ignore[assignment]


def path_of(person: User, now: datetime) -> LearningPathOut:
    """The stored path, or the one the rules would make; nothing is stored. 404 when there is no role."""
    version = path.current(person)
    if version:
        return _stored(person, version, now.date())
    role = path.heading(person) or suggestions.first(person, now.date())
    if role is None:
        raise Http404
    return _drafted(path.draft(person, role, now.date()), now)


def gap_of(person: User, role: Role | None, reader: User) -> SkillGapOut:
    """The gap to a role, to where the person is heading if none is given; 404 when they head nowhere.

    ``reader`` is who asks: demand is counted in documents that they may see.
    """
    now = timezone.now()
    role = role or path.heading(person) or suggestions.first(person, now.date())
    if role is None:
        raise Http404
    gap = gaps.gap(person, role, now.date())
    top = gap.top(schemas.MOST_GAPS)
    demand = mentions.in_the_market(reader, [row.skill for row in top])
    return SkillGapOut(
        **_envelope(uuid5(person.id, f"gap:{role.id}"), now, gap.known_share, _gap_receipt(gap)),
        skills=[_gap_line(row, demand[row.skill.id]) for row in top],
        role=role.title,
        role_id=role.id,
        readiness=gap.readiness,
        known_share=gap.known_share,
    )


def suggestions_of(person: User, now: datetime) -> RoleSuggestionsOut:
    """The five roles that fit best, by rules."""
    found = suggestions.suggest(person, now.date())
    made_at = suggestions.made_at(person, found, now) or now
    known = min((one.known_share for one in found), default=0.0)
    receipt = ReceiptShown(
        rule_version=scoring.RULE_VERSION, factors=[], left_out=list(scoring.LEFT_OUT), nearest_change=""
    )
    return RoleSuggestionsOut(
        **_envelope(uuid5(person.id, "suggestions"), made_at, known, receipt),
        suggestions=[_suggestion(one) for one in found],
    )


def _envelope(
    id_: UUID, at: datetime, known_share: float, receipt: ReceiptShown, sources: Sequence[Source] = ()
) -> dict[str, Any]:
    return {
        "id": id_,
        "sources": list(sources)[:50],
        "model_used": RULES,
        "prompt_version": None,
        "generated_at": at.astimezone(UTC),
        "confidence": confidence(known_share),
        "receipt": receipt,
    }


def confidence(known_share: float) -> Confidence:
    """In words: how much of what the role asks for is known of the person."""
    if known_share < readiness.KNOWN_ENOUGH:
        return "low"
    return "medium" if known_share < 0.7 else "high"


def _gap_line(row: GapRow, documents: int) -> schemas.Gap:
    demand = "high" if documents >= HIGH else "medium" if documents >= MEDIUM else "low"
    return schemas.Gap(
        skill=row.skill.name,
        skill_ids=[str(row.skill.id)],
        required_level=float(row.required),
        current_level=row.effective if row.known else None,
        market_demand=demand if documents else None,  # type: ignore[arg-type]
    )


def _gap_receipt(gap: Gap) -> ReceiptShown:
    """Points are levels held times weight: together, over what is asked, they are the readiness."""
    top = gap.top(1)
    nearest = (
        _("One level more in %(skill)s would close the most.") % {"skill": top[0].skill.name} if top else ""
    )
    return ReceiptShown(
        rule_version=readiness.RULE_VERSION,
        factors=[
            FactorShown(
                label=row.skill.name,
                points=min(row.evidence.level, float(row.required)) * row.weight,
                detail=_detail(row),
            )
            for row in gap.rows
        ],
        left_out=list(readiness.NOT_LOOKED_AT),
        nearest_change=nearest,
    )


def _detail(row: GapRow) -> str:
    asked = _("Level %(level)s is asked for, weight %(weight)s.") % {
        "level": row.required,
        "weight": row.weight,
    }
    said = "; ".join(
        f"{c.source} {c.level}, {c.confidence:.2f}, {c.evidence_on.isoformat()}"
        for c in row.evidence.contributions
    )
    return f"{asked} {said or _('Nothing is known.')}"


def _suggestion(one: Suggested) -> SuggestionOut:
    near = one.nearest
    change = (
        _("%(skill)s from level %(start)s to %(end)s adds %(gain)s points of 100.")
        % {
            "skill": near.skill.name,
            "start": f"{near.start:.1f}",
            "end": f"{near.end:.1f}",
            "gain": f"{near.gain * 100:.1f}",
        }
        if near
        else ""
    )
    return SuggestionOut(
        id=one.id,
        role_id=one.role.id,
        role_title=one.role.title,
        match_score=one.score,
        description=one.role.summary or one.role.title,
        required_skills=[skill.name for skill in one.required][:30],
        receipt=ReceiptShown(
            rule_version=scoring.RULE_VERSION,
            factors=[
                FactorShown(label=p.factor, points=p.points, detail=_("of %(of)s") % {"of": f"{p.of:.0f}"})
                for p in one.points
            ],
            left_out=list(scoring.LEFT_OUT),
            nearest_change=change,
        ),
    )


def _stored(person: User, version: PathVersion, on: date) -> LearningPathOut:
    nodes = path.nodes(version, person)
    gap = gaps.gap(person, version.path.role, on)
    by_id = {node.id: str(node.step_id) for node in nodes}
    sources = [source for node in nodes for reason in node.reasons.all() if (source := _source(reason))]
    receipt = _gap_receipt(gap).model_copy(update={"rule_version": planning.RULE_VERSION})
    return LearningPathOut(
        **_envelope(version.id, version.made_at, gap.known_share, receipt, sources),
        target_role=version.path.role.title,
        summary=version.summary,
        nodes=[_stop(stop, by_id) for stop in states.way(nodes).stops],
        version=version.number,
    )


def _stop(stop: states.Stop, by_id: dict[UUID, str]) -> NodeOut:
    node = stop.node
    return NodeOut(
        id=str(node.step_id),
        title=node.title,
        type=node.step.type,
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
    receipt = _gap_receipt(read.gap).model_copy(update={"rule_version": planning.RULE_VERSION})
    return LearningPathOut(
        **_envelope(uuid5(read.person.id, f"path:{read.role.id}"), now, read.gap.known_share, receipt),
        target_role=read.role.title,
        summary=versions.summary(draft.plan, read.role),
        nodes=[_planned(node, draft, ids) for node in draft.plan.nodes],
        version=None,
    )


def _planned(node: planning.PlannedNode, draft: Draft, ids: dict[str, str]) -> NodeOut:
    read = draft.reading
    title, description = versions.wording(node, draft)
    ask = read.inputs.asks.get(node.skill) if node.skill else None
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
        required_level=_float(ask.level if ask else node.level),
        current_level=node.current,
        reasons=[reason.text[:200] for reason in reasons],
    )


def _resources(rows: Iterable[Resource]) -> list[ResourceOut]:
    return [ResourceOut(type=row.type, title=row.title, url=row.url or None) for row in rows]


def _float(level: int | None) -> float | None:
    return None if level is None else float(level)
