from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from careerforge.assistant import feedback
from careerforge.people import idempotency, scopes
from careerforge.people.api_auth import requires_scope

router = Router(tags=["assistant"])


class FeedbackIn(Schema):
    """A thumb for one result. Reasons that do not go with it are left out."""

    result_kind: str = Field(min_length=1, max_length=16)
    result_id: UUID
    thumb: Literal["up", "down"]
    reasons: list[str] = Field(default=[], max_length=len(feedback.REASONS))
    # Sealed, and only where the result belongs to a room.
    comment: str = Field("", max_length=feedback.LONGEST_COMMENT)


class FeedbackOut(Schema):
    """What is kept; a second thumb takes the place of the first."""

    result_kind: str
    result_id: UUID
    thumb: str
    reasons: list[str]


@router.post("feedback", response=FeedbackOut, auth=requires_scope(scopes.FEEDBACK))
def give_feedback(request: HttpRequest, data: FeedbackIn) -> FeedbackOut:
    """Say what one thinks of a result: a path, a suggestion, a gap, an advice, an answer of the chat."""
    # A comment may be stored in a room only.
    idempotency.keep_no_answer(request)
    user: Any = request.user
    kept = feedback.record(
        user,
        data.result_kind,
        data.result_id,
        data.thumb,
        data.reasons,
        timezone.now(),
        comment=data.comment,
    )
    if kept is None:
        raise Http404
    return FeedbackOut(result_kind=kept.kind, result_id=kept.id, thumb=kept.thumb, reasons=list(kept.reasons))
