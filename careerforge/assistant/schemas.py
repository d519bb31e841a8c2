"""The shapes of what the assistant produces. Whatever does not fit is refused whole, never stored in part.

A model writes the bare shapes (:class:`LearningPath`, :class:`RoleSuggestions`, :class:`SkillGap`,
:class:`Advice`); code adds the :class:`Envelope`, which a model never writes.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Annotated, Literal, Self
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
Prose = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(_printable)]
Url = Annotated[str, Field(max_length=2000), AfterValidator(_printable), AfterValidator(_web)]
Slug = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Share = Annotated[float, Field(ge=0, le=1)]
Level = Annotated[float, Field(ge=0, le=5)]


class Strict(BaseModel):
    """No unknown keys, no infinite numbers, no strings for numbers, no changes afterwards."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Resource(Strict):
    """Something to learn from. Kept only if it is a row of the catalogue, see :func:`only_known`."""

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
        ids = {node.id for node in self.nodes}
        if len(ids) != len(self.nodes):
            raise ValueError("two nodes have the same id")
        if any(wanted not in ids for node in self.nodes for wanted in node.prerequisites):
            raise ValueError("a prerequisite does not exist")
        if in_order(self.nodes) is None:
            raise ValueError("prerequisites form a cycle")
        return self


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
    """One skill between now and a role. Levels are 0 to 5; an unknown level or demand is null, not 0."""

    skill: Line
    skill_ids: Annotated[list[Line], Field(max_length=20)]
    required_level: Level
    current_level: Level | None
    market_demand: Literal["high", "medium", "low"] | None


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


class Envelope(Strict):
    """What every result carries, written by code alone.

    ``model_used`` is ``"rules"`` without a model, and ``prompt_version`` is null then. ``confidence``
    stays a word until 100 outcomes have calibrated it.
    """

    id: UUID
    sources: Annotated[list[Source], Field(max_length=50)]
    model_used: Line
    prompt_version: Line | None
    generated_at: AwareDatetime
    confidence: Literal["low", "medium", "high"]
    receipt: ReceiptShown


class LearningPathResult(LearningPath, Envelope):
    """A learning path as it is stored and served."""


class RoleSuggestionsResult(RoleSuggestions, Envelope):
    """Role suggestions as they are stored and served."""


class SkillGapResult(SkillGap, Envelope):
    """A skill gap as it is stored and served."""


class AdviceResult(Advice, Envelope):
    """Coaching advice as it is stored and served."""


def in_order(nodes: Iterable[Node]) -> list[Node] | None:
    """The nodes with prerequisites first, else as they came; None if they lead round in a circle (Kahn,
    1962).
    """
    waiting = list(nodes)
    done: set[str] = set()
    ordered: list[Node] = []
    while waiting:
        ready = [node for node in waiting if done.issuperset(node.prerequisites)]
        if not ready:
            return None
        ordered += ready
        done |= {node.id for node in ready}
        waiting = [node for node in waiting if node.id not in done]
    return ordered


def only_known(path: LearningPath, urls: Collection[str]) -> LearningPath:
    """The path without resources that are not in the catalogue: links a model writes are dead or invented."""
    nodes = [
        node.model_copy(
            update={"resources": [resource for resource in node.resources if resource.url in urls]}
        )
        for node in path.nodes
    ]
    return path.model_copy(update={"nodes": nodes})
