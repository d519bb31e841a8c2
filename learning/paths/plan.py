"""What a plan is made of, and what it is. Frozen facts, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """Kinds of node, as the API writes them."""

    SKILL = "skill"
    PROJECT = "project"
    CERTIFICATE = "cert"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class SkillFact:
    """A skill of the map: ``hours`` to climb one level, ``needs`` what it builds on."""

    id: UUID
    slug: str
    name: str
    hours: int
    needs: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceFact:
    """A row of the catalogue; ``level`` is the one reached with it."""

    id: UUID
    slug: str
    type: str
    title: str
    skill_id: UUID
    level: int
    hours: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What the role asks of one skill, 1 to 5 each."""

    level: int
    weight: int


@dataclass(frozen=True)
class Inputs:
    """Everything a plan is made of.

    ``levels`` are effective levels in quarters, so that a day's fading is no new plan; a skill that is not
    listed is unknown. ``finished`` is the highest level to which a step has been finished.
    """

    role: str
    asks: Mapping[UUID, Ask]
    skills: Mapping[UUID, SkillFact]
    levels: Mapping[UUID, float]
    finished: Mapping[UUID, int] = field(default_factory=dict)
    # What the person evidently stands on: never a step as a mere basis.
    ground: tuple[UUID, ...] = ()
    # Projects and certificates, and what else there is to learn with; those done or turned down are left out.
    resources: tuple[ResourceFact, ...] = ()

    def level(self, skill: UUID) -> float:
        """Where the person stands, finished work included."""
        return max(self.levels.get(skill, 0.0), float(self.finished.get(skill, 0)))


@dataclass(frozen=True)
class PlannedNode:
    """One node. ``needs`` are keys of earlier nodes, ``because`` the required skills it serves, by id."""

    key: str
    kind: Kind
    hours: int
    skill: UUID | None = None
    level: int | None = None
    current: float | None = None
    resource: UUID | None = None
    needs: tuple[str, ...] = ()
    because: tuple[UUID, ...] = ()
    resources: tuple[UUID, ...] = ()
    phase: int = 0
    position: int = 0


@dataclass(frozen=True)
class Wish:
    """What a model proposed for a path and the person's coach has approved, by keys of nodes.

    It orders what the rules plan, chooses among what the catalogue offers, and gives words. Levels, hours,
    what has to be there and what comes first are the rules' alone.

    Attributes:
        order: of steps; a project or certificate that is not in it was not chosen.
        resources: for a step, in order; none for the rules' own choice.
        words: what a step is good for.
    """

    id: UUID
    order: tuple[str, ...]
    resources: Mapping[str, tuple[UUID, ...]]
    words: Mapping[str, str]
    summary: str
    model: str
    prompt_version: str


@dataclass(frozen=True)
class Plan:
    """Nodes in order, each with its phase (from 1) and position in it (from 1)."""

    nodes: tuple[PlannedNode, ...]

    @property
    def hours(self) -> int:
        return sum(node.hours for node in self.nodes)

    @property
    def phases(self) -> int:
        return max((node.phase for node in self.nodes), default=0)


@dataclass(frozen=True)
class Climb:
    """What there is to climb: the levels to reach, what each skill serves, and how urgent it is."""

    targets: Mapping[UUID, int]
    serves: Mapping[UUID, tuple[UUID, ...]]
    urgency: Mapping[UUID, float]
    # The levels at which the steps of a skill end.
    ends: Mapping[UUID, tuple[int, ...]]
    # Required skills, the widest gap first.
    heaviest: tuple[UUID, ...]


def skill_key(slug: str, level: int) -> str:
    """What makes a step of a skill the same one in every version."""
    return f"skill:{slug}:{level}"
