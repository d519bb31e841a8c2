"""Any stored answer made again: its prompt out of version and values, held against what left, byte for byte.

Apps say how an id of theirs leads to the call; an id of the ledger leads to itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from careerforge.assistant import prompts
from careerforge.assistant.models import Opinion
from careerforge.gateway import sent
from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.prompt import Prompt
from careerforge.gateway.sent import Sent
from careerforge.knowledge.models import Chunk


@dataclass(frozen=True)
class Stored:
    """What an app keeps of one answer.

    Attributes:
        kind: such as ``"advice"``.
        call: of the ledger; None for what rules made.
        model: that answered, or ``"rules"``.
        chunks: ids of the passages that it cites.
    """

    kind: str
    call: UUID | None
    model: str
    prompt_version: str
    made_at: datetime | None = None
    chunks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Compared:
    """A prompt that was made again beside the one that left.

    Attributes:
        same: by part. The question of an answer that was sent back once is followed by what was wrong.
        added: how many characters follow it.
        sent, rebuilt: keyed digests of the whole: equal for the same bytes, and telling nothing of them.
    """

    same: dict[str, bool]
    added: int
    sent: str
    rebuilt: str

    @property
    def whole(self) -> bool:
        """Whether every byte is the same."""
        return all(self.same.values()) and self.sent == self.rebuilt


@dataclass(frozen=True)
class Replay:
    """One answer with all that is known of how it was made. ``compared`` is None where ``why`` says so."""

    id: UUID
    stored: Stored
    call: ModelCall | None = None
    row: SentText | None = None
    text: Sent | None = None
    compared: Compared | None = None
    why: str = ""


# What an app knows by an id of its own; None when it is not its own.
Finder = Callable[[UUID], Stored | None]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Let answers of an app be replayed; apps do so when they are ready."""
    if finder not in _finders:
        _finders.append(finder)


def replay(answer: UUID) -> Replay | None:
    """An answer of the open organisation; None when there is none of this id."""
    stored = next((found for finder in (*_finders, _of_the_ledger) if (found := finder(answer))), None)
    if stored is None:
        return None
    made = Replay(answer, stored)
    call = ModelCall.objects.filter(pk=stored.call).first() if stored.call else None
    if call is None:
        return replace(made, why="No model was asked for this answer: rules made it.")
    row = SentText.objects.select_related("subject", "subject__key").filter(call=call).first()
    if row is None:
        return replace(made, call=call, why="The text is kept no more: its time is over, or it was deleted.")
    text = sent.open_text(row)
    made = replace(made, call=call, row=row, text=text)
    try:
        return replace(made, compared=compare(call, row, text))
    except prompts.UnknownVersion:
        return replace(made, why="No text of this prompt version is kept here.")


def compare(call: ModelCall, row: SentText, text: Sent) -> Compared:
    """Make the prompt again and hold it against what left.

    Raises:
        UnknownVersion: no text of the prompt's version is kept.
    """
    parts = prompts.rebuild(call.prompt_version, text.values)
    follows = text.question.startswith(parts.question)
    added = text.question[len(parts.question) :] if follows else ""
    again = _as_long(parts.prompt(call.function, BaseModel, max_tokens=1), text.context)
    rebuilt = replace(again, question=parts.question + added)
    same = {
        "system": rebuilt.whole_system == text.system,
        "context": rebuilt.context == text.context,
        "question": follows,
    }
    return Compared(same, len(added), row.digest, sent.digest(rebuilt))


def _as_long(prompt: Prompt, context: str) -> Prompt:
    """The prompt with less data, if that is what left: the whole was too much for its provider."""
    shorter = prompt.shorter()
    return shorter if shorter and shorter.context == context else prompt


def as_json(made: Replay) -> dict[str, Any]:
    """Everything but the text."""
    stored, call, compared = made.stored, made.call, made.compared
    return {
        "id": str(made.id),
        "kind": stored.kind,
        "made_at": stored.made_at.isoformat() if stored.made_at else None,
        "same": compared.whole if compared else None,
        **({"why": made.why} if made.why else {}),
        **(_comparison(compared) if compared else {}),
        "prompt_version": call.prompt_version if call else stored.prompt_version,
        "model_used": stored.model,
        **(_call(call) if call else {}),
        "chunks": _chunks(stored.chunks),
        "reviews": _reviews(made.id),
    }


def _comparison(compared: Compared) -> dict[str, Any]:
    return {
        "parts": compared.same,
        "asked_again": bool(compared.added),
        "digest": {"sent": compared.sent, "rebuilt": compared.rebuilt},
    }


def _call(call: ModelCall) -> dict[str, Any]:
    return {
        "call": str(call.pk),
        "function": call.function,
        "sent_at": call.started_at.isoformat(),
        "provider": call.provider,
        "data_region": call.data_region,
        "model_asked": call.model_asked,
        "model_answered": call.model_answered,
        "outcome": call.outcome,
        "tokens": {
            "input": call.input_tokens,
            "output": call.output_tokens,
            "cache_read": call.cache_read_tokens,
            "cache_write": call.cache_write_tokens,
        },
        "micros": call.micros,
    }


def _chunks(ids: Sequence[int]) -> list[dict[str, Any]]:
    """The cited passages with the versions of their documents."""
    rows = Chunk.objects.filter(pk__in=ids).values_list("pk", "document_id", "version__number")
    known = {pk: {"chunk": pk, "document": str(document), "version": number} for pk, document, number in rows}
    return [known.get(one, {"chunk": one, "document": None, "version": None}) for one in ids]


def _reviews(answer: UUID) -> list[dict[str, Any]]:
    """Who said what of it, by the handle that administrators see; without their words."""
    rows = Opinion.objects.filter(review__target_id=answer).select_related("review", "reviewer")
    return [
        {
            "review": row.review.state,
            "kind": row.review.kind,
            "by": row.reviewer.handle if row.reviewer else None,
            "verdict": row.verdict,
            "at": row.given_at.isoformat(),
        }
        for row in rows.order_by("given_at", "pk")
    ]


def _of_the_ledger(answer: UUID) -> Stored | None:
    call = ModelCall.objects.filter(pk=answer).first()
    if call is None:
        return None
    return Stored("call", call.pk, call.model_answered, call.prompt_version, call.started_at)
