"""RSS, Atom, RDF and CDF by feedparser, which here reads bytes only: it can open no file and no address."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser
from django.utils.translation import gettext as _

from connectors.parsing.dates import published
from connectors.parsing.item import (
    ARTICLE,
    MEDIA,
    POSTING,
    Item,
    Parsed,
    Problem,
    distinct,
    made_up_id,
    unreadable,
)
from connectors.parsing.plain import decode
from connectors.parsing.text import is_monstrous, one_line, readable

MAX_FEED = 10_000_000
MAX_ENTRIES = 2_000
_ENTITY = re.compile(rb"<!ENTITY\s{1,20}([^\s>]{1,100})\s([^>]{0,2000})(>?)")
_PLAIN_VALUE = re.compile(rb"\s{0,20}(?:\"[^\"&%<]{0,256}\"|'[^'&%<]{0,256}'|\"&#\w{1,8};\")\s{0,20}\Z")
_NO_MARKUP = re.compile(rb"<!--|<!\[CDATA\[")
_OTHER_CODECS = re.compile(
    rb"<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}[\"'](?:utf-?7|unicode|.*escape|punycode|idna|hex|zlib|zip)",
    re.IGNORECASE,
)
# Said of a feed whose header and content disagree about type or character set, but which was read whole.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
# Fields that job feeds add, under their names at feedparser.
_JOB_FIELDS = {
    "company": ("job_listing_company", "company", "job_company", "companyname"),
    "location": (
        "job_listing_location",
        "region",
        "location",
        "job_location",
        "g_location",
        "city",
        "country",
    ),
    "employment_type": ("job_listing_job_type", "jobtype", "job_type", "employmenttype", "g_job_type"),
    "salary": ("salary", "job_salary", "g_salary"),
    "expires": ("expires_at", "expires", "expirationdate"),
}


def parse_feed(where: str, body: bytes, now: datetime, content_type: str | None = None) -> Parsed:
    """The entries of a feed. Refused with a reason: more than `MAX_FEED` bytes, entities that stand for files
    or for much text, very deep nesting. `content_type` may carry the character set; `where` makes links
    absolute if it is an address.
    """
    complaint = _danger(body)
    if complaint:
        return unreadable(where, complaint, "feed")
    headers = {"content-type": content_type} if content_type else {}
    if where.startswith(("http://", "https://")):
        headers["content-location"] = where
    try:
        found = _read(body, headers)
    # feedparser promises never to raise; these are the ways in which broken markup makes its parsers break
    # the promise.
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError) as error:
        return unreadable(
            where, _("The feed could not be read (%(why)s).") % {"why": type(error).__name__}, "feed"
        )
    return _parsed(where, found, now)


def _read(body: bytes, headers: dict[str, str]) -> Any:
    """What feedparser finds; where it had to guess the character set, by our own guess, which knows more."""
    options = {"sanitize_html": False, "resolve_relative_uris": True}
    found = feedparser.parse(io.BytesIO(body), response_headers=headers, **options)
    is_other = isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride)
    if not is_other or found.encoding.lower().encode() in body[:200].lower():
        return found
    text = decode(body, None)[0]
    headers = {**headers, "content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(io.BytesIO(text.encode()), response_headers=headers, **options)


def _parsed(where: str, found: Any, now: datetime) -> Parsed:
    language = _language(found.feed.get("language"))
    read = [_item(entry, language, now) for entry in found.entries[:MAX_ENTRIES]]
    items = [item for item in read if item is not None]
    problems = tuple(_problems(where, found, len(items)))
    return Parsed(distinct(items), problems, "feed", entries=len(found.entries))


def _problems(where: str, found: Any, read: int) -> Iterator[Problem]:
    count = len(found.entries)
    if count > MAX_ENTRIES:
        yield Problem(
            where,
            _("The feed has %(n)s entries; the first %(most)s were read.")
            % {"n": count, "most": MAX_ENTRIES},
        )
    if min(count, MAX_ENTRIES) > read:
        left_out = min(count, MAX_ENTRIES) - read
        yield Problem(
            where,
            _("Entries left out because they have neither a title nor a text: %(n)s.") % {"n": left_out},
        )
    if count == 0 and found.get("version"):
        yield Problem(where, _("The feed has no entries."))
    elif count == 0:
        yield Problem(where, _("This is not a feed that can be read."))
    elif found.get("bozo") and not isinstance(found.get("bozo_exception"), _HARMLESS):
        yield Problem(where, _("The feed is not well-formed; what could be read was taken."))


def _danger(body: bytes) -> str | None:
    if len(body) > MAX_FEED:
        return _("The feed is larger than %(n)s MB.") % {"n": MAX_FEED // 1_000_000}
    # Without zero bytes, UTF-16 and UTF-32 look like ASCII to the patterns.
    flat = body.replace(b"\0", b"")
    if _OTHER_CODECS.search(flat[:400]):
        return _("The feed declares a character set that is not accepted.")
    harmless = sum(bool(match[3] and _PLAIN_VALUE.match(match[2])) for match in _ENTITY.finditer(flat))
    if flat.count(b"<!ENTITY") > min(harmless, 300):
        return _("The feed defines entities that stand for files or much text; such feeds are not read.")
    if is_monstrous(_only_markup(flat).decode("latin-1"), xml=True):
        return _("The feed is nested too deeply, or an element has too many attributes.")
    return None


def _only_markup(body: bytes) -> bytes:
    """The body without comments and CDATA sections, whose content nests nothing."""
    pieces, at = [], 0
    while start := _NO_MARKUP.search(body, at):
        end = body.find(b"-->" if start[0] == b"<!--" else b"]]>", start.end())
        if end < 0:
            break
        pieces.append(body[at : start.start()])
        at = end + 3
    return b"".join([*pieces, body[at:]])


def _item(entry: Any, feed_language: str | None, now: datetime) -> Item | None:
    body = _body(entry)
    title, (text, hidden) = one_line(_text(entry.get("title"))), readable(body)
    if not title and not text:
        return None
    facts = _facts(entry)
    moment, as_given = published(_date(entry), now)
    if as_given:
        facts["published_as_given"] = as_given
    url = _web_address(entry)
    title = title or one_line(text.partition("\n")[0])
    return Item(
        external_id=one_line(_text(entry.get("id"))) or made_up_id(url, title),
        title=title,
        text=text or title,
        url=url,
        kind=_kind(entry, facts),
        published_at=moment,
        language=_language(_content_language(entry)) or feed_language,
        facts=facts,
        hidden=hidden,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _body(entry: Any) -> str:
    """The longest of the contents and the summary: a feed may hold a teaser in either."""
    contents = [_text(part.get("value")) for part in entry.get("content", []) if isinstance(part, Mapping)]
    return max([*contents, _text(entry.get("summary"))], key=len)


def _content_language(entry: Any) -> object:
    details = [*entry.get("content", []), entry.get("summary_detail"), entry.get("title_detail")]
    return next(
        (part["language"] for part in details if isinstance(part, Mapping) and part.get("language")), None
    )


def _language(value: object) -> str | None:
    tag = _text(value).strip().replace("_", "-").lower()
    return tag if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", tag) else None


def _web_address(entry: Any) -> str:
    candidates = [
        entry.get("link"),
        *(link.get("href") for link in entry.get("links", []) if isinstance(link, Mapping)),
    ]
    for candidate in (_text(value).strip() for value in candidates):
        if candidate.lower().startswith(("http://", "https://")):
            return candidate[:2000]
    return ""


def _date(entry: Any) -> object:
    for name in ("published", "created", "updated"):
        parsed = entry.get(f"{name}_parsed")
        if parsed:
            # feedparser gives UTC
            try:
                year, month, day, hour, minute, second = parsed[:6]
                return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
            except (ValueError, TypeError):
                continue
        if entry.get(name):
            return entry.get(name)
    return None


def _facts(entry: Any) -> dict[str, str | tuple[str, ...]]:
    facts: dict[str, str | tuple[str, ...]] = {}
    for fact, names in _JOB_FIELDS.items():
        value = next((text for name in names if (text := one_line(_text(entry.get(name))))), "")
        if value:
            facts[fact] = value
    terms = (
        one_line(_text(tag.get("term"))) for tag in entry.get("tags", []) or [] if isinstance(tag, Mapping)
    )
    topics = tuple(dict.fromkeys(term for term in terms if term))[:50]
    return facts | ({"topics": topics} if topics else {})


def _kind(entry: Any, facts: Mapping[str, object]) -> str:
    if (
        "company" in facts
        or {"location", "employment_type"} <= facts.keys()
        or {"location", "salary"} <= facts.keys()
    ):
        return POSTING
    types = [_text(link.get("type")) for link in entry.get("enclosures", []) if isinstance(link, Mapping)]
    return MEDIA if any(name.startswith(("audio/", "video/")) for name in types) else ARTICLE
