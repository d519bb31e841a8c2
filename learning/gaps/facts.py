"""What is known about people and roles, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from careerforge.people.models import Position, SkillClaim
from careerforge.skills.levels import ClaimFact, Effective, Neighbours, effective_levels
from careerforge.skills.models import Neighbour, Requirement, Skill
from learning.models import Step

SKILL_COLUMNS = tuple(field.attname for field in Skill._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement of a role: level and weight, 1 to 5 each."""

    skill: Skill
    skill_id: UUID
    level: int
    weight: int


@dataclass(frozen=True)
class Known:
    """Claims of some people: by person, with the half-lives (months) of the skills they are about.

    ``finished`` is the highest level to which a step of each skill has been finished.
    """

    claims: dict[UUID, tuple[ClaimFact, ...]]
    in_use: dict[UUID, frozenset[UUID]]
    half_lives: dict[UUID, int]
    finished: Mapping[UUID, Mapping[UUID, int]] = field(default_factory=dict)

    def levels(
        self, person_id: UUID, near: Neighbours, on: date, about: Collection[UUID] | None = None
    ) -> dict[UUID, Effective]:
        """One person's effective levels, of some skills if ``about`` names them.

        Partial credit is looked for only for the skills in ``near``.
        """
        claims = self.claims.get(person_id, ())
        return effective_levels(
            claims if about is None else [claim for claim in claims if claim.skill_id in about],
            self.half_lives,
            near,
            on,
            self.in_use.get(person_id, frozenset()),
        )


def of_people(
    ids: Collection[UUID],
    on: date,
    *,
    in_use: Mapping[UUID, frozenset[UUID]] | None = None,
    finished: Mapping[UUID, Mapping[UUID, int]] | None = None,
) -> Known:
    """Claims that stand, and skills that the position held on the day requires: two queries.

    Args:
        in_use: the skills of the positions, where they are known already: one query less.
        finished: how far finished steps lead, for a gap that is shown.
    """
    claims: dict[UUID, list[ClaimFact]] = defaultdict(list)
    half_lives: dict[UUID, int] = {}
    rows = SkillClaim.objects.filter(user_id__in=ids, withdrawn_at__isnull=True).values_list(
        "user_id", "skill_id", "level", "confidence", "evidence_on", "source", "skill__half_life_months"
    )
    for user_id, skill_id, level, confidence, evidence_on, source, half_life in rows:
        claims[user_id].append(ClaimFact(skill_id, level, confidence, evidence_on, source))
        half_lives[skill_id] = half_life
    return Known(
        {user: tuple(facts) for user, facts in claims.items()},
        _in_use(ids, on) if in_use is None else dict(in_use),
        half_lives,
        finished or {},
    )


def finished_to(done: Iterable[Step]) -> dict[UUID, dict[UUID, int]]:
    """By person and skill, how far finished steps lead. Pure."""
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for step in done:
        if step.type == Step.Type.SKILL and step.status == Step.Status.DONE and step.skill_id:
            mine = found[step.user_id]
            mine[step.skill_id] = max(mine.get(step.skill_id, 0), step.level or 0)
    return dict(found)


def _in_use(ids: Collection[UUID], on: date) -> dict[UUID, frozenset[UUID]]:
    return {user: frozenset(skills) for user, skills in held(ids, on).items()}


def held(ids: Collection[UUID], on: date) -> dict[UUID, dict[UUID, int]]:
    """By person, the skills of the position held now and the level it asks for: one query.

    Since when it is held is not read.
    """
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    positions = Position.objects.filter(user_id__in=ids, starts_on__lte=on, ends_on__isnull=True)
    asked = positions.values_list("user_id", "role__requirements__skill_id", "role__requirements__level")
    for user_id, skill_id, level in asked:
        if skill_id:
            found[user_id][skill_id] = max(found[user_id].get(skill_id, 0), level)
    return found


def requirements(role_ids: Iterable[UUID]) -> dict[UUID, list[Asked]]:
    """What roles ask for, heaviest first: one query for all of them, each skill made once."""
    found: dict[UUID, list[Asked]] = defaultdict(list)
    made: dict[UUID, Skill] = {}
    rows = Requirement.objects.filter(role_id__in=list(role_ids)).order_by("-weight", "skill__name")
    for role_id, level, weight, *values in rows.values_list(
        "role_id", "level", "weight", *(f"skill__{name}" for name in SKILL_COLUMNS)
    ):
        skill = made.get(values[0]) or made.setdefault(values[0], Skill.from_db(None, SKILL_COLUMNS, values))
        found[role_id].append(Asked(skill, skill.id, level, weight))
    return found


def neighbours(skill_ids: Iterable[UUID] | None = None) -> Neighbours:
    """Who lends credit to these skills (to all, if none are named): one query."""
    rows: Any = Neighbour.objects.all()
    if skill_ids is not None:
        rows = rows.filter(skill_id__in=list(skill_ids))
    found: dict[UUID, list[tuple[UUID, float]]] = defaultdict(list)
    for skill_id, neighbour_id, credit in rows.values_list("skill_id", "neighbour_id", "credit"):
        found[skill_id].append((neighbour_id, credit))
    return found


def skills() -> dict[UUID, Skill]:
    """Every skill that is not retired: one query."""
    return {skill.id: skill for skill in Skill.objects.filter(retired_at__isnull=True)}
