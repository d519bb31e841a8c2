"""How a listing goes on after a page: decided from the page alone. Pure.

Six families: the address of the next page in the body or in a ``Link`` header, a page number, an offset, a
1-based start index, and an opaque cursor in the body.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from jmespath.exceptions import JMESPathError

from connectors.parsing.paths import found_at
from connectors.parsing.values import fold, scalar

AUTO, NONE, NEXT, LINK = "auto", "none", "next", "link"
PAGE, OFFSET, START, CURSOR = "page", "offset", "start_index", "cursor"
NUMBERED = frozenset({PAGE, OFFSET, START})
_FIRST = {PAGE: 1, OFFSET: 0, START: 1}
_PARAMETERS = {PAGE: "page", OFFSET: "offset", START: "startIndex", CURSOR: "cursor"}
_SIZES = {PAGE: "per_page", OFFSET: "limit", START: "count", CURSOR: "limit"}
# Where sources put the address of the next page, under folded names.
_NEXT_NAMES = ("next", "nexturl", "nextlink", "nextpageurl", "nextpage", "odatanextlink")
_NEXT_HOLDERS = ("paging", "pagination", "links", "meta", "pageinfo")


@dataclass(frozen=True)
class Turning:
    """How a source pages.

    Attributes:
        family: one of the names above.
        path: JMESPath to the next address or cursor.
        parameter, size_parameter: names in the query.
        size: entries per page; 0 leaves it to the source.
        first: number of the first page.
        total, more: JMESPath to the number of all entries, and to whether there are more.
    """

    family: str = AUTO
    path: str = ""
    parameter: str = ""
    size_parameter: str = ""
    size: int = 0
    first: int | None = None
    total: str = ""
    more: str = ""


@dataclass(frozen=True)
class Page:
    """A page as it came: its address, its document, its ``Link`` header, and how many entries it holds."""

    url: str
    document: object
    links: Mapping[str, str]
    entries: int


def beginning(turning: Turning, location: str, cursor: str = "") -> str:
    """The first page's address, or the one at which an earlier attempt stopped."""
    if turning.family in {NEXT, LINK, AUTO} and cursor:
        return cursor
    asked: dict[str, str] = {}
    if turning.size and turning.family in _SIZES:
        asked[turning.size_parameter or _SIZES[turning.family]] = str(turning.size)
    if turning.family in _PARAMETERS and (cursor or turning.family in NUMBERED):
        asked[_parameter(turning)] = cursor or str(_start(turning))
    return asking(location, asked)


def following(turning: Turning, page: Page) -> str | None:
    """The next page's address, or None after the last one. An address may be relative, and may lead anywhere:
    whoever follows it checks that.
    """
    family: Callable[[Turning, Page], str | None] = FAMILIES[turning.family]
    return family(turning, page)


def cursor_of(turning: Turning, url: str) -> str:
    """What to keep so that an interrupted listing goes on at this address; empty where nothing can be."""
    if turning.family in _PARAMETERS:
        return _query(url).get(_parameter(turning), "")
    return "" if _looks_secret(url) else url


def asking(url: str, values: Mapping[str, str]) -> str:
    """The address with these parameters, in place of others of their names."""
    if not values:
        return url
    parts = urlsplit(url)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in values
    ]
    return urlunsplit(parts._replace(query=urlencode([*kept, *values.items()]), fragment=""))


def _none(turning: Turning, page: Page) -> str | None:
    return None


def _link(turning: Turning, page: Page) -> str | None:
    return page.links.get("next")


def _next(turning: Turning, page: Page) -> str | None:
    return _address(at(turning.path, page.document)) if turning.path else by_convention(page.document)


def _auto(turning: Turning, page: Page) -> str | None:
    return _link(turning, page) or by_convention(page.document)


def _cursor(turning: Turning, page: Page) -> str | None:
    found = scalar(at(turning.path or "next_cursor", page.document)).strip()
    is_over = not found or found in {"0", "-1", "false"} or _says_no_more(turning, page)
    if is_over or found == _query(page.url).get(_parameter(turning)):
        return None
    return asking(page.url, {_parameter(turning): found})


def _numbered(turning: Turning, page: Page) -> str | None:
    name = _parameter(turning)
    at = _whole(_query(page.url).get(name)) or 0
    following_at = at + 1 if turning.family == PAGE else at + page.entries
    if page.entries == 0 or _says_no_more(turning, page) or _is_last(turning, page, following_at):
        return None
    return asking(page.url, {name: str(following_at)})


def _is_last(turning: Turning, page: Page, following_at: int) -> bool:
    """Whether the entries before ``following_at`` are all there are."""
    total = _whole(at(turning.total, page.document)) if turning.total else None
    seen = following_at - _start(turning)
    if turning.family == PAGE:
        seen *= turning.size or 0
    if total is not None and (turning.size or turning.family != PAGE):
        return seen >= total
    # A page that is not full is the last one, if we said how full it should be and nobody says otherwise.
    return bool(turning.size and not turning.more and page.entries < turning.size)


def _says_no_more(turning: Turning, page: Page) -> bool:
    return bool(turning.more) and scalar(at(turning.more, page.document)).lower() in {"", "false", "0", "no"}


FAMILIES: dict[str, Callable[[Turning, Page], str | None]] = {
    AUTO: _auto, NONE: _none, NEXT: _next, LINK: _link,
    PAGE: _numbered, OFFSET: _numbered, START: _numbered, CURSOR: _cursor,
}  # fmt: skip


def by_convention(document: object) -> str | None:
    """The address of the next page where sources usually put it; a cursor or a number is none."""
    if not isinstance(document, Mapping):
        return None
    names = {fold(str(key)): value for key, value in document.items()}
    found = next((address for name in _NEXT_NAMES if (address := _address(names.get(name)))), None)
    if found:
        return found
    inner = (names.get(name) for name in _NEXT_HOLDERS)
    return next(
        (address for value in inner if value is not document and (address := by_convention(value))), None
    )


def _address(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("href") or value.get("url")
    text = value.strip() if isinstance(value, str) else ""
    return text if text.startswith(("http://", "https://", "/", "?")) else None


def at(path: str, document: object) -> object:
    """What a JMESPath finds in a document; None for nothing, and for a path that does not fit."""
    try:
        return found_at(path, document)
    except (JMESPathError, ValueError, TypeError, RecursionError):
        return None


def _parameter(turning: Turning) -> str:
    return turning.parameter or _PARAMETERS[turning.family]


def _start(turning: Turning) -> int:
    return turning.first if turning.first is not None else _FIRST[turning.family]


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True, max_num_fields=200))


def _whole(value: object) -> int | None:
    text = scalar(value)
    return int(text) if text.isdecimal() and len(text) < 12 else None


def _looks_secret(url: str) -> bool:
    return any(
        word in fold(name) for name in _query(url) for word in ("key", "token", "secret", "sig", "auth")
    )
