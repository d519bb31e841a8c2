"""What an answer about one person may rest on: their gap against the role in question."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from careerforge.people.models import SkillClaim, User
from careerforge.skills.models import Alias, Prerequisite, Role, RoleAlias
from coaching.known import Facts, SkillFact, StepFact
from learning import path, target
from learning.gap import Gap, GapRow, gap
from learning.models import Node, Step


def role_in_question(question: str, person: User) -> Role | None:
    """The role that the question names, by title or alias, the longest first; else the person's target."""
    titles = [(title, pk) for pk, title in Role.objects.filter(retired_at=None).values_list("pk", "title")]
    titles += list(RoleAlias.objects.filter(role__retired_at=None).values_list("text", "role_id"))
    words = " ".join(question.split())
    for title, pk in sorted(titles, key=lambda pair: (-len(pair[0]), pair[0])):
        if re.search(rf"(?<!\w){re.escape(title)}(?!\w)", words, re.IGNORECASE):
            return Role.objects.select_related("practice").get(pk=pk)
    return target.current(person)


def facts_about(person: User, role: Role, on: date) -> Facts:
    """The gap of a person against a role, in the words of an answer."""
    found = gap(person, role, on)
    ids = [row.skill.id for row in found.rows]
    aliases: dict[object, list[str]] = {}
    for skill_id, text in Alias.objects.filter(skill__in=ids).values_list("skill_id", "text"):
        aliases.setdefault(skill_id, []).append(text)
    opens = _opens(found)
    nodes = path.outline(person)
    places = _places(nodes, role)
    # What nothing was told about is in no figure, see ``learning.readiness``.
    total = sum(row.required * row.weight for row in found.rows if row.known) or 1
    return Facts(
        role=role.title,
        role_url=reverse("learning:role", args=[role.slug]),
        role_changed_on=role.changed_at.date(),
        person_url=reverse("coaching:person", args=[person.profile.pseudo_id]),
        computed_on=on,
        readiness=found.readiness,
        skills=tuple(
            SkillFact(
                name=row.skill.name,
                required=row.required,
                weight=row.weight,
                effective=row.effective if row.known else None,
                points=row.points / total if row.open else 0.0,
                at_level=row.known and row.at_level,
                waiting=row.known and row.waiting,
                hours=row.hours,
                opens=opens.get(row.skill.name, ()),
                evidence=_evidence(row),
                evidence_on=row.evidence.evidence_on,
                aliases=tuple(aliases.get(row.skill.id, ())),
                place=places.get(row.skill.id),
            )
            for row in found.rows
        ),
        steps=tuple(_step(node) for node in nodes),
        path_made_on=nodes[0].version.made_at.date() if nodes else None,
    )


def _step(node: Node) -> StepFact:
    step = node.step
    return StepFact(node.title, step.type, step.status, step.get_status_display(), node.phase, node.hours)


def _evidence(row: GapRow) -> str:
    source = row.evidence.best_source
    return str(SkillClaim.Source(source).label) if source else ""


def _places(nodes: Sequence[Node], role: Role) -> dict[UUID, int]:
    """Each skill's place on the path, if it leads to this role; of a climb in two steps the first counts."""
    if not nodes or nodes[0].version.path.role_id != role.pk:
        return {}
    skills = [node.step.skill_id for node in nodes if node.step.type == Step.Type.SKILL]
    return {skill: place for place, skill in reversed(list(enumerate(skills))) if skill}


def _opens(found: Gap) -> dict[str, tuple[str, ...]]:
    """For each skill below what the role asks for, told or not, the others below it that build on it."""
    missing = {row.skill.id: row for row in found.rows if not row.at_level}
    pairs = Prerequisite.objects.filter(skill__in=missing, requires__in=missing)
    opened: dict[str, list[GapRow]] = {}
    for skill_id, requires_id in pairs.values_list("skill_id", "requires_id"):
        opened.setdefault(missing[requires_id].skill.name, []).append(missing[skill_id])
    return {
        name: tuple(row.skill.name for row in sorted(rows, key=lambda r: (-r.points, r.skill.name)))
        for name, rows in opened.items()
    }
