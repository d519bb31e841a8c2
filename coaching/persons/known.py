"""What is known of one person against one role, as an answer needs it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from careerforge.skills.extraction import Lexicon, Named, extract
from coaching.answers.voice import Voice
from coaching.questions import intent
from coaching.questions.intent import Topic

ONE = UUID(int=1)


@dataclass(frozen=True)
class Proof:
    """A claim that counts: by whom, at which level, and the day of its evidence."""

    # One of the sources of a claim: self, peer, coach, …
    source: str
    level: int
    day: date


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
    # Other skills below what the role asks for that build on this one.
    opens: tuple[str, ...]
    # The best evidence in words and its day.
    evidence: str = ""
    evidence_on: date | None = None
    aliases: tuple[str, ...] = ()
    at_level: bool = False
    # Its step is finished, and only a confirmation is missing.
    waiting: bool = False
    # Its place on the person's path to this role; None when it is on no such path.
    place: int | None = None
    # What its level was made of, the heaviest first.
    proofs: tuple[Proof, ...] = ()
    # How much of a level has faded since that evidence.
    faded: float = 0.0
    # What it builds on and they have already, with the level.
    held: tuple[tuple[str, float], ...] = ()
    # The neighbouring skill that its level is lent by, and what it lends.
    lender: str = ""
    lent: float = 0.0

    @property
    def known(self) -> bool:
        """Whether anything was told about it."""
        return self.effective is not None

    @property
    def missing(self) -> bool:
        """Whether it there is work to do: it is known to be below what the role asks for."""
        return self.known and not self.at_level and not self.waiting

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
    started_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class Brought:
    """A skill that they have and the role does not ask for."""

    name: str
    level: float
    proof: Proof


@dataclass(frozen=True)
class Moved:
    """How readiness has moved in so many days, in shares of 1; the parts add up to the total."""

    days: int
    total: float
    # own_work, fading, requirement, rule, told
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Facts:
    """The gap of one person against one role, and their path."""

    role: str
    role_url: str
    role_changed_on: date
    # Where the person's skills and their path are shown to whom this is told.
    skills_url: str
    path_url: str
    computed_on: date
    readiness: float | None
    skills: tuple[SkillFact, ...]
    steps: tuple[StepFact, ...] = ()
    path_made_on: date | None = None
    # The role that the path leads to, where that is another one.
    heading: str = ""
    brought: tuple[Brought, ...] = ()
    moved: Moved | None = None
    # The person's own to know: 0 where it is told to somebody else.
    hours_per_week: int = 0
    voice: Voice = Voice.ABOUT

    @property
    def gaps(self) -> list[SkillFact]:
        """What is known to be missing, in the order in which to build it.

        The order of their path where it leads to this role; else what moves readiness most comes first, with
        what it builds on before it. No skill ever comes before one that it builds on and that is missing too.
        """
        ranked = sorted((s for s in self.skills if s.missing), key=self._rank)
        ordered: list[SkillFact] = []
        while ranked:
            free = next((s for s in ranked if not waits(s, ranked)), ranked[0])
            ordered.append(free)
            ranked.remove(free)
        return ordered

    def _rank(self, skill: SkillFact) -> tuple[bool, int, float, int, str]:
        return (skill.place is None, skill.place or 0, -self._urgency(skill), skill.hours, skill.name)

    def _urgency(self, skill: SkillFact) -> float:
        """The largest gain among a skill and what waits for it: a path weighs its steps like that too."""
        waiting = {skill.name, *self.above(skill)}
        return max(one.points for one in self.skills if one.name in waiting)

    def above(self, skill: SkillFact) -> set[str]:
        """The skills below what is asked that build on this one, directly or not."""
        opens = {one.name: one.opens for one in self.skills}
        found: set[str] = set()
        waiting = [skill.name]
        while waiting:
            fresh = set(opens.get(waiting.pop(), ())) - found
            found |= fresh
            waiting += fresh
        return found

    @property
    def untold(self) -> list[SkillFact]:
        """What the role asks for and nothing was told about: the heaviest first."""
        return sorted((s for s in self.skills if not s.known), key=lambda s: (-s.weight, -s.required, s.name))


def waits(skill: SkillFact, others: Sequence[SkillFact]) -> bool:
    """Whether it builds on one of the others."""
    return any(skill.name in other.opens for other in others)


def mentions(text: str, skill: SkillFact) -> bool:
    """Whether a text names the skill or one of its aliases; "where should they go" does not name Go."""
    return bool(extract(text, _lexicon(skill.names)))


@lru_cache(maxsize=512)
def _lexicon(names: tuple[str, ...]) -> Lexicon:
    return Lexicon(Named(ONE, name, main=True) for name in names)


def chosen_skills(question: str, facts: Facts | None) -> list[SkillFact]:
    """The skills an answer is about: those that the question names, else the first gaps it asks for."""
    if facts is None:
        return []
    asked = intent.read(question)
    named = [skill for skill in facts.skills if mentions(question, skill)]
    if named and asked.number is None:
        order = [skill.name for skill in facts.gaps]
        return sorted(named, key=lambda s: order.index(s.name) if s.name in order else len(order))
    if asked.topic in (Topic.GAP, Topic.EVIDENCE):
        # Fewer gaps than were asked for: what nothing is known of comes next.
        return list(dict.fromkeys([*named, *facts.gaps, *facts.untold]))[
            : asked.number or intent.USUAL_NUMBER
        ]
    if asked.topic is Topic.STRENGTH:
        told = [skill for skill in facts.skills if skill.known]
        return sorted(told, key=lambda s: -(s.effective or 0))[: asked.number or intent.USUAL_NUMBER]
    return []
