"""Where the entries of a JSON document are, and which of them are no more. Pure."""

from __future__ import annotations

from collections.abc import Mapping

import jmespath
from jmespath.exceptions import JMESPathError

from connectors.parsing.paths import found_at
from connectors.parsing.values import Record, first, fold, folded, label, scalar

MAX_DEPTH = 4
LISTS = (
    "items", "data", "results", "jobs", "elements", "hits", "documents", "postings", "positions", "offers",
    "children", "courses",
    "programs", "searchresultitems", "searchresult", "reportentry", "value", "entries", "articles", "records",
    "events", "content",
)  # fmt: skip

TITLES = ("title", "name", "headline", "positiontitle", "jobtitle", "text_title", "cotitle", "label")

# What says that an entry is no more.
_TOMBSTONES = ("deleted", "isdeleted", "remotewasdeleted", "removed", "archived", "isarchived", "retired")
_CLOSED = frozenset(
    {"closed", "archived", "deleted", "removed", "expired", "filled", "withdrawn", "unpublished"}
)


def by_path(document: object, path: str) -> list[object] | None:
    """The list at a JMESPath, an object there as the only entry; None for nothing."""
    found = found_at(path, document)
    return found if isinstance(found, list) else [found] if isinstance(found, Mapping) else None


def by_convention(document: object, depth: int = 0) -> list[object] | None:
    """The list of entries in a document; empty if its list is empty, None if it has none. Lists under several
    of the usual names (`programs` and `courses`) are taken together.
    """
    if isinstance(document, list):
        return _flat(document)
    if not isinstance(document, Mapping) or depth > MAX_DEPTH:
        return None
    usual = [value for name in LISTS for key, value in document.items() if fold(key) == name]
    found = [entries for value in usual if (entries := by_convention(value, depth + 1)) is not None]
    if found:
        return [entry for entries in found for entry in entries]
    others = (by_convention(value, depth + 1) for value in document.values() if isinstance(value, Mapping))
    below = next((entries for entries in others if entries), None)
    if below is None and depth == 0 and _reads_like_an_item(document):
        return [document]
    return below


def _flat(entries: list[object]) -> list[object] | None:
    """Records of a list, also of lists in the list; None for a list of mere values."""
    flat = [inner for entry in entries for inner in (entry if isinstance(entry, list) else [entry])]
    # A plain dict is what JSON gives; asking for a Mapping takes five times as long.
    records: list[object] = [entry for entry in flat if isinstance(entry, dict | Mapping)]
    return records if records or not flat else None


def _reads_like_an_item(record: Record) -> bool:
    names = folded(record)
    return bool(label(first(names, TITLES))) and len(names) > 1


def count_entries(document: object, path: str | None = None) -> int:
    """How many entries a page holds, read or not: what an offset grows by."""
    try:
        return len((by_path(document, path) if path else by_convention(document)) or ())
    except (JMESPathError, ValueError, TypeError, RecursionError):
        return 0


def is_closed(entry: Record, gone: jmespath.parser.ParsedResult | None = None) -> bool:
    """Whether an entry says that it is closed or deleted: by the given path, or by its usual fields."""
    if gone is not None:
        return searched(gone, entry) not in (None, False, "", [], {})
    if "@removed" in entry:
        return True
    names = folded(entry)
    if any(scalar(names.get(name)).lower() in {"true", "1"} for name in _TOMBSTONES):
        return True
    said = {scalar(names.get(name)).lower() for name in ("state", "status")}
    return scalar(names.get("islisted")).lower() == "false" or bool(said & _CLOSED)


def searched(path: jmespath.parser.ParsedResult, entry: Record) -> object:
    """What a path finds in an entry; None for nothing, and where it does not fit."""
    try:
        return path.search(entry)
    except (JMESPathError, TypeError, ValueError, RecursionError):
        return None
