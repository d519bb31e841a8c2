"""The shapes of what the assistant produces. Whatever does not fit is refused whole, never stored in part.

A model writes words for what it was offered (:class:`ProposedPath`, :class:`RolesInWords`,
:class:`GapInWords`, :class:`Advice`). Scores, levels and hours of a result are computed, and code adds the
:class:`Envelope`. No shape holds an act: whatever a model writes, nothing is done.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, Protocol, Self, TypeVar
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

MOST_NODES = 40
MOST_SUGGESTIONS = 5
MOST_GAPS = 8
MOST_HOURS = 400


def _printable(text: str) -> str:
    """No control characters, no lone halves of a character: neither PostgreSQL nor a page can hold them."""
    if any(
        (character < " " and character not in "\n\t") or "\ud800" <= character <= "\udfff"
        for character in text
    ):
        raise ValueError("holds a control character")
    if not text.strip():
        raise ValueError("is blank")
    return text


def _web(url: str) -> str:
    if not url.startswith(("https://", "http://")) or any(character.isspace() for character in url):
        raise ValueError("is no web address")
    return url


Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_printable)]
Short = Annotated[str, Field(min_length=1, max_length=700), AfterValidator(_printable)]
Prose = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_printable)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_printable), AfterValidator(_web)]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Level = Annotated[float, Field(ge=0, le=5)]


class Strict(BaseModel):
    """No unknown keys, no infinite numbers, no strings for numbers, no changes afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Resource(Strict):
    """Something to learn from: a row of the catalogue."""

    type: Line
    title: Line
    url: Url


class Node(Strict):
    """One step of a path."""

    id: Slug
    title: Line
    type: Literal["skill", "cert", "project", "milestone"]
    description: Prose
    estimated_hours: Annotated[int, Field(ge=0, le=MOST_HOURS)]
    prerequisites: Annotated[list[Slug], Field(max_length=20)]
    resources: Annotated[list[Resource], Field(max_length=10)]


class LearningPath(Strict):
    """A way to a role: nodes with different ids, whose prerequisites exist and lead round in no circle."""

    target_role: Line
    summary: Prose
    nodes: Annotated[list[Node], Field(min_length=1, max_length=MOST_NODES)]

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        _walkable(self.nodes)
        return self


class ProposedStep(Strict):
    """What a model writes of one step that it was offered. Title, level and hours are not its to choose."""

    id: Slug
    description: Short
    estimated_hours: Annotated[int, Field(ge=0, le=MOST_HOURS)]
    prerequisites: Annotated[list[Slug], Field(max_length=20)]
    resources: Annotated[list[Slug], Field(max_length=10)]


class ProposedPath(Strict):
    """A model's order of steps that it was offered, and its words for them."""

    target_role: Line
    summary: Short
    nodes: Annotated[list[ProposedStep], Field(min_length=1, max_length=MOST_NODES)]

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        _walkable(self.nodes)
        return self


class Words(Strict):
    """A model's words for one thing that it was offered."""

    id: Slug
    text: Short


class RolesInWords(Strict):
    """Suggested roles in a model's words."""

    roles: Annotated[list[Words], Field(max_length=MOST_SUGGESTIONS)]


class GapInWords(Strict):
    """Skills of a gap in a model's words."""

    skills: Annotated[list[Words], Field(max_length=MOST_GAPS)]


class RoleSuggestion(Strict):
    """A role that may fit."""

    role_title: Line
    match_score: Share
    description: Prose
    required_skills: Annotated[list[Line], Field(max_length=30)]


class RoleSuggestions(Strict):
    """Five of them at most."""

    suggestions: Annotated[list[RoleSuggestion], Field(max_length=MOST_SUGGESTIONS)]


class Gap(Strict):
    """One skill between now and a role. Levels are 0 to 5; an unknown level or demand is null, not 0.

    ``lets_you`` says what closing it is good for.
    """

    skill: Line
    skill_ids: Annotated[list[Line], Field(max_length=20)]
    required_level: Level
    current_level: Level | None
    market_demand: Literal["high", "medium", "low"] | None
    lets_you: Prose | None = None


class SkillGap(Strict):
    """The eight that matter most, at most."""

    skills: Annotated[list[Gap], Field(max_length=MOST_GAPS)]


class Advice(Strict):
    """An answer in sentences; each is checked against the passages before anybody sees it."""

    answer: Prose


class Source(Strict):
    """The quoted span a statement stands on; ``start`` and ``end`` are characters of the document's
    version.
    """

    document: UUID
    title: Line
    url: Url | None
    date: datetime | None
    quote: Prose
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _has_length(self) -> Self:
        if self.end <= self.start:
            raise ValueError("ends before it starts")
        return self


class FactorShown(Strict):
    """A :class:`~careerforge.assistant.receipt.Factor`."""

    label: Line
    points: float
    detail: Annotated[str, Field(max_length=2000)]


class ReceiptShown(Strict):
    """A :class:`~careerforge.assistant.receipt.Receipt`."""

    rule_version: Line
    factors: Annotated[list[FactorShown], Field(max_length=200)]
    left_out: Annotated[list[Line], Field(max_length=50)]
    nearest_change: Annotated[str, Field(max_length=2000)]
    versions: dict[str, Line] = {}
    # Everything the figure was computed from, as JSON: ids, levels, dates.
    inputs: dict[str, Any] = {}


class Envelope(Strict):
    """What every result carries, written by code alone.

    ``model_used`` is ``"rules"`` without a model, and ``prompt_version`` is null then. ``confidence``
    stays a word until 100 outcomes have calibrated it. ``checks`` are those that a model's words have passed,
    in words.
    """

    id: UUID
    sources: Annotated[list[Source], Field(max_length=50)]
    model_used: Line
    prompt_version: Line | None
    generated_at: AwareDatetime
    confidence: Literal["low", "medium", "high"]
    receipt: ReceiptShown
    checks: Annotated[list[Line], Field(max_length=20)] = []


class LearningPathResult(LearningPath, Envelope):
    """A learning path as it is stored and served."""


class RoleSuggestionsResult(RoleSuggestions, Envelope):
    """Role suggestions as they are stored and served."""


class SkillGapResult(SkillGap, Envelope):
    """A skill gap as it is stored and served."""


class AdviceResult(Advice, Envelope):
    """Coaching advice as it is stored and served."""


class HasNeeds(Protocol):
    """A step with an id that waits for others."""

    @property
    def id(self) -> str: ...

    @property
    def prerequisites(self) -> list[str]: ...


N = TypeVar("N", bound=HasNeeds)


def in_order(nodes: Iterable[N]) -> list[N] | None:
    """The nodes with prerequisites first, else as they came; None if they lead round in a circle (Kahn,
    1962).
    """
    waiting = list(nodes)
    done: set[str] = set()
    ordered: list[N] = []
    while waiting:
        ready = [node for node in waiting if done.issuperset(node.prerequisites)]
        if not ready:
            return None
        ordered += ready
        done |= {node.id for node in ready}
        waiting = [node for node in waiting if node.id not in done]
    return ordered


def _walkable(nodes: Sequence[HasNeeds]) -> None:
    """Different ids, prerequisites that exist, no circle.

    Raises:
        ValueError: with what is wrong.
    """
    ids = {node.id for node in nodes}
    if len(ids) != len(nodes):
        raise ValueError("two nodes have the same id")
    if any(wanted not in ids for node in nodes for wanted in node.prerequisites):
        raise ValueError("a prerequisite does not exist")
    if in_order(nodes) is None:
        raise ValueError("prerequisites form a cycle")
