"""How well a role fits a person, with the points of each factor. Pure.

    score = (70 · coverage + 20 · rung + 10 · practice) ÷ 100

Coverage is what is held of what the role asks for (level × weight, partial credit for neighbours). The next
rung of the ladder is natural, the same rung a move to the side, two above a long way. Roles below the rung
held now, the role held now and retired roles are left out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from careerforge.skills.levels import UNKNOWN, Effective
from careerforge.skills.models import Role, Skill
from learning.gaps import readiness
from learning.gaps.facts import Asked
from learning.gaps.gap import AT_LEVEL
from learning.gaps.readiness import KNOWN_ENOUGH

RULE_VERSION = "suggestions-1"
SKILLS, RUNG, PRACTICE = 70.0, 20.0, 10.0
# Share of the points for the rung, by how many rungs the role is above the one held now.
BY_DISTANCE = {0: 0.55, 1: 1.0, 2: 0.35}
LEFT_OUT = (
    "salary goal",
    "work-life limits",
    "gaps in employment",
    "dates of past positions",
    "name",
    "chat",
)


@dataclass(frozen=True)
class Points:
    """What one factor gave: ``points`` of at most ``of``."""

    factor: str
    points: float
    of: float


@dataclass(frozen=True)
class Nearest:
    """The one skill whose next level would raise the score most, and by how much (0 to 1)."""

    skill: Skill
    start: float
    end: float
    gain: float


@dataclass(frozen=True)
class Suggested:
    """A role that fits, with ``score`` 0 to 1.

    ``held``, ``missing`` and ``untold`` (nothing is known) are required skills, heaviest first.
    """

    id: UUID
    role: Role
    rank: int
    score: float
    points: tuple[Points, ...]
    known_share: float
    held: tuple[Skill, ...]
    missing: tuple[Skill, ...]
    untold: tuple[Skill, ...]
    nearest: Nearest | None
    receipt: dict[str, Any]

    @property
    def shown(self) -> float | None:
        """The score, or None while too little is known of the person for a figure."""
        return self.score if self.known_share >= KNOWN_ENOUGH else None

    @property
    def required(self) -> tuple[Skill, ...]:
        return self.held + self.missing + self.untold

    @property
    def inputs_hash(self) -> str:
        """Equal for equal receipts."""
        return hashlib.sha256(json.dumps(self.receipt, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Standing:
    """Where a person stands now: rung 1 to 5, practice and role, if there are any."""

    level: int
    practice_id: UUID | None
    role_id: UUID | None
    title: str = ""


def suggestion_id(person_id: UUID, role_id: UUID) -> UUID:
    """The same for a person and a role whether the suggestion is stored or not."""
    return uuid5(person_id, f"suggestion:{role_id}")


def scored(
    person_id: UUID, role: Role, asked: list[Asked], levels: Mapping[UUID, Effective], here: Standing
) -> Suggested:
    """Score one role. Pure."""
    total = sum(r.level * r.weight for r in asked)
    have = {r.skill_id: levels.get(r.skill_id, UNKNOWN) for r in asked}
    reached = sum(min(have[r.skill_id].level, r.level) * r.weight for r in asked)
    known = sum(r.weight for r in asked if have[r.skill_id].known) / sum(r.weight for r in asked)
    points = _points(reached / total, role.level - here.level, role.practice_id == here.practice_id)
    held = [r.level - have[r.skill_id].level < AT_LEVEL for r in asked]
    nearest = _nearest(asked, have, total)
    return Suggested(
        id=suggestion_id(person_id, role.id),
        role=role,
        rank=0,
        score=_score(points),
        points=points,
        known_share=known,
        held=tuple(r.skill for r, there in zip(asked, held, strict=True) if there),
        missing=tuple(
            r.skill for r, there in zip(asked, held, strict=True) if not there and have[r.skill_id].known
        ),
        untold=tuple(
            r.skill for r, there in zip(asked, held, strict=True) if not there and not have[r.skill_id].known
        ),
        nearest=nearest,
        receipt={
            "rule": RULE_VERSION,
            "rungs_above": role.level - here.level,
            "own_practice": role.practice_id == here.practice_id,
            "points": [[p.factor, p.points, p.of] for p in points],
            "left_out": list(LEFT_OUT),
            "nearest": nearest
            and {
                "skill": str(nearest.skill.id),
                "from": nearest.start,
                "to": nearest.end,
                "gain": nearest.gain,
            },
        },
    )


def _points(coverage: float, rungs_above: int, own_practice: bool) -> tuple[Points, ...]:
    """What each factor gives; coverage 0 to 1."""
    return (
        Points("skills", SKILLS * coverage, SKILLS),
        Points("rung", RUNG * BY_DISTANCE.get(rungs_above, 0.0), RUNG),
        Points("practice", PRACTICE if own_practice else 0.0, PRACTICE),
    )


def _score(points: Iterable[Points]) -> float:
    return round(sum(one.points for one in points) / 100, 6)


def recompute(paper: Mapping[str, Any]) -> float:
    """The score of a suggestion, 0 to 1, from nothing but its receipt."""
    inputs = readiness.read(paper["inputs"])
    levels = inputs.levels(date.fromisoformat(paper["inputs"]["on"]))
    wanted = inputs.wanted
    reached = sum(min(levels.get(w.skill_id, UNKNOWN).level, w.level) * w.weight for w in wanted)
    total = sum(w.level * w.weight for w in wanted)
    return _score(_points(reached / total, paper["rungs_above"], paper["own_practice"]))


def _nearest(asked: Iterable[Asked], have: Mapping[UUID, Effective], total: int) -> Nearest | None:
    """One more level in one skill, never past what the role asks for."""
    found = []
    for row in asked:
        start = have[row.skill_id].level
        end = min(start + 1.0, float(row.level))
        if end > start:
            gain = SKILLS / 100 * (end - start) * row.weight / total
            found.append(Nearest(row.skill, start, end, gain))
    return max(found, key=lambda n: (n.gain, n.skill.slug), default=None)
