"""What an answer about one person may rest on: their gap against the role in question."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from careerforge.people.models import SkillClaim, User
from careerforge.skills.levels import Effective, effective_levels
from careerforge.skills.models import Alias, Prerequisite, Role, RoleAlias, Skill
from coaching.answers.voice import Voice
from coaching.persons.known import Brought, Facts, Moved, Proof, SkillFact, StepFact
from learning.gaps import history
from learning.gaps.facts import of_people
from learning.gaps.gap import Gap, GapRow, gap
from learning.gaps.inventory import hours_left
from learning.models import Node, Step
from learning.paths import path
from learning.roles import target

# Less than this of a level is within the error of every source.
FADED_ENOUGH = 0.3
BROUGHT = 3


def role_in_question(question: str, person: User) -> Role | None:
    """The role that the question names, by title or alias, the longest first; else the person's target."""
    titles = [(title, pk) for pk, title in Role.objects.filter(retired_at=None).values_list("pk", "title")]
    titles += list(RoleAlias.objects.filter(role__retired_at=None).values_list("text", "role_id"))
    words = " ".join(question.split())
    for title, pk in sorted(titles, key=lambda pair: (-len(pair[0]), pair[0])):
        if re.search(rf"(?<!\w){re.escape(title)}(?!\w)", words, re.IGNORECASE):
            return Role.objects.select_related("practice").get(pk=pk)
    return target.current(person)


def facts_about(person: User, role: Role, on: date, voice: Voice = Voice.ABOUT) -> Facts:
    """The gap of a person against a role, in the words of an answer.

    Args:
        voice: whether it is told to a coach or to the person, whose own pages its sources then open.
    """
    found = gap(person, role, on)
    nodes = path.outline(person)
    skills_url, path_url = _pages(person, voice)
    return Facts(
        role=role.title,
        role_url=reverse("learning:role", args=[role.slug]),
        role_changed_on=role.changed_at.date(),
        skills_url=skills_url,
        path_url=path_url,
        voice=voice,
        computed_on=on,
        readiness=found.readiness,
        skills=_skills(found, _places(nodes, role), hours_left((node.step, node.hours) for node in nodes)),
        steps=tuple(_step(node) for node in nodes),
        path_made_on=nodes[0].version.made_at.date() if nodes else None,
        heading=_heading(nodes, role),
        brought=_brought(person, found),
        moved=_moved(person, found),
        hours_per_week=person.profile.hours_per_week if voice is Voice.TO else 0,
    )


def _skills(found: Gap, places: dict[UUID, int], on_path: dict[UUID, int]) -> tuple[SkillFact, ...]:
    ids = [row.skill.id for row in found.rows]
    aliases: dict[object, list[str]] = {}
    for skill_id, text in Alias.objects.filter(skill__in=ids).values_list("skill_id", "text"):
        aliases.setdefault(skill_id, []).append(text)
    opens, held, lenders = _opens(found), _held(found), _lenders(found)
    lines = {line["skill"]: line for line in found.receipt["skills"]}
    # What nothing was told about is in no figure, see ``learning.readiness``.
    total = sum(row.required * row.weight for row in found.rows if row.known) or 1
    return tuple(
        SkillFact(
            name=row.skill.name,
            required=row.required,
            weight=row.weight,
            effective=row.effective if row.known else None,
            points=row.points / total if row.open else 0.0,
            at_level=row.known and row.at_level,
            waiting=row.known and row.waiting,
            # As the person's own pages say it.
            hours=on_path.get(row.skill.id, row.hours),
            opens=opens.get(row.skill.name, ()),
            evidence=_evidence(row),
            evidence_on=row.evidence.evidence_on,
            aliases=tuple(aliases.get(row.skill.id, ())),
            place=places.get(row.skill.id),
            proofs=_proofs(row.evidence),
            faded=_faded(row.evidence, lines[str(row.skill.id)]["half_life"], found.on),
            held=held.get(row.skill.name, ()),
            lender=lenders.get(row.evidence.lent.neighbour_id, "") if row.evidence.lent else "",
            lent=row.evidence.lent.level if row.evidence.lent else 0.0,
        )
        for row in found.rows
    )


