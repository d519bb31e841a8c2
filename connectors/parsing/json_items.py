"""Items out of any JSON, by convention or by a given mapping.

Where the items are: `items`, `results`, `jobs` and their kin, at the top or in an object below, a list at the
top, or the document itself; a source may name the place by a JMESPath expression. What they say: by the usual
field names, or by JMESPath per field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import jmespath
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jmespath.exceptions import JMESPathError

from connectors.parsing.dates import parse_date, published
from connectors.parsing.entries import MAX_DEPTH, TITLES, by_convention, by_path, is_closed, searched
from connectors.parsing.item import PAGE, POSTING, Item, Parsed, Problem, distinct, made_up_id, unreadable
from connectors.parsing.json_kinds import DATES, facts_of, kind_of
from connectors.parsing.paths import compiled
from connectors.parsing.text import one_line, readable
from connectors.parsing.values import (
    Record,
    first,
    fold,
    folded,
    label,
    label_of_scalar,
    labels,
    language_tag,
    web_address,
)

MAX_ITEMS = 5_000
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
    `gone` is a JMESPath that is true for an entry that is closed or deleted (default: by its usual fields);
    `kind` is that of every entry, where somebody knows it.
    """

    items: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""
    gone: str = ""
    kind: str = ""


def parse_json_items(where: str, document: object, now: datetime, mapped: Mapped | None = None) -> Parsed:
    """The items of a JSON document, with a problem for each reason why something was left out."""
    mapped = mapped or Mapped()
    try:
        found = by_path(document, mapped.items) if mapped.items else by_convention(document)
        paths = {name: compiled(path) for name, path in mapped.fields.items()}
        gone = compiled(mapped.gone) if mapped.gone else None
    except (JMESPathError, ValueError, RecursionError):
        return unreadable(
            where, _("The path to the entries or to a field is not a valid JMESPath expression."), "json"
        )
    if found is None:
        return unreadable(where, _("No list of entries was found in this JSON."), "json")
    if not found:
        return Parsed((), (Problem(where, _("The list of entries is empty.")),), "json", is_empty=True)
    base = mapped.base_url or (where if where.startswith(("http://", "https://")) else "")
    reading = _Reading(paths, base, _is_hiring_thread(document), mapped.kind, now)
    entries = [entry for entry in found[:MAX_ITEMS] if isinstance(entry, Mapping)]
    closed = [entry for entry in entries if is_closed(entry, gone)]
    read = [_item(entry, reading) for entry in entries if not is_closed(entry, gone)]
    items = [item for item in read if item is not None]
    problems = tuple(_problems(where, len(found), len(items) + len(closed)))
    return Parsed(
        distinct(items), problems, "json", gone=tuple(filter(None, (_id(one, paths) for one in closed)))
    )


@dataclass(frozen=True)
class _Reading:
    """How the entries of one document are read."""

    paths: Mapping[str, jmespath.parser.ParsedResult]
    base: str
    is_hiring: bool
    kind: str
    now: datetime


def reads_like_entries(header: Iterable[str]) -> bool:
    """Whether the columns of a table are those of entries: a title, and a text, a link or a company."""
    names = {fold(name) for name in header}
    return bool(names & set(TITLES)) and bool(
        names & {*_BODIES, *_URLS, "companyname", "company", "provider"}
    )


def _id(entry: Record, paths: Mapping[str, jmespath.parser.ParsedResult]) -> str:
    given = searched(paths["external_id"], entry) if "external_id" in paths else None
    return label_of_scalar(given if given is not None else first(_unwrapped(folded(entry)), _IDS))


def _problems(where: str, count: int, read: int) -> Iterator[Problem]:
    if count > MAX_ITEMS:
        yield Problem(
            where,
            _("There are %(n)s entries; the first %(most)s were looked at.")
            % {"n": count, "most": MAX_ITEMS},
        )
    left_out = min(count, MAX_ITEMS) - read
    if left_out and not read:
        yield Problem(
            where,
            ngettext(
                "One entry was found, but it has neither a title nor a text under a known name: say in the "
                "field map where they stand.",
                "%(n)s entries were found, but none has a title or a text under a known name: say in the "
                "field map where they stand.",
                count,
            )
            % {"n": count},
        )
    elif left_out:
        yield Problem(
            where,
            _("Entries left out because they have neither a title nor a text: %(n)s.") % {"n": left_out},
        )


def _is_hiring_thread(document: object) -> bool:
    title = document.get("title") if isinstance(document, Mapping) else None
    return isinstance(title, str) and bool(_HIRING.search(title))


def _item(entry: Record, reading: _Reading) -> Item | None:
    record = _unwrapped(folded(entry))
    paths, hiring = reading.paths, reading.is_hiring
    given = {name: value for name, path in paths.items() if (value := searched(path, entry)) is not None}
    text, hidden = readable(_body(given["text"] if "text" in given else first(record, _BODIES)))
    title = label(given.get("title")) or _title(record) or one_line(text.partition("\n")[0])
    if not title:
        return None
    moment, as_given = published(given.get("published_at", _date(record)), reading.now)
    kind = label(given.get("kind")).lower() or reading.kind
    kind = kind or (POSTING if hiring else kind_of(record, moment is not None))
    facts = (
        (_hiring_facts(title) if hiring else {}) | facts_of(kind, record, reading.base) | _given_facts(given)
    )
    facts |= {"published_as_given": as_given} if as_given else {}
    url = web_address(given.get("url", _url(record)), reading.base)
    return Item(
        external_id=_id(entry, paths) or made_up_id(url, title),
        title=title,
        text=text or title,
        url=url,
        kind=kind or PAGE,
        published_at=moment,
        language=language_tag(given.get("language", first(record, _LANGUAGES))),
        facts=facts,
        hidden=hidden,
    )


def _date(record: Record) -> object:
    return first({name: record.get(name) for name in DATES if parse_date(record.get(name))}, DATES)


def _given_facts(given: Mapping[str, object]) -> dict[str, str | tuple[str, ...]]:
    """Facts by the source's own paths; those that are lists by nature stay lists."""
    facts: dict[str, str | tuple[str, ...]] = {}
    for name, value in given.items():
        found = labels(value) if name in _LISTS else label(value)
        if found and name not in _ITEM_FIELDS:
            facts[name] = found
    return facts


_LISTS = frozenset({"topics", "skills", "locations"})
_LANGUAGES = ("language", "langcode", "contentlanguage", "defaultlanguage")
_ITEM_FIELDS = frozenset({"external_id", "title", "text", "url", "kind", "published_at", "language"})


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
    usual = next((text for name in TITLES if (text := label_of_scalar(record.get(name)))), "")
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
