"""What left in a call, without the passages that are closed to the person who looks at it now."""

from collections.abc import Mapping, Sequence
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
    passages: Sequence[Mapping[str, Any]] = text.values.get("passages", [])
    open_ = still_open(reader, {one["chunk_id"] for one in passages if "chunk_id" in one})
    shown = [one if one.get("chunk_id") in open_ else _closed(one) for one in passages]
    if shown == list(passages):
        return None
    answer = _("Not shown here: it may repeat a document that is closed to you.") if text.answer else ""
    return replace(text, context=_context(text, version, shown), answer=answer, values={})


def _closed(passage: Mapping[str, Any]) -> dict[str, Any]:
    line = _("A document that is closed to you went along here.")
    return {**passage, "title": line, "heading": "", "published_at": None, "text": ""}


def _context(text: Sent, version: str, shown: Sequence[Mapping[str, Any]]) -> str:
    """Made again from the template, if that is how the text that left was made."""
    try:
        if prompts.rebuild(version, text.values).context == text.context:
            return prompts.rebuild(version, {**text.values, "passages": shown}).context
    except prompts.UnknownVersion:
        pass
    return _("Not shown here: documents that are closed to you went along in it.")
