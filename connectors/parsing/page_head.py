"""What a web page says about itself and where it leads, beside its text. Pure."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import Any

import trafilatura

from connectors.parsing.plain import decode
from connectors.parsing.text import MAX_MARKUP, is_monstrous
from connectors.parsing.values import language_tag

MOST_LINKS = 5_000
# It logs an error for each page without text, which is an expected answer here.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
# What an XML tree cannot hold.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")


@dataclass
class Head:
    """JSON-LD scripts, titles and headings, language, canonical address, meta fields; and addresses as they
    stand: of ``feeds``, of ``embedded`` scripts and frames, of ``anchors``.
    """

    scripts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    language: str | None = None
    canonical: str = ""
    feeds: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)


def read_head(content: bytes, content_type: str | None) -> Head:
    """The head of a page; an empty one for a page that is not read, because it is too large or too deep."""
    charset = re.search(r"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", content_type or "", re.IGNORECASE)
    markup, _ = decode(content[: 2 * MAX_MARKUP], charset[1] if charset else declared_charset(content))
    return Head() if is_monstrous(markup) else head_of(tree_of(markup))


def tree_of(markup: str) -> Any:
    """The page's tree, or None where there is none."""
    return trafilatura.load_html(holdable(markup))


def holdable(markup: str) -> str:
    """The markup without characters that a tree cannot hold."""
    return _UNHOLDABLE.sub("", markup)


def head_of(tree: Any) -> Head:
    """What a tree says about itself."""
    if tree is None:
        return Head()
    head = Head(language=language_tag(tree.get("lang") or ""))
    for element in tree.iter("script", "title", "h1", "meta", "link", "iframe", "a"):
        _READERS[element.tag](head, element)
    return head


def declared_charset(content: bytes) -> str | None:
    """The character set of a meta element."""
    start = content[:2048].lower()
    at = start.find(b"charset=")
    name = start[at + 8 : at + 48].strip(b"\"' ") if at >= 0 else b""
    name = name.split(b'"')[0].split(b"'")[0].split(b">")[0].split(b";")[0].strip(b" /")
    return name.decode("ascii", "ignore") or None


def _script(head: Head, element: Any) -> None:
    if "ld+json" in (element.get("type") or "").lower():
        head.scripts.append(element.text or "")
    _embedded(head, element)


def _embedded(head: Head, element: Any) -> None:
    if element.get("src") and len(head.embedded) < MOST_LINKS:
        head.embedded.append(element.get("src"))


def _title(head: Head, element: Any) -> None:
    head.titles.append(element.text_content())


def _meta(head: Head, element: Any) -> None:
    name = element.get("property") or element.get("name") or ""
    head.meta.setdefault(name.lower(), element.get("content") or "")


def _link(head: Head, element: Any) -> None:
    relation, address = (element.get("rel") or "").lower().split(), element.get("href") or ""
    if "canonical" in relation:
        head.canonical = address
    if "alternate" in relation and (element.get("type") or "").lower().strip() in _FEED_TYPES and address:
        head.feeds.append(address)


def _anchor(head: Head, element: Any) -> None:
    if element.get("href") and len(head.anchors) < MOST_LINKS:
        head.anchors.append(element.get("href"))


_READERS = {
    "script": _script, "title": _title, "h1": _title, "meta": _meta, "link": _link, "iframe": _embedded,
    "a": _anchor,
}  # fmt: skip
