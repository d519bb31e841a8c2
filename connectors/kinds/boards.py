"""What public job boards have in common: a board's name out of an address, its entries as postings."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.kinds.kind import Asked, Body, End, Fetch, Field, NotModified
from connectors.parsing.dates import published
from connectors.parsing.item import POSTING, Item, Parsed, Problem, distinct, made_up_id, unreadable
from connectors.parsing.text import clean, one_line
from connectors.parsing.values import Record, load_json, web_address

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._&+-]{0,99}\Z")

COMPANY = Field(
    "company",
    gettext_lazy("Company"),
    gettext_lazy("As it should be shown; the board does not say. Empty: the name of the board."),
)

Value = str | tuple[str, ...]
Pick = Callable[[object], list[Record] | None]


@dataclass(frozen=True)
class Posting:
    """An entry of a board, as its parser found it. ``facts`` may hold empty ones."""

    external_id: str
    title: str
    text: str
    url: str
    published: object
    facts: Mapping[str, Value]
    language: str | None = None
    kind: str = POSTING


def name_of_board(
    location: str, hosts: Iterable[str], leading: tuple[str, ...] = (), query: str = ""
) -> str | None:
    """A board's name: as it was typed, or out of an address of the board; None if it is neither.

    Args:
        hosts: host names of the board's pages and of its API.
        leading: parts of a path that may stand before the name (``v1``, ``boards``).
        query: the parameter that holds the name on pages that are embedded elsewhere.
    """
    location = location.strip()
    if _NAME.match(location) and "." not in location:
        return location
    try:
        parts = urlsplit(location if "://" in location else f"https://{location}")
        host, asked = (parts.hostname or "").lower(), parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return None
    if host not in set(hosts):
        return None
    if query and asked.get(query):
        return _checked(asked[query][0])
    path = [unquote(part) for part in parts.path.split("/") if part]
    while path and path[0].lower() in leading:
        path.pop(0)
    return _checked(path[0]) if path else None


def _checked(name: str) -> str | None:
    return name if _NAME.match(name) else None


def whole_board(url: str, fetch: Fetch, is_whole: Callable[[bytes], bool]) -> Generator[Body, None, End]:
    """The one answer of a board that lists everything at once: what is absent from it is gone.

    Args:
        is_whole: whether an answer holds as much as it says there is.
    """
    answer = fetch.get(url)
    yield answer.body()
    if isinstance(answer, NotModified) or is_whole(answer.content):
        return End(is_complete=True)
    return End(doubt=_("The board lists fewer openings than it says it has."))


def read_board(body: Body, pick: Pick, posting: Callable[[Record], Posting | None], now: datetime) -> Parsed:
    """The postings of a board's answer.

    Args:
        pick: the list of entries in the document; None says that this is no answer of such a board.
        posting: what one entry says; None leaves it out without a word, because it is not published.
    """
    document, complaint = load_json(body.content)
    if complaint:
        return unreadable(body.where, complaint)
    entries = pick(document)
    if entries is None:
        return unreadable(
            body.where, _("This answer is not the list of openings that the board should send."), "json"
        )
    made = [_item(found, now) for entry in entries if (found := posting(entry)) is not None]
    items = [item for item in made if item is not None]
    problems = []
    if len(made) > len(items):
        reason = _("Openings left out because they have no title: %(n)s.") % {"n": len(made) - len(items)}
        problems.append(Problem(body.where, reason))
    return Parsed(distinct(items), tuple(problems), "json")


def _item(found: Posting, now: datetime) -> Item | None:
    title, text, url = one_line(found.title), clean(found.text), web_address(found.url)
    if not title:
        return None
    moment, as_given = published(found.published, now)
    facts = {name: value for name, value in found.facts.items() if value}
    return Item(
        external_id=one_line(found.external_id) or made_up_id(url, title),
        title=title,
        text=text or title,
        url=url,
        kind=found.kind,
        published_at=moment,
        language=found.language,
        facts=facts | ({"published_as_given": as_given} if as_given else {}),
    )


def records(value: object) -> list[Record] | None:
    """A list's objects; None for what is no list."""
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else None


def under(document: object, key: str) -> list[Record] | None:
    """The list that a document holds under a name; None if it holds none."""
    return records(document.get(key)) if isinstance(document, Mapping) else None


def inner(record: Record, *names: str) -> Record:
    """An object within a record, by the names on the way; empty where it is missing."""
    for name in names:
        value = record.get(name)
        record = value if isinstance(value, Mapping) else {}
    return record


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Texts without repeats and empty ones, in order, at most 50."""
    return tuple(list(dict.fromkeys(value for value in values if value))[:50])


def of_company(parsed: Parsed, asked: Asked, board: str) -> Parsed:
    """The same postings with their company, where the board does not name it."""
    company = str(asked.settings.get("company") or board)
    items = [
        replace(item, facts={"company": company, **item.facts}) if item.kind == POSTING else item
        for item in parsed.items
    ]
    return replace(parsed, items=tuple(items))
