"""The facts that a golden question is asked with: a role, a few skills in whole levels, nobody."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careerforge.skills.models import Alias, Prerequisite, Requirement, Role
from coaching.answers.answer import Answer
from coaching.answers.voice import Voice
from coaching.persons.known import Facts, SkillFact
from learning.gaps.gap import hours

# Of a model's answer; kept, and put into the reader's language when it is shown.
USELESS = gettext_noop("No sentence of it could be used.")
BROKEN = gettext_noop("It breaks a check, also at the second try.")


def about(answer: Answer, facts: Facts | None) -> dict[str, Any]:
    """What is kept beside a question: the role, and the skills whose lines the answer rests on.

    Levels are whole, and without evidence or dates, so that they fit many people and tell of none.
    """
    if facts is None:
        return {}
    lines = [source.quote for source in answer.sources if source.chunk_id is None]
    used = [skill for skill in facts.skills if any(skill.name in line for line in lines)]
    return {"role": facts.role, "skills": [_kept(skill) for skill in used]}


def lines(kept: Mapping[str, Any]) -> list[str]:
    """What is kept, in words."""
    if not kept:
        return []
    told = _("%(skill)s: level %(level)s of %(required)s")
    untold = _("%(skill)s: nothing told, level %(required)s is asked for")
    skills = [(untold if one["level"] is None else told) % one for one in kept["skills"]]
    return [_("Role: %(role)s") % kept, *skills]


def facts_of(kept: Mapping[str, Any], on: date, voice: Voice = Voice.ABOUT) -> Facts | None:
    """The facts of an answer to what is kept; None when it has no role, or that is gone. Four queries.

    Args:
        voice: whom it is told.
    """
    role = Role.objects.filter(title=kept.get("role", ""), retired_at=None).first()
    if role is None:
        return None
    levels = {one["skill"]: one["level"] for one in kept["skills"]}
    asked = list(Requirement.objects.filter(role=role, skill__name__in=levels).select_related("skill"))
    total = sum(row.level * row.weight for row in asked if levels[row.skill.name] is not None) or 1
    opens, names = _opens(asked, levels), _aliases(asked)
    return Facts(
        role=role.title,
        role_url=reverse("learning:role", args=[role.slug]),
        role_changed_on=role.changed_at.date(),
        skills_url="",
        path_url="",
        computed_on=on,
        readiness=None,
        skills=tuple(_fact(row, levels[row.skill.name], total, opens, names) for row in asked),
        voice=voice,
    )


def _kept(skill: SkillFact) -> dict[str, Any]:
    level = None if skill.effective is None else round(skill.effective)
    # Rounding up to what is asked for would close a gap that is there.
    if level is not None and skill.missing:
        level = min(level, skill.required - 1)
    return {"skill": skill.name, "level": level, "required": skill.required}


def _fact(
    row: Requirement, level: int | None, total: int, opens: Mapping[str, Sequence[str]],
    names: Mapping[str, Sequence[str]],
) -> SkillFact:  # fmt: skip
    missing = max(row.level - level, 0) if level is not None else 0
    return SkillFact(
        name=row.skill.name,
        required=row.level,
        weight=row.weight,
        effective=None if level is None else float(level),
        points=missing * row.weight / total,
        hours=hours(missing, row.skill.hours),
        opens=tuple(opens.get(row.skill.name, ())),
        aliases=tuple(names.get(row.skill.name, ())),
        at_level=level is not None and not missing,
    )


def _opens(asked: Sequence[Requirement], levels: Mapping[str, int | None]) -> dict[str, list[str]]:
    """For each skill that is missing, the others that are and build on it."""
    missing = [row.skill for row in asked if (levels[row.skill.name] or 0) < row.level]
    pairs = Prerequisite.objects.filter(skill__in=missing, requires__in=missing)
    found: dict[str, list[str]] = {}
    for later, basis in pairs.order_by("skill__name").values_list("skill__name", "requires__name"):
        found.setdefault(basis, []).append(later)
    return found


def _aliases(asked: Sequence[Requirement]) -> dict[str, list[str]]:
    rows = Alias.objects.filter(skill__in=[row.skill_id for row in asked]).order_by("text")
    found: dict[str, list[str]] = {}
    for name, text in rows.values_list("skill__name", "text"):
        found.setdefault(name, []).append(text)
    return found
