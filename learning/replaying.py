"""Which call a path in a model's words, or the words of a suggestion or a gap, came from."""

from uuid import UUID

from careerforge.assistant.replaying import Stored
from learning.models import PathDraft, Wording


def find(answer: UUID) -> Stored | None:
    """A draft of a path, or a wording, by its id."""
    draft = PathDraft.objects.filter(pk=answer).first()
    if draft:
        return Stored("path draft", draft.call, draft.model, draft.prompt_version, draft.made_at)
    words = Wording.objects.filter(pk=answer).first()
    if words is None:
        return None
    cited = words.sources.filter(chunk__isnull=False).order_by("pk").values_list("chunk_id", flat=True)
    return Stored("wording", words.call, words.model, words.prompt_version, words.made_at, tuple(cited))
