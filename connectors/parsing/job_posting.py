"""Web pages: schema.org JobPosting where a page has one, else its main text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

import trafilatura
from django.utils.translation import gettext as _

from connectors.parsing.dates import published
from connectors.parsing.item import PAGE, POSTING, Item, Parsed, Problem, distinct, made_up_id, unreadable
from connectors.parsing.json_kinds import facts_of
from connectors.parsing.page_head import Head, declared_charset, head_of, holdable, tree_of
from connectors.parsing.plain import decode
from connectors.parsing.text import MAX_MARKUP, clean, html_to_text, is_monstrous, one_line, readable
from connectors.parsing.unseen import parted
from connectors.parsing.values import Record, first, folded, label, labels, language_tag, web_address

MAX_POSTINGS = 500
# trafilatura's time grows faster than the page; beyond this all text of the page is taken.
MAX_ELEMENTS = 20_000


def parse_page(where: str, body: bytes, charset: str | None, now: datetime) -> Parsed:
    """The postings of a page, or the page itself as one item of kind `page` whose id is `where`."""
    if len(body) > 2 * MAX_MARKUP:
        return unreadable(
            where, _("The page is larger than %(n)s MB.") % {"n": 2 * MAX_MARKUP // 1_000_000}, "html"
        )
    markup, warning = decode(body, charset or declared_charset(body))
    problems = [Problem(where, warning)] if warning else []
    if is_monstrous(markup):
        reason = _("The page is nested too deeply, or an element has too many attributes.")
        return unreadable(where, reason, "html")
    head = head_of(tree_of(markup))
    postings, bad = _postings(head.scripts)
    if bad:
        problems.append(
            Problem(where, _("JSON-LD blocks of the page that are empty or not valid: %(n)s.") % {"n": bad})
        )
    base = where if where.startswith(("http://", "https://")) else ""
    items = [_posting(posting, head, base, now) for posting in postings[:MAX_POSTINGS]]
    read = [item for item in items if item is not None] or [
        item for item in [_page(where, markup, head, base, now)] if item
    ]
    if not read:
        problems.append(Problem(where, _("The page holds no readable text; it may be built in the browser.")))
    return Parsed(distinct(read), tuple(problems), "html")


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


def _posting(posting: Record, head: Head, base: str, now: datetime) -> Item | None:
    record = folded({key.removeprefix("@").removeprefix("schema:"): value for key, value in posting.items()})
    title = label(first(record, ("title", "name"))) or one_line(head.titles[0] if head.titles else "")
    said = (record[name] for name in _TEXTS if isinstance(record.get(name), str))
    text, hidden = readable("\n".join(str(value) for value in said))
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
        hidden=hidden,
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


def _place(record: Record) -> dict[str, str | tuple[str, ...]]:
    value = record.get("joblocation")
    places = [
        place for place in (value if isinstance(value, list) else [value]) if isinstance(place, Mapping)
    ]
    found = tuple(dict.fromkeys(address for place in places if (address := _address(place))))[:50]
    countries = (_country(place) for place in places)
    remote = "TELECOMMUTE" in label(record.get("joblocationtype")).upper()
    facts: dict[str, str | tuple[str, ...]] = {
        "location": "; ".join(found)[:500],
        "locations": found,
        "country": next(filter(None, countries), ""),
        "remote": "true" if remote else "",
        "requisition": _identifier(record),
    }
    return {name: value for name, value in facts.items() if value}


def _country(place: Record) -> str:
    address = place.get("address")
    return label(folded(address).get("addresscountry")) if isinstance(address, Mapping) else ""


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


def _page(where: str, markup: str, head: Head, base: str, now: datetime) -> Item | None:
    seen = parted(markup)
    text = clean(_main_text(seen.shown))
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
        hidden=clean(seen.hidden),
    )


def _own_address(head: Head, base: str) -> str:
    return web_address(head.canonical, base) or web_address(head.meta.get("og:url"), base) or base


def _main_text(markup: str) -> str:
    """trafilatura's main text, or all text of a page in which it finds none or which is very long."""
    if not markup.strip() or markup.count("<") > MAX_ELEMENTS:
        return html_to_text(markup)
    found = trafilatura.extract(holdable(markup), include_comments=False, include_tables=True)
    # trafilatura puts blocks on lines of their own; items of a list stay together.
    return re.sub(r"\n(?!- )", "\n\n", found) if found else html_to_text(markup)
