"""What is known of one person against one role, as an answer needs it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coaching import intent
from coaching.intent import Topic

# A basis below this level has to be built before what stands on it.
BASIS = 2


@dataclass(frozen=True)
class SkillFact:
    """One required skill of the role in question, as it stands for this person."""

    name: str
    required: int
    weight: int
    # None: nothing was told about it.
    effective: float | None
    # Share of 1 by which readiness rises when the gap is closed.
    points: float
    hours: int
    # Other missing skills that build on this one.
    opens: tuple[str, ...]
    # The best evidence in words and its day.
    evidence: str = ""
    evidence_on: date | None = None
    aliases: tuple[str, ...] = ()
    at_level: bool = False

    @property
    def known(self) -> bool:
        """Whether anything was told about it."""
        return self.effective is not None

    @property
    def missing(self) -> bool:
        """Whether it is known to be below what the role asks for."""
        return self.known and not self.at_level

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class StepFact:
    """A step of the person's path."""

    title: str
    type: str
    # todo, in_progress, done or skipped
    status: str
    status_name: str
    phase: int
    hours: int


@dataclass(frozen=True)
class Facts:
    """The gap of one person against one role, and their path."""

    role: str
    role_url: str
    role_changed_on: date
    person_url: str
    computed_on: date
    readiness: float | None
    skills: tuple[SkillFact, ...]
    steps: tuple[StepFact, ...] = ()
    path_made_on: date | None = None

    @property
    def gaps(self) -> list[SkillFact]:
        """What is known to be missing: the largest gain first, no skill before a basis it still needs."""
        ranked = sorted((s for s in self.skills if s.missing), key=lambda s: (-s.points, s.hours, s.name))
        ordered: list[SkillFact] = []
        while ranked:
            free = next((s for s in ranked if not waits(s, ranked)), ranked[0])
            ordered.append(free)
            ranked.remove(free)
        return ordered

    @property
    def untold(self) -> list[SkillFact]:
        """What the role asks for and nothing was told about: the heaviest first."""
        return sorted((s for s in self.skills if not s.known), key=lambda s: (-s.weight, -s.required, s.name))


def waits(skill: SkillFact, others: Sequence[SkillFact]) -> bool:
    """Whether it builds on one of the others that is too low to build on."""
    return any(skill.name in other.opens and (other.effective or 0) < BASIS for other in others)


def mentions(text: str, skill: SkillFact) -> bool:
    """Whether a text names the skill or one of its aliases as whole words."""
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) for name in skill.names)


def chosen_skills(question: str, facts: Facts | None) -> list[SkillFact]:
    """The skills an answer is about: those that the question names, else the first gaps it asks for."""
    if facts is None:
        return []
    asked = intent.read(question)
    named = [skill for skill in facts.skills if mentions(question, skill)]
    if named and asked.number is None:
        order = [skill.name for skill in facts.gaps]
        return sorted(named, key=lambda s: order.index(s.name) if s.name in order else len(order))
    if asked.topic is Topic.GAP:
        # Fewer gaps than were asked for: what nothing is known of comes next.
        return list(dict.fromkeys([*named, *facts.gaps, *facts.untold]))[
            : asked.number or intent.USUAL_NUMBER
        ]
    if asked.topic is Topic.STRENGTH:
        told = [skill for skill in facts.skills if skill.known]
        return sorted(told, key=lambda s: -(s.effective or 0))[: asked.number or intent.USUAL_NUMBER]
    return []
