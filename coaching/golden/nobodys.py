"""What is read and computed for a person nobody is: their gap to a role, and the roles that are near."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from careerforge.people.models import User
from careerforge.skills.levels import Effective
from careerforge.skills.models import Role
from learning.gaps import facts
from learning.gaps.facts import Asked, Known
from learning.gaps.gap import Gap, weigh
from learning.paths import reading
from learning.paths.reading import Reading

NOBODY = User(id=UUID(int=0), username="nobody")
NOTHING = Known({}, {}, {})
# As many as are suggested at once.
NEAR = 5
OWN_WORD = "self"


def case(about: Mapping[str, Any]) -> str:
    """The same for two questions about the same nobody; empty where no level is known."""
    if not any(one["level"] is not None for one in about.get("skills", ())):
        return ""
    return json.dumps(about, sort_keys=True, ensure_ascii=False)


def role_of(about: Mapping[str, Any]) -> Role | None:
    """The role that nobody wants: one query."""
    rows = Role.objects.select_related("practice").filter(retired_at=None)
    return rows.filter(title=about.get("role", "")).first()


def gaps(about: Mapping[str, Any], on: date) -> list[Gap]:
    """Nobody's gaps: to the role they want, then to others that ask for what they know. Three queries."""
    wanted = role_of(about)
    if wanted is None:
        return []
    known = [one["skill"] for one in about["skills"] if one["level"] is not None]
    near = Role.objects.filter(retired_at=None, requirements__skill__name__in=known).exclude(pk=wanted.pk)
    roles = [wanted, *near.order_by("level", "title").distinct()[: NEAR - 1]]
    asked = facts.requirements(role.id for role in roles)
    return [_gap(role, asked.get(role.id, []), about, on) for role in roles]


def _gap(role: Role, asked: list[Asked], about: Mapping[str, Any], on: date) -> Gap:
    return weigh(role, asked, levels(asked, about, on), NOTHING, NOBODY.id, on)


def levels(asked: list[Asked], about: Mapping[str, Any], on: date) -> dict[UUID, Effective]:
    """Their levels by skill. Pure."""
    told = {one["skill"]: one["level"] for one in about["skills"] if one["level"] is not None}
    return {
        row.skill_id: Effective(float(told[row.skill.name]), True, OWN_WORD, on, ())
        for row in asked
        if row.skill.name in told
    }


def read(about: Mapping[str, Any], reader: User, on: date) -> Reading | None:
    """Everything that a path of nobody is decided from; None when there is no such role.

    Args:
        reader: whose documents may be quoted.
    """
    role = role_of(about)
    if role is None:
        return None
    found = reading.read(NOBODY, role, on)
    asked = facts.requirements([role.id])[role.id]
    told = levels(asked, about, on)
    inputs = replace(found.inputs, levels={skill: have.level for skill, have in sorted(told.items())})
    gap = weigh(role, asked, told, NOTHING, NOBODY.id, on)
    return replace(found, person=reader, gap=gap, levels=told, inputs=inputs)
