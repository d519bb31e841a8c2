"""What the API answers about gaps and roles: the assistant's schemas, filled by rules."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.assistant import schemas
from careerforge.assistant.schemas import FactorShown, ReceiptShown, Source
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning import gap as gaps
from learning import path, readiness, scoring, suggestions
from learning.gap import Gap, GapRow
from learning.scoring import Suggested
from learning.shapes import Confidence, RoleSuggestionsOut, SkillGapOut, SuggestionOut
from market import demand as demands
from market.demand import Demand

RULES = "rules"


def gap_of(person: User, role: Role | None, reader: User) -> SkillGapOut:
    """The gap to a role, to where the person is heading if none is given; 404 when they head nowhere.

    ``reader`` is who asks: demand is counted in postings that they may see.
    """
    now = timezone.now()
    role = role or path.heading(person) or suggestions.first(person, now.date())
    if role is None:
        raise Http404
    gap = gaps.gap(person, role, now.date())
    top = gap.top(schemas.MOST_GAPS)
    skills = [row.skill for row in top]
    demand = demands.in_the_market(reader, role.practice_id, skills, now, _region(person))
    receipt = gap_receipt(gap, demand)
    return SkillGapOut(
        **envelope(uuid5(person.id, f"gap:{role.id}"), now, gap.known_share, receipt),
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
        **envelope(uuid5(person.id, "suggestions"), made_at, known, receipt),
        suggestions=[_suggestion(one) for one in found],
    )


def envelope(
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


def _region(person: User) -> str:
    profile = getattr(person, "profile", None)
    return profile.region if profile else ""


def _gap_line(row: GapRow, demand: Demand) -> schemas.Gap:
    return schemas.Gap(
        skill=row.skill.name,
        skill_ids=[str(row.skill.id)],
        required_level=float(row.required),
        current_level=row.effective if row.known else None,
        market_demand=demand.level,
    )


def gap_receipt(gap: Gap, demand: Mapping[UUID, Demand] | None = None) -> ReceiptShown:
    """Points are levels held times weight: together, over what is asked, they are the readiness.

    Args:
        demand: of the skills that are shown with it.
    """
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
                detail=_detail(row, (demand or {}).get(row.skill.id)),
            )
            for row in gap.rows
        ],
        left_out=list(readiness.NOT_LOOKED_AT),
        nearest_change=nearest,
    )


def _detail(row: GapRow, demand: Demand | None) -> str:
    asked = _("Level %(level)s is asked for, weight %(weight)s.") % {
        "level": row.required,
        "weight": row.weight,
    }
    said = "; ".join(
        f"{c.source} {c.level}, {c.confidence:.2f}, {c.evidence_on.isoformat()}"
        for c in row.evidence.contributions
    )
    return " ".join(filter(None, (asked, said or _("Nothing is known."), demand.sentence if demand else "")))


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
