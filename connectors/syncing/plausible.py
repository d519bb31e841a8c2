"""Is this still the source that we know? Decided before anything of it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.kinds.kind import Kind
from connectors.parsing.item import Item, Parsed

# Less than this share of the known documents in a complete listing is no removal but a fault.
PLAUSIBLE_SHARE = 0.5
# What so many of the entries used to have, some of them have now.
USUAL = 0.8
# Fewer entries than this tell nothing about a source's habits.
TELLING = 3

# In the order in which a kind that takes several is described by one.
_SHAPES = {
    "feed": gettext_lazy("a feed"),
    "json": gettext_lazy("JSON"),
    "json_feed": gettext_lazy("a JSON feed"),
    "html": gettext_lazy("a web page"),
    "pdf": gettext_lazy("a PDF file"),
    "text": gettext_lazy("plain text"),
}
_HABITS = {
    "id": gettext_lazy("an id of their own"),
    "text": gettext_lazy("a text"),
    "title": gettext_lazy("a title"),
    "url": gettext_lazy("an address"),
    "date": gettext_lazy("a date"),
}


@dataclass(frozen=True)
class Doubt:
    """Why an answer is not stored.

    Attributes:
        is_suspicious: it used to be another one.
        may_be_taken: it can be read, so that somebody who looked at it may want it as it is.
    """

    sentence: str
    is_suspicious: bool
    may_be_taken: bool = False


def doubt(
    kind: Kind, parsed: Parsed, known: int, habit: Mapping[str, float], *, is_first: bool = True
) -> Doubt | None:
    """What speaks against storing a page of a listing.

    Args:
        known: how many documents came from the source before.
        habit: what :func:`habits` said after the last good synchronisation.
        is_first: nothing of the listing was stored yet; later pages may be empty.
    """
    if parsed.shape not in kind.shapes:
        return Doubt(_wrong_shape(kind, parsed), bool(known))
    if not parsed.items and not parsed.gone and is_first:
        return _empty(parsed, known)
    lost = _lost(habits(parsed.items), habit)
    if lost:
        return Doubt(
            _("The entries used to have %(what)s, and now none has.") % {"what": _HABITS[lost]},
            is_suspicious=True,
            may_be_taken=True,
        )
    return None


def _empty(parsed: Parsed, known: int) -> Doubt | None:
    is_told = parsed.problems and not parsed.is_empty
    if is_told and (not known or parsed.entries or parsed.shape == "json"):
        return Doubt(parsed.problems[0].reason, bool(known))
    if known:
        sentence = _("The source answers with an empty list; %(n)s documents came from it before.") % {
            "n": known
        }
        return Doubt(sentence, True)
    return None


def _wrong_shape(kind: Kind, parsed: Parsed) -> str:
    found = _SHAPES.get(parsed.shape)
    if found is None:
        return parsed.problems[0].reason if parsed.problems else str(_("This cannot be read."))
    wanted = next((words for shape, words in _SHAPES.items() if shape in kind.shapes), "")
    words = {"found": found, "wanted": wanted}
    if parsed.shape == "html":
        return _("A web page came instead of %(wanted)s, perhaps a sign-in page.") % words
    return _("The source answers with %(found)s instead of %(wanted)s.") % words


def habits(items: Sequence[Item]) -> dict[str, float]:
    """Shares of entries that have an id, a text, a title of its own, an address, a date; empty for few
    entries.
    """
    if len(items) < TELLING:
        return {}
    has = {
        "id": sum(not item.external_id.startswith("made-") for item in items),
        "text": sum(item.text != item.title for item in items),
        # Without one, the first line of the text stands in for it.
        "title": sum(item.text == item.title or not item.text.startswith(item.title) for item in items),
        "url": sum(bool(item.url) for item in items),
        "date": sum(item.published_at is not None for item in items),
    }
    return {name: round(count / len(items), 3) for name, count in has.items()}


def _lost(now: Mapping[str, float], before: Mapping[str, float]) -> str:
    return next((name for name, share in now.items() if share == 0 and before.get(name, 0) >= USUAL), "")


def is_too_short(seen: int, absent: int) -> bool:
    """Whether so few of the known documents are left that it is rather a fault than a removal."""
    return seen < PLAUSIBLE_SHARE * (seen + absent)
