"""The gap: what a role asks for, less what a person is known to have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any
from uuid import UUID

from careerforge.people.models import User
from careerforge.skills.levels import UNKNOWN, Effective, Neighbours
from careerforge.skills.models import Role, Skill
from learning.gaps import facts, readiness
from learning.gaps.facts import Asked, Known
from learning.gaps.readiness import Wanted
from learning.models import Step
from learning.paths import steps

# A smaller missing piece is within the error of every source: it is shown, but it is no work to plan.
AT_LEVEL = 0.5


@dataclass(frozen=True)
class GapRow:
    """One required skill.

    ``effective`` is None while nothing is known and no neighbour lends credit; ``known`` says whether there
    is a claim about the skill itself. ``missing`` is in levels, ``hours`` the usual way to climb them.
    ``finished`` is the level to which a step of the path was finished: it is the person's own word, so it
    counts with its confidence, but nobody is asked to do that work twice.
    """

    skill: Skill
    required: int
    weight: int
    known: bool
    effective: float | None
    missing: float
    hours: int
    evidence: Effective
    finished: int = 0

    @property
    def at_level(self) -> bool:
        """Whether the requirement counts as met."""
        return self.missing < AT_LEVEL

    @property
    def waiting(self) -> bool:
        """Whether the work is finished, and only a confirmation is missing."""
        return not self.at_level and self.finished >= self.required

    @property
    def open(self) -> bool:
        """Whether there is work to plan."""
        return not self.at_level and not self.waiting

    @property
    def points(self) -> float:
        """How much of the role this gap is: levels missing times weight."""
        return self.missing * self.weight


@dataclass(frozen=True)
class Gap:
    """A person against a role on a day. ``rows`` are in order of weight, then name."""

    role: Role
    on: date
    rows: tuple[GapRow, ...]
    readiness: float | None
    known_share: float
    receipt: dict[str, Any]

    def top(self, limit: int = 8) -> tuple[GapRow, ...]:
        """The largest gaps first; what is at level, or finished and not confirmed yet, is left out."""
        missing = [row for row in self.rows if row.open]
        return tuple(sorted(missing, key=lambda row: (-row.points, row.skill.name))[:limit])

    @property
    def unknown(self) -> tuple[GapRow, ...]:
        """Required skills that nobody has said anything about."""
        return tuple(row for row in self.rows if not row.known)

    @property
    def hours(self) -> int:
        """Hours to close everything that is open."""
        return sum(row.hours for row in self.rows if row.open)


def gap(person: User, role: Role, on: date, done: Iterable[Step] | None = None) -> Gap:
    """A person's gap to a role, in five queries.

    Args:
        done: steps of the person that hold the finished ones, if they are read already: one query less.
    """
    asked = facts.requirements([role.id])[role.id]
    near = facts.neighbours(row.skill_id for row in asked)
    finished = facts.finished_to(steps.done(person) if done is None else done)
    return measure(role, asked, facts.of_people([person.id], on, finished=finished), near, person.id, on)


def measure(role: Role, asked: list[Asked], known: Known, near: Neighbours, person_id: UUID, on: date) -> Gap:
    """The gap from facts already read. Pure."""
    mine = {row.skill_id: near[row.skill_id] for row in asked if row.skill_id in near}
    about = {row.skill_id for row in asked} | {skill for lenders in mine.values() for skill, _ in lenders}
    return weigh(role, asked, known.levels(person_id, mine, on, about), known, person_id, on)


def weigh(
    role: Role, asked: list[Asked], found: Mapping[UUID, Effective], known: Known, person_id: UUID, on: date
) -> Gap:
    """The gap from levels already measured. Pure."""
    wanted = [Wanted(r.skill_id, r.level, r.weight, r.skill.half_life_months) for r in asked]
    result = readiness.score(wanted, found)
    used = known.in_use.get(person_id, frozenset())
    done = known.finished.get(person_id, {})
    return Gap(
        role=role,
        on=on,
        rows=tuple(_row(row, found.get(row.skill_id, UNKNOWN), done.get(row.skill_id, 0)) for row in asked),
        readiness=result.value,
        known_share=result.known_share,
        receipt=readiness.receipt(wanted, found, used, known.half_lives, on),
    )


def _row(asked: Asked, have: Effective, finished: int) -> GapRow:
    missing = max(asked.level - have.level, 0.0)
    return GapRow(
        skill=asked.skill,
        required=asked.level,
        weight=asked.weight,
        known=have.known,
        effective=have.level if have.known or have.lent else None,
        missing=missing,
        hours=hours(asked.level - max(quarters(have.level), finished), asked.skill.hours),
        evidence=have,
        finished=finished,
    )


def quarters(level: float) -> float:
    """Up to the next quarter, as paths are planned: a day's fading changes no estimate."""
    return ceil(level * 4) / 4


def hours(levels: float, per_level: int) -> int:
    """Hours to climb some levels, to the nearest five: it is an estimate and should look like one."""
    return max(round(levels * per_level / 5) * 5, 5) if levels > 0 else 0
