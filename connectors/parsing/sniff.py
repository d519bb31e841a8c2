"""The door: which parser reads this body? Content decides, then the name, then the declared type."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from connectors.parsing.feed import parse_feed
from connectors.parsing.item import Parsed, unreadable
from connectors.parsing.job_posting import parse_page
from connectors.parsing.json_feed import is_json_feed, parse_json_feed
from connectors.parsing.json_items import Mapped, parse_json_items
from connectors.parsing.magic import XML_NAMES, picture, refusal
from connectors.parsing.office import parse_docx
from connectors.parsing.pdf import parse_pdf
from connectors.parsing.plain import decode, parse_plain
from connectors.parsing.table import parse_table
from connectors.parsing.values import load_json

_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_HTML_ROOTS = frozenset(
    [
        "html",
        "head",
        "body",
        "div",
        "p",
        "span",
        "title",
        "meta",
        "script",
        "table",
        "section",
        "article",
        "main",
        "h1",
        "h2",
        "ul",
        "ol",
        "a",
        "b",
        "i",
        "img",
        "br",
        "form",
        "iframe",
    ]
)
_ROOT = re.compile(r"<(?:[a-z][\w.-]{0,40}:)?([a-z][\w.-]{0,40})[\s/>]", re.IGNORECASE)
_CASSETTE = re.compile(r"^(?:http_interactions|interactions):\s*$", re.MULTILINE)
_TABLE_NAMES = frozenset({".csv", ".tsv"})
_TABLE_TYPES = frozenset({"text/csv", "text/tab-separated-values"})
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml"})


def parse(
    name: str,
    body: bytes,
    content_type: str | None = None,
    *,
    now: datetime | None = None,
    mapped: Mapped | None = None,
) -> Parsed:
    """Read a body of any kind.

    `name` is the file's path in its source or its address: it names the format where the content does not,
    and becomes the id of a single document. `content_type` is the header, with its character set. `now`
    bounds dates (default: the clock, only here). `mapped` says where a JSON source keeps what. Never raises
    for bad input: what is not read is a problem with a reason.
    """
    now = now or datetime.now(UTC)
    suffix = PurePosixPath(name.replace("\\", "/").partition("?")[0]).suffix.lower()
    if body[:100].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return parse_pdf(name, body, now)
    if body.startswith(b"PK\x03\x04"):
        return parse_docx(name, body, now)
    reason = refusal(body, suffix)
    if reason:
        return unreadable(name, reason)
    if suffix == ".pdf":
        return unreadable(name, _("The name says PDF, but the content is something else."))
    return _parse_text(name, body, suffix, content_type or "", now, mapped)


def _parse_text(
    name: str, body: bytes, suffix: str, content_type: str, now: datetime, mapped: Mapped | None
) -> Parsed:
    charset = _charset(content_type)
    start = decode(body[:20_000], charset)[0].lstrip("\ufeff \t\r\n\0")
    media = content_type.partition(";")[0].strip().lower()
    if _CASSETTE.search(start):
        return unreadable(name, _("This is a recording of web traffic for tests, not a document."))
    if suffix in {".jsonl", ".ndjson"}:
        return _parse_lines(name, body, charset, now, mapped)
    if start[:1] in {"{", "["}:
        found = _parse_json(name, body, charset, now, mapped)
        if found.shape != "unreadable" or suffix == ".json" or "json" in media or start[0] == "{":
            return found
    elif suffix == ".json" or ("json" in media and not start.startswith("<")):
        return unreadable(name, _("The name or the header says JSON, but the content is something else."))
    if suffix in _TABLE_NAMES or media in _TABLE_TYPES:
        return parse_table(name, body, charset, now, mapped)
    return _parse_markup(name, body, start, suffix, content_type, now) or parse_plain(
        name, body, charset, now
    )


def _parse_markup(
    name: str, body: bytes, start: str, suffix: str, content_type: str, now: datetime
) -> Parsed | None:
    root = _root(start)
    media = content_type.partition(";")[0].strip().lower()
    if root == "svg":
        return unreadable(name, picture())
    if root in _FEED_ROOTS:
        return parse_feed(name, body, now, content_type or None)
    if (
        root in _HTML_ROOTS
        or suffix in _HTML_NAMES
        or (media in {"text/html", "application/xhtml+xml"} and start.startswith("<"))
    ):
        return parse_page(name, body, _charset(content_type), now)
    if suffix in XML_NAMES or "xml" in media or start.lower().startswith("<?xml"):
        return parse_feed(name, body, now, content_type or None)
    return None


def _root(start: str) -> str:
    """The first element's name without prefix, in lower case; empty where the text does not begin with
    markup.
    """
    if not start.startswith("<"):
        return ""
    if start[:15].lower().startswith("<!doctype html"):
        return "html"
    found = _ROOT.search(_without_prolog(start))
    return found[1].lower() if found else ""


def _without_prolog(start: str) -> str:
    """Cut processing instructions, comments and a DOCTYPE, whose internal subset holds no element, from the
    start.
    """
    while start.startswith(("<?", "<!")):
        is_comment, is_instruction = start.startswith("<!--"), start.startswith("<?")
        has_subset = not is_comment and not is_instruction and "[" in start.partition(">")[0]
        end = "-->" if is_comment else "?>" if is_instruction else "]>" if has_subset else ">"
        _before, found, rest = start.partition(end)
        if not found:
            return ""
        start = rest.lstrip()
    return start


def _charset(content_type: str) -> str | None:
    found = re.search(r"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    return found[1].lower() if found else None


def _parse_json(name: str, body: bytes, charset: str | None, now: datetime, mapped: Mapped | None) -> Parsed:
    document, complaint = load_json(body, charset)
    if complaint:
        return unreadable(name, complaint)
    if isinstance(document, dict) and is_json_feed(document):
        return parse_json_feed(name, document, now)
    return parse_json_items(name, document, now, mapped)


def _parse_lines(name: str, body: bytes, charset: str | None, now: datetime, mapped: Mapped | None) -> Parsed:
    text = decode(body, charset)[0]
    rows = [
        row
        for line in text.splitlines()
        if line.strip() and (row := load_json(line.encode("utf-8", "replace"))[0]) is not None
    ]
    return (
        parse_json_items(name, rows, now, mapped)
        if rows
        else unreadable(name, _("No line of this file is valid JSON."))
    )
