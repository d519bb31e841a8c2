"""Items out of any JSON, by convention or by a given mapping.

Where the items are: `items`, `results`, `jobs` and their kin, at the top or in an object below, a list at the
top, or the document itself; a source may name the place by a JMESPath expression. What they say: by the usual
field names, or by JMESPath per field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import jmespath
from jmespath.exceptions import JMESPathError

from connectors.parsing.dates import parse_date, published
from connectors.parsing.item import PAGE, POSTING, Item, Parsed, Problem, distinct, made_up_id, unreadable
from connectors.parsing.json_kinds import DATES, facts_of, kind_of
from connectors.parsing.text import html_to_text, one_line
from connectors.parsing.values import (
    Record,
    first,
    fold,
    folded,
    label,
    label_of_scalar,
    language_tag,
    web_address,
)

MAX_ITEMS = 5_000
MAX_DEPTH = 4
LISTS = (
    "items", "data", "results", "jobs", "elements", "hits", "documents", "postings", "positions", "offers",
    "children", "courses",
    "programs", "searchresultitems", "searchresult", "reportentry", "value", "entries", "articles", "records",
    "events", "content",
)  # fmt: skip
# Objects in which a source wraps what the item says.
_WRAPPERS = (
    "attributes",
    "snippet",
    "matchedobjectdescriptor",
    "page",
    "userarea",
    "details",
    "node",
    "fields",
)

_IDS = (
    "id",
    "objectid",
    "matchedobjectid",
    "uuid",
    "guid",
    "key",
    "readableid",
    "courseid",
    "nid",
    "shortcode",
    "slug",
    "externalid",
)
_TITLES = ("title", "name", "headline", "positiontitle", "jobtitle", "text_title", "cotitle", "label")
_BODIES = (
    "content", "contenthtml", "body", "descriptionhtml", "description", "contents", "fulldescription", "text",
    "descriptionplain",
    "longdescription", "jobsummary", "shortdescription", "summary", "subtitle", "snippet", "marketinghook",
    "abstract", "excerpt",
)  # fmt: skip
_URLS = (
    "url", "link", "absoluteurl", "joburl", "hostedurl", "redirecturl", "positionuri", "marketingurl",
    "pageurl", "weburl",
    "permalink", "href", "careersurl", "externalurl", "self",
)  # fmt: skip
_HIRING = re.compile(r"\bwho(?:'s| is) hiring\b", re.IGNORECASE)


@dataclass(frozen=True)
class Mapped:
    """How a source's JSON maps to items: `items` a JMESPath to the list; `fields` a JMESPath per field of an
    item (`external_id`, `title`, `text`, `url`, `kind`, `published_at`, `language`, or a fact's name); what
    is not named goes by convention. `base_url` makes paths absolute (default: where the JSON came from).
    """

    items: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""


def parse_json_items(where: str, document: object, now: datetime, mapped: Mapped | None = None) -> Parsed:
    """The items of a JSON document, with a problem for each reason why something was left out."""
    mapped = mapped or Mapped()
    try:
        found = _by_path(document, mapped.items) if mapped.items else by_convention(document)
        paths = {name: jmespath.compile(path) for name, path in mapped.fields.items()}
    except (JMESPathError, ValueError, RecursionError):
        return unreadable(
            where, "The path to the entries or to a field is not a valid JMESPath expression.", "json"
        )
    if found is None:
        return unreadable(where, "No list of entries was found in this JSON.", "json")
    if not found:
        return unreadable(where, "The list of entries is empty.", "json")
    hiring = _is_hiring_thread(document)
    base = mapped.base_url or (where if where.startswith(("http://", "https://")) else "")
    read = [_item(entry, paths, base, hiring, now) for entry in found[:MAX_ITEMS]]
    items = [item for item in read if item is not None]
    return Parsed(distinct(items), tuple(_problems(where, len(found), len(items))), "json")


def _problems(where: str, count: int, read: int) -> Iterator[Problem]:
    if count > MAX_ITEMS:
        yield Problem(where, f"There are {count} entries; the first {MAX_ITEMS} were looked at.")
    left_out = min(count, MAX_ITEMS) - read
    if left_out:
        yield Problem(where, f"Entries left out because they have neither a title nor a text: {left_out}.")


def _by_path(document: object, path: str) -> list[object] | None:
    found = jmespath.search(path, document)
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
    records = [entry for entry in flat if isinstance(entry, Mapping)]
    return list(records) if records or not flat else None


def _reads_like_an_item(record: Record) -> bool:
    names = folded(record)
    return bool(label(first(names, _TITLES))) and len(names) > 1


def _is_hiring_thread(document: object) -> bool:
    title = document.get("title") if isinstance(document, Mapping) else None
    return isinstance(title, str) and bool(_HIRING.search(title))


def _item(
    entry: object, paths: Mapping[str, jmespath.parser.ParsedResult], base: str, hiring: bool, now: datetime
) -> Item | None:
    if not isinstance(entry, Mapping):
        return None
    record = _unwrapped(folded(entry))
    given = {name: value for name, path in paths.items() if (value := _searched(path, entry)) is not None}
    text = html_to_text(_body(given["text"] if "text" in given else first(record, _BODIES)))
    title = label(given.get("title")) or _title(record) or one_line(text.partition("\n")[0])
    if not title:
        return None
    date = given.get(
        "published_at",
        first({name: record.get(name) for name in DATES if parse_date(record.get(name))}, DATES),
    )
    moment, as_given = published(date, now)
    kind = label(given.get("kind")).lower() or (POSTING if hiring else kind_of(record, moment is not None))
    facts = (_hiring_facts(title) if hiring else {}) | facts_of(kind, record, base)
    facts |= {name: text for name in given if name not in _ITEM_FIELDS and (text := label(given[name]))}
    facts |= {"published_as_given": as_given} if as_given else {}
    url = web_address(given.get("url", _url(record)), base)
    return Item(
        external_id=label_of_scalar(given.get("external_id", first(record, _IDS))) or made_up_id(url, title),
        title=title,
        text=text or title,
        url=url,
        kind=kind or PAGE,
        published_at=moment,
        language=language_tag(
            given.get(
                "language", first(record, ("language", "langcode", "contentlanguage", "defaultlanguage"))
            )
        ),
        facts=facts,
    )


_ITEM_FIELDS = frozenset({"external_id", "title", "text", "url", "kind", "published_at", "language"})


def _searched(path: jmespath.parser.ParsedResult, entry: Record) -> object:
    try:
        return path.search(entry)
    except (JMESPathError, TypeError, ValueError, RecursionError):
        return None


def _unwrapped(record: dict[str, object], depth: int = 0) -> dict[str, object]:
    """The record together with what its wrappers say; its own fields win."""
    result = record
    for name in _WRAPPERS:
        inner = record.get(name)
        if isinstance(inner, Mapping) and depth < MAX_DEPTH:
            below = _unwrapped(folded(inner), depth + 1)
            result = below | {
                key: value for key, value in result.items() if value is not None or key not in below
            }
    return result


def _title(record: Record) -> str:
    usual = next((text for name in _TITLES if (text := label_of_scalar(record.get(name)))), "")
    return usual or next(
        (text for name in record if name.endswith("title") and (text := label_of_scalar(record[name]))), ""
    )


def _body(value: object) -> str:
    if isinstance(value, Mapping):
        value = first(folded(value), ("processed", "value", "html", "text", "rendered"))
    return value if isinstance(value, str) else ""


def _url(record: Record) -> object:
    links = record.get("links")
    usual = first(record, _URLS)
    return (
        usual
        if usual is not None or not isinstance(links, Mapping)
        else first(folded(links), ("html", "self", "alternate"))
    )


def _hiring_facts(title: str) -> dict[str, str | tuple[str, ...]]:
    """Company and the rest of the head line of a “Who is hiring” comment: `Company | Role | Place | …`."""
    parts = [part.strip() for part in title.split("|")]
    return (
        {"company": parts[0][:120], "headline": " | ".join(parts[1:])} if len(parts) > 1 and parts[0] else {}
    )
