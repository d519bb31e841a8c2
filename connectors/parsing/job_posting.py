"""Web pages: schema.org JobPosting where a page has one, else its main text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import trafilatura

from connectors.parsing.dates import published
from connectors.parsing.item import PAGE, POSTING, Item, Parsed, Problem, distinct, made_up_id, unreadable
from connectors.parsing.json_kinds import facts_of
from connectors.parsing.plain import decode
from connectors.parsing.text import MAX_MARKUP, clean, html_to_text, is_monstrous, one_line
from connectors.parsing.values import Record, first, folded, label, labels, language_tag, web_address

MAX_POSTINGS = 500
# trafilatura's time grows faster than the page; beyond this all text of the page is taken.
MAX_ELEMENTS = 20_000
# What an XML tree cannot hold.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass
class _Head:
    """What a page says about itself: JSON-LD scripts, title and headings, language, canonical address, meta
    fields.
    """

    scripts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    language: str | None = None
    canonical: str = ""


def _head(tree: Any) -> _Head:
    head = _Head(language=language_tag(tree.get("lang") or ""))
    for element in tree.iter("script", "title", "h1", "meta", "link"):
        if element.tag == "script" and "ld+json" in (element.get("type") or "").lower():
            head.scripts.append(element.text or "")
        elif element.tag in {"title", "h1"}:
            head.titles.append(element.text_content())
        elif element.tag == "meta":
            name = element.get("property") or element.get("name") or ""
            head.meta.setdefault(name.lower(), element.get("content") or "")
        elif element.tag == "link" and (element.get("rel") or "").lower() == "canonical":
            head.canonical = element.get("href") or ""
    return head


def parse_page(where: str, body: bytes, charset: str | None, now: datetime) -> Parsed:
    """The postings of a page, or the page itself as one item of kind `page` whose id is `where`."""
    if len(body) > 2 * MAX_MARKUP:
        return unreadable(where, f"The page is larger than {2 * MAX_MARKUP // 1_000_000} MB.", "html")
    markup, warning = decode(body, charset or _declared(body))
    problems = [Problem(where, warning)] if warning else []
    if is_monstrous(markup):
        reason = "The page is nested too deeply, or an element has too many attributes."
        return unreadable(where, reason, "html")
    tree = trafilatura.load_html(_INVISIBLE.sub("", markup))
    head = _head(tree) if tree is not None else _Head()
    postings, bad = _postings(head.scripts)
    if bad:
        problems.append(Problem(where, f"JSON-LD blocks of the page that are empty or not valid: {bad}."))
    base = where if where.startswith(("http://", "https://")) else ""
    items = [_posting(posting, head, base, now) for posting in postings[:MAX_POSTINGS]]
    read = [item for item in items if item is not None] or [
        item for item in [_page(where, markup, head, base, now)] if item
    ]
    if not read:
        problems.append(Problem(where, "The page holds no readable text; it may be built in the browser."))
    return Parsed(distinct(read), tuple(problems), "html")


def _declared(body: bytes) -> str | None:
    """The character set of a meta element."""
    start = body[:2048].lower()
    at = start.find(b"charset=")
    name = start[at + 8 : at + 48].strip(b"\"' ") if at >= 0 else b""
    name = name.split(b'"')[0].split(b"'")[0].split(b">")[0].split(b";")[0].strip(b" /")
    return name.decode("ascii", "ignore") or None


def _postings(scripts: list[str]) -> tuple[list[Record], int]:
    found: list[Record] = []
    bad = 0
    for script in scripts:
        try:
            found.extend(_typed(json.loads(script.strip().removesuffix(";"), strict=False)))
        except (ValueError, RecursionError):
            bad += 1
    return found, bad


def _typed(document: object, depth: int = 0) -> Iterator[Record]:
    """Every JobPosting in a JSON-LD document: at the top, in arrays, in `@graph`, in lists of items."""
    if depth > 6:
        return
    if isinstance(document, list):
        for entry in document:
            yield from _typed(entry, depth + 1)
    elif isinstance(document, Mapping):
        kinds = document.get("@type")
        if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
            yield document
            return
        for name in ("@graph", "itemListElement", "item", "mainEntity", "mainEntityOfPage"):
            yield from _typed(document.get(name), depth + 1)


def _posting(posting: Record, head: _Head, base: str, now: datetime) -> Item | None:
    record = folded({key.removeprefix("@").removeprefix("schema:"): value for key, value in posting.items()})
    title = label(first(record, ("title", "name"))) or one_line(head.titles[0] if head.titles else "")
    text = html_to_text("\n".join(str(record[name]) for name in _TEXTS if isinstance(record.get(name), str)))
    if not title:
        return None
    url = web_address(first(record, ("url", "id")), base) or _own_address(head, base)
    moment, as_given = published(record.get("dateposted"), now)
    facts = facts_of(POSTING, record, url) | _place(record) | _terms(record)
    facts |= {"published_as_given": as_given} if as_given else {}
    return Item(
        external_id=_identifier(record) or made_up_id(url, title),
        title=title,
        text=text or title,
        url=url,
        kind=POSTING,
        published_at=moment,
        language=language_tag(record.get("inlanguage")) or head.language,
        facts=facts,
    )


_TEXTS = (
    "description",
    "responsibilities",
    "qualifications",
    "skills",
    "experiencerequirements",
    "educationrequirements",
    "jobbenefits",
)


def _identifier(record: Record) -> str:
    value = record.get("identifier")
    inner = first(folded(value), ("value", "propertyid")) if isinstance(value, Mapping) else value
    return label(inner if not isinstance(inner, Mapping) else None)


def _place(record: Record) -> dict[str, str]:
    places = record.get("joblocation")
    found = [
        _address(place)
        for place in (places if isinstance(places, list) else [places])
        if isinstance(place, Mapping)
    ]
    text = "; ".join(dict.fromkeys(address for address in found if address))[:500]
    remote = "TELECOMMUTE" in label(record.get("joblocationtype")).upper()
    return ({"location": text} if text else {}) | ({"remote": "true"} if remote else {})


def _address(place: Record) -> str:
    address = place.get("address")
    if not isinstance(address, Mapping):
        return label(address) or label(place)
    names = folded(address)
    parts = (label(names.get(name)) for name in ("addresslocality", "addressregion", "addresscountry"))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _terms(record: Record) -> dict[str, str | tuple[str, ...]]:
    skills = labels(record.get("skills"))
    direct = label(record.get("directapply"))
    return ({"skills": skills} if len(skills) > 1 else {}) | ({"direct_apply": direct} if direct else {})


def _page(where: str, markup: str, head: _Head, base: str, now: datetime) -> Item | None:
    text = clean(_main_text(markup))
    title = next(
        (found for raw in [head.meta.get("og:title", ""), *head.titles] if (found := one_line(raw))), ""
    )
    if not text:
        return None
    moment, as_given = published(head.meta.get("article:published_time"), now)
    return Item(
        external_id=where,
        title=title or one_line(text.partition("\n")[0]),
        text=text,
        url=_own_address(head, base),
        kind=PAGE,
        published_at=moment,
        language=head.language,
        facts={"published_as_given": as_given} if as_given else {},
    )


def _own_address(head: _Head, base: str) -> str:
    return web_address(head.canonical, base) or web_address(head.meta.get("og:url"), base) or base


def _main_text(markup: str) -> str:
    """trafilatura's main text, or all text of a page in which it finds none or which is very long."""
    if not markup.strip() or markup.count("<") > MAX_ELEMENTS:
        return html_to_text(markup)
    found = trafilatura.extract(_INVISIBLE.sub("", markup), include_comments=False, include_tables=True)
    # trafilatura puts blocks on lines of their own; items of a list stay together.
    return re.sub(r"\n(?!- )", "\n\n", found) if found else html_to_text(markup)
