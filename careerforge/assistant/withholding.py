"""What left in a call, without the passages that are closed to the person who looks at it now.

A passage is shown where it names its place in the store and the reader may open that now. One that names
none, as in calls of earlier days, cannot be looked up, so it is withheld.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from careerforge.assistant import prompts
from careerforge.gateway.sent import Sent
from careerforge.knowledge.withholding import still_open
from careerforge.people.models import User


def for_reader(reader: User, text: Sent, version: str) -> Sent | None:
    """The text with one line in place of each closed passage; None when nothing of it is closed.

    What came back may repeat a closed passage, so it is withheld along. Where the passages cannot be told
    apart in the text, all the data is withheld.

    Args:
        version: of the prompt, as in the ledger.
    """
    open_ = still_open(reader, set(_chunks(text.values)))
    shown = _without_closed(text.values, open_)
    if shown == text.values:
        return None
    answer = _repeats() if text.answer else ""
    context, question = _made_again(text, version, shown)
    return replace(text, context=context, question=question, answer=answer, values={})


def _chunks(value: Any) -> Iterator[int]:
    """Every passage that is named in what a template was filled with: alone, or as one of some facts."""
    if isinstance(value, Mapping):
        yield from filter(None, (value.get("chunk_id"), *(value.get("chunks") or ())))
    for one in _parts(value):
        yield from _chunks(one)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


def _without_closed(values: Mapping[str, Any], open_: Collection[int]) -> dict[str, Any]:
    """The facts beside passages are the ledger's, never a document's; those of a step or skill may be."""
    return {name: _part(one, open_, is_passage=name == "passages") for name, one in values.items()}


def _part(value: Any, open_: Collection[int], *, is_passage: bool) -> Any:
    if isinstance(value, list):
        return [_part(one, open_, is_passage=is_passage) for one in value]
    if not isinstance(value, Mapping):
        return value
    if is_passage or "chunk_id" in value:
        return value if value.get("chunk_id") in open_ else _closed(value)
    kept = _without_closed(value, open_)
    return kept | {"facts": _facts(value["facts"], value.get("chunks"), open_)} if "facts" in value else kept


def _facts(facts: Sequence[str], chunks: Sequence[int | None] | None, open_: Collection[int]) -> list[str]:
    """Each fact whose passage is open, or of which it is known that it is none."""
    if chunks is None or len(chunks) != len(facts):
        return [_line() for _fact in facts]
    pairs = zip(facts, chunks, strict=True)
    return [fact if chunk is None or chunk in open_ else _line() for fact, chunk in pairs]


def _line() -> str:
    return _("A document that is closed to you went along here.")


def _closed(passage: Mapping[str, Any]) -> dict[str, Any]:
    return {**passage, "title": _line(), "heading": "", "published_at": None, "text": ""}


def _repeats() -> str:
    return _("Not shown here: it may repeat a document that is closed to you.")


def _made_again(text: Sent, version: str, shown: Mapping[str, Any]) -> tuple[str, str]:
    """Context and question from the template, if that is how the text that left was made.

    A question that was asked again holds the answer before, which may repeat a closed passage.
    """
    try:
        asked = prompts.rebuild(version, text.values)
        context = prompts.rebuild(version, shown).context if asked.context == text.context else ""
    except prompts.UnknownVersion:
        return _all_closed(), _repeats()
    if text.question == asked.question:
        return context or _all_closed(), text.question
    begins = text.question.startswith(asked.question)
    return context or _all_closed(), f"{asked.question}\n\n{_repeats()}" if begins else _repeats()


def _all_closed() -> str:
    return _("Not shown here: documents that are closed to you went along in it.")
