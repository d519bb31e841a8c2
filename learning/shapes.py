"""The API's shapes: the assistant's schemas, with what a client needs to act on a result."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from careerforge.assistant import schemas
from careerforge.assistant.schemas import Level, Line, ReceiptShown, Share, Url

Confidence = Literal["low", "medium", "high"]


class ResourceOut(schemas.Resource):
    """A row of the catalogue; without a link where no lasting one is known."""

    url: Url | None  # type: ignore[assignment]


class NodeOut(schemas.Node):
    """A step of the path. Its id is the same in every version; ``waits`` says that a prerequisite is open."""

    estimated_hours: Annotated[int, Field(ge=0)]
    resources: list[ResourceOut]  # type: ignore[assignment]
    status: Literal["todo", "in_progress", "done", "skipped"]
    waits: bool
    phase: int
    required_level: Level | None
    current_level: Level | None
    reasons: list[Line]
    # Of a step that is no milestone.
    receipt: ReceiptShown | None = None


class LearningPathOut(schemas.LearningPathResult):
    """The path as it stands today. ``version`` is null while nothing is stored."""

    nodes: list[NodeOut]  # type: ignore[assignment]
    version: int | None


class SkillGapOut(schemas.SkillGapResult):
    """The largest gaps to a role. ``readiness`` is null while under 30 % of the required weight is known."""

    role: Line
    role_id: UUID
    readiness: Share | None
    known_share: Share


class SuggestionOut(schemas.RoleSuggestion):
    """A role that fits; ``id`` accepts it."""

    id: UUID
    role_id: UUID
    receipt: ReceiptShown


class RoleSuggestionsOut(schemas.RoleSuggestionsResult):
    """Up to five roles, the best first."""

    suggestions: list[SuggestionOut]  # type: ignore[assignment]
