"""What the API answers about gaps and roles: the assistant's schemas, filled by rules."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from careerforge.assistant import checks, schemas
from careerforge.assistant.schemas import ReceiptShown, Source
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning import rated
from learning.gaps import gap as gaps
from learning.gaps import readiness, why
from learning.gaps.gap import Gap, GapRow
from learning.paths import path
from learning.roles import scoring, suggestions
from learning.roles.scoring import Suggested
from learning.shapes import Confidence, RoleSuggestionsOut, SkillGapOut, SuggestionOut
from learning.words import wordings
from learning.words.wordings import Said
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
    receipt = why.shown(why.of_gap(gap, demand))
    said = _said(person, reader, gap, now)
    return SkillGapOut(
        **envelope(rated.gap_id(person, role.id), now, gap.known_share, receipt, by=list(said.values())),
        skills=[_gap_line(row, demand[row.skill.id], said.get(row.skill.id)) for row in top],
        role=role.title,
        role_id=role.id,
        readiness=gap.readiness,
        known_share=gap.known_share,
    )


def _said(person: User, reader: User, gap: Gap, now: datetime) -> dict[UUID, Said]:
    """Words for the skills of a gap. They quote what the person may read, so nobody else is shown them."""
    if reader.pk != person.pk:
        return {}
    found = wordings.standing(person, {gap.role.id: gap.receipt}, now).skills
    return {skill: said for (_role, skill), said in found.items()}


def suggestions_of(person: User, now: datetime) -> RoleSuggestionsOut:
    """The five roles that fit best, by rules."""
    found = suggestions.suggest(person, now.date())
    made_at = suggestions.made_at(person, found, now) or now
    known = min((one.known_share for one in found), default=0.0)
    said = wordings.standing(person, {one.role.id: one.receipt["inputs"] for one in found}, now).roles
    receipt = ReceiptShown(
        rule_version=scoring.RULE_VERSION, factors=[], left_out=list(scoring.LEFT_OUT), nearest_change=""
    )
    return RoleSuggestionsOut(
        **envelope(rated.suggestions_id(person), made_at, known, receipt, by=list(said.values())),
        suggestions=[_suggestion(one, said.get(one.role.id)) for one in found],
    )


def envelope(
    id_: UUID,
    at: datetime,
    known_share: float,
    receipt: ReceiptShown,
    sources: Sequence[Source] = (),
    by: Sequence[Said] = (),
) -> dict[str, Any]:
    """What every result carries.

    Args:
        by: a model's words that are part of it, if any are.
    """
    first = next(iter(by), None)
    return {
        "id": id_,
        "sources": list(sources)[:50],
        "model_used": first.model if first else RULES,
        "prompt_version": first.prompt_version if first else None,
        "generated_at": (first.made_at if first else at).astimezone(UTC),
        "confidence": confidence(known_share),
        "receipt": receipt,
        "checks": checks.in_words(first.checks) if first else [],
    }


def confidence(known_share: float) -> Confidence:
    """In words: how much of what the role asks for is known of the person."""
    if known_share < readiness.KNOWN_ENOUGH:
        return "low"
    return "medium" if known_share < 0.7 else "high"


def _region(person: User) -> str:
    profile = getattr(person, "profile", None)
    return profile.region if profile else ""


def _gap_line(row: GapRow, demand: Demand, said: Said | None) -> schemas.Gap:
    return schemas.Gap(
        skill=row.skill.name,
        skill_ids=[str(row.skill.id)],
        required_level=float(row.required),
        current_level=row.effective if row.known else None,
        market_demand=demand.level,
        lets_you=said.text if said else row.skill.summary or None,
    )


def _suggestion(one: Suggested, said: Said | None) -> SuggestionOut:
    return SuggestionOut(
        id=one.id,
        role_id=one.role.id,
        role_title=one.role.title,
        match_score=one.score,
        description=said.text if said else one.role.summary or one.role.title,
        required_skills=[skill.name for skill in one.required][:30],
        receipt=why.shown(why.of_suggestion(one)),
    )
