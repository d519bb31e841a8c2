"""What every parser gives back: items, and in a user's words what could not be read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

Facts = Mapping[str, str | tuple[str, ...]]

ARTICLE: Final = "article"
POSTING: Final = "posting"
COURSE: Final = "course"
EVENT: Final = "event"
MEDIA: Final = "media"
PAGE: Final = "page"
DOCUMENT: Final = "document"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a source holds.

    `external_id` is the source's own id as text, or a hash of link and title. `text` is plain, in paragraphs.
    `url` is absolute http(s), relative to the source, or empty. `published_at` is aware, in UTC, never later
    than the `now` of the parser; when it had to be moved, `facts["published_as_given"]` keeps the original.
    `language` is a BCP 47 tag in lower case. `facts` are the kind's details in words (a posting's company,
    location, salary; a course's provider, duration, …), names in snake_case; `details.details` makes numbers
    of them. `hidden` is what the source holds and shows to nobody: it is looked at and never stored.
    """

    external_id: str
    title: str
    text: str
    url: str
    kind: str
    published_at: datetime | None = None
    language: str | None = None
    facts: Facts = field(default_factory=dict)
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read: `where` (a file, an entry) and `reason`, a sentence for the person who set
    the source up.
    """

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """The result of one body. `shape` is the format that was recognised (`feed`, `json_feed`, `json`, `html`,
    `text`, `pdf`, or `unreadable`), so that a source of JSON notices an error page that came with status 200.
    """

    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    shape: str = "unreadable"
    # Ids that the source itself says are closed, withdrawn or deleted.
    gone: tuple[str, ...] = ()
    # A list that is there and holds nothing: a page of a listing may be so, a file is told so.
    is_empty: bool = False
    # How many entries a feed has, whether they could be read or not.
    entries: int = 0


def unreadable(where: str, reason: str, shape: str = "unreadable") -> Parsed:
    return Parsed((), (Problem(where, reason),), shape)


def distinct(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items with an id each of their own: repeats are dropped, and where a source gives one id to several
    things, a hash of link and title is added to it, for all of them, so that their order does not matter.
    """
    unique: dict[tuple[str, str, str], Item] = {}
    for item in items:
        unique.setdefault((item.external_id, item.url, item.title), item)
    shared = Counter(item.external_id for item in unique.values())
    return tuple(_told_apart(item) if shared[item.external_id] > 1 else item for item in unique.values())


def _told_apart(item: Item) -> Item:
    return replace(item, external_id=f"{item.external_id}~{made_up_id(item.url, item.title)[5:17]}")


def made_up_id(url: str, title: str) -> str:
    """The id of an entry that has none of its own: stable as long as link and title are."""
    return "made-" + hashlib.sha256(f"{url}\n{title}".encode("utf-8", "replace")).hexdigest()[:32]
