"""Everything a path is decided from, read in a constant number of queries."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from careerforge.people.models import User
from careerforge.skills.levels import Effective
from careerforge.skills.models import Prerequisite, Role, Skill
from learning.gaps import facts
from learning.gaps.facts import Known
from learning.gaps.gap import Gap, weigh
from learning.models import NodeResource, Resource, Step
from learning.models.catalogue import offered, readable
from learning.paths import planning, steps
from learning.paths.plan import Ask, Inputs, ResourceFact, SkillFact, Wish
from learning.words import wishes


@dataclass(frozen=True)
class Reading:
    """A person before a role: the gap, the plan's inputs, and the rows behind them by id."""

    person: User
    role: Role
    on: date
    gap: Gap
    levels: Mapping[UUID, Effective]
    inputs: Inputs
    skills: Mapping[UUID, Skill]
    resources: Mapping[UUID, Resource]
    steps: Mapping[str, Step]
    known: Known
    # What every skill builds on, and what the position held now asks for, with the level.
    needs: Mapping[UUID, Sequence[UUID]]
    held: Mapping[UUID, int]
    # What the person has taken of a model's version.
    wish: Wish | None = None

    @property
    def inputs_hash(self) -> str:
        """Equal for equal inputs. Levels are in quarters here, so a day's fading is no new input."""
        plain = asdict(self.inputs) | {"rule": planning.RULE_VERSION}
        if self.wish:
            plain["wish"] = self.wish.id
        text = json.dumps(_keyed(plain), sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read(person: User, role: Role, on: date, follow: Wish | None = None) -> Reading:
    """Nine queries, however many claims, skills and steps there are; one more where a draft is followed.

    Args:
        follow: instead of what the person has taken: one or two queries less.
    """
    asked = facts.requirements([role.id])[role.id]
    every = facts.skills() | {row.skill_id: row.skill for row in asked}
    needs = _needs()
    near_by = _closure([row.skill_id for row in asked], needs)
    near = facts.neighbours(near_by)
    held = facts.held([person.id], on).get(person.id, {})
    known = facts.of_people([person.id], on, in_use={person.id: frozenset(held)})
    levels = known.levels(person.id, near, on)
    mine = steps.of(person)
    rows = {r.id: r for r in _usable(person).filter(skill_id__in=near_by)}
    inputs = Inputs(
        role=role.slug,
        asks={row.skill_id: Ask(row.level, row.weight) for row in asked},
        skills={skill: _fact(every[skill], needs) for skill in sorted(near_by) if skill in every},
        levels={s: _quarters(levels[s].level) for s in sorted(near_by) if s in levels},
        finished=_finished(mine.values()),
        resources=_open(rows.values(), mine.values()),
    )
    return Reading(
        person=person,
        role=role,
        on=on,
        gap=weigh(role, asked, levels, known, person.id, on),
        levels=levels,
        inputs=inputs,
        skills=every,
        resources=rows,
        steps=mine,
        known=known,
        needs=needs,
        held=held,
        wish=follow or wishes.wish(person, role),
    )


def _usable(person: User) -> QuerySet[Resource]:
    """What is on offer, and what the person is learning with now, also if it was retired meanwhile."""
    mine = NodeResource.objects.filter(
        node__step__user=person, node__step__status=Step.Status.IN_PROGRESS
    ).values("resource")
    return Resource.objects.filter(offered() | (Q(pk__in=mine) & readable()))


def _needs() -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for skill, requires in Prerequisite.objects.values_list("skill_id", "requires_id"):
        found[skill].append(requires)
    return found


def _closure(skills: Iterable[UUID], needs: Mapping[UUID, list[UUID]]) -> set[UUID]:
    """These skills and everything they build on."""
    found: set[UUID] = set()
    waiting = list(skills)
    while waiting:
        skill = waiting.pop()
        if skill not in found:
            found.add(skill)
            waiting += needs.get(skill, ())
    return found


def _fact(skill: Skill, needs: Mapping[UUID, list[UUID]]) -> SkillFact:
    return SkillFact(skill.id, skill.slug, skill.name, skill.hours, tuple(sorted(needs.get(skill.id, ()))))


def _quarters(level: float) -> float:
    """Up to the next quarter: whoever is at level before rounding still is after it."""
    return ceil(level * 4) / 4


def _finished(mine: Iterable[Step]) -> dict[UUID, int]:
    """The highest level to which each skill has a finished step of its own."""
    found: dict[UUID, int] = {}
    for step in mine:
        if step.type == Step.Type.SKILL and step.status == Step.Status.DONE and step.skill_id:
            found[step.skill_id] = max(found.get(step.skill_id, 0), step.level or 0)
    return dict(sorted(found.items()))


def _open(rows: Iterable[Resource], mine: Iterable[Step]) -> tuple[ResourceFact, ...]:
    """The catalogue without the projects and certificates that were finished or turned down."""
    ended = {step.resource_id for step in mine if step.status in steps.ENDED and step.resource_id}
    return tuple(
        ResourceFact(r.id, r.slug, r.type, r.title, r.skill_id, r.level, r.hours)
        for r in sorted(rows, key=lambda r: r.slug)
        if r.id not in ended
    )


def _keyed(value: Any) -> Any:
    """JSON wants text as keys."""
    if isinstance(value, dict):
        return {str(key): _keyed(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_keyed(each) for each in value]
    return value