def _proofs(found: Effective) -> tuple[Proof, ...]:
    """The heaviest claim of each source."""
    heaviest: dict[str, Proof] = {}
    for claim in found.contributions:
        heaviest.setdefault(claim.source, Proof(claim.source, claim.level, claim.evidence_on))
    return tuple(heaviest.values())


def _faded(found: Effective, half_life: int, on: date) -> float:
    """How much higher the level was when its evidence was new; nothing for a level that is lent."""
    if not found.contributions or found.lent:
        return 0.0
    skill = found.contributions[0].skill_id
    fresh = effective_levels(found.contributions, {skill: half_life}, {}, on, frozenset({skill}))
    lost = fresh[skill].level - found.level
    return lost if lost >= FADED_ENOUGH else 0.0


def _brought(person: User, found: Gap) -> tuple[Brought, ...]:
    """What they can do best beside what the role asks for."""
    asked = {row.skill.id for row in found.rows}
    known = of_people([person.pk], found.on)
    levels = known.levels(person.pk, {}, found.on)
    rest = {skill: one for skill, one in levels.items() if skill not in asked and one.contributions}
    best = sorted(rest, key=lambda skill: (-rest[skill].level, str(skill)))[:BROUGHT]
    names = dict(Skill.objects.filter(pk__in=best).values_list("pk", "name")) if best else {}
    return tuple(Brought(names[skill], rest[skill].level, _proofs(rest[skill])[0]) for skill in best)


def _moved(person: User, found: Gap) -> Moved | None:
    """How readiness has moved: over the longest time for which a day is stored."""
    changes = history.changes(person, found)
    for days in sorted(changes, reverse=True):
        change = changes[days]
        if change:
            parts = ("own_work", "told", "requirement", "rule", "fading")
            return Moved(days, change.total, tuple((part, getattr(change, part)) for part in parts))
    return None


def _heading(nodes: Sequence[Node], role: Role) -> str:
    """The role that the path leads to, if it is another one."""
    if not nodes or nodes[0].version.path.role_id == role.pk:
        return ""
    return nodes[0].version.path.role.title


def _pages(person: User, voice: Voice) -> tuple[str, str]:
    """Where their skills and their path are: on a coach's page about them, or on their own."""
    if voice is Voice.TO:
        return reverse("learning:skills"), reverse("learning:path")
    page = reverse("coaching:person", args=[person.profile.pseudo_id])
    return f"{page}#skills", f"{page}#path"


def _step(node: Node) -> StepFact:
    step = node.step
    return StepFact(
        node.title,
        step.type,
        step.status,
        step.get_status_display(),
        node.phase,
        node.hours,
        step.started_at.date() if step.started_at else None,
        step.ended_at.date() if step.ended_at else None,
    )


def _evidence(row: GapRow) -> str:
    source = row.evidence.best_source
    return str(SkillClaim.Source(source).label) if source else ""


def _places(nodes: Sequence[Node], role: Role) -> dict[UUID, int]:
    """Each skill's place on the path, if it leads to this role; of a climb in two steps the first counts."""
    if not nodes or nodes[0].version.path.role_id != role.pk:
        return {}
    skills = [node.step.skill_id for node in nodes if node.step.type == Step.Type.SKILL]
    return {skill: place for place, skill in reversed(list(enumerate(skills))) if skill}


def _held(found: Gap) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each skill below what the role asks for, the ones at level that it builds on."""
    rows = {row.skill.id: row for row in found.rows}
    held = [pk for pk, row in rows.items() if row.known and row.at_level]
    missing = [pk for pk, row in rows.items() if not row.at_level]
    based: dict[str, list[tuple[str, float]]] = {}
    pairs = Prerequisite.objects.filter(skill__in=missing, requires__in=held)
    for skill_id, requires_id in pairs.values_list("skill_id", "requires_id").order_by("requires__name"):
        basis = rows[requires_id]
        based.setdefault(rows[skill_id].skill.name, []).append((basis.skill.name, basis.effective or 0.0))
    return {name: tuple(found) for name, found in based.items()}


def _lenders(found: Gap) -> dict[UUID, str]:
    """The names of the skills that lend credit."""
    ids = {row.evidence.lent.neighbour_id for row in found.rows if row.evidence.lent}
    return dict(Skill.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


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
