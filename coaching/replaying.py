"""Which call an advice, or an answer of the chat, came from."""

from uuid import UUID

from careerforge.assistant.replaying import Stored
from coaching.models import Advice, AdviceSource, Generation


def find(answer: UUID) -> Stored | None:
    """An advice, or a message of the chat, by its id."""
    return _advice(answer) or _message(answer)


def _advice(answer: UUID) -> Stored | None:
    row = Advice.objects.filter(pk=answer).first()
    if row is None:
        return None
    cited = AdviceSource.objects.filter(advice=row, chunk__isnull=False).order_by("position")
    chunks = tuple(cited.values_list("chunk_id", flat=True))
    return Stored("advice", row.call, row.model_used, row.prompt_version, row.generated_at, chunks)


def _message(answer: UUID) -> Stored | None:
    row = Generation.objects.filter(message_id=answer).first()
    if row is None:
        return None
    return Stored("chat message", row.call, row.model_used, row.prompt_version, row.finished_at)
