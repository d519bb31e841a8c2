"""Sitemaps (sitemaps.org 0.9): the pages of a site, or the maps that list them. Pure."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from connectors.parsing.plain import decode

# The protocol allows 50 MB and 50,000 addresses in each map.
MAX_UNPACKED = 30_000_000
MAX_ADDRESSES = 50_000
_LONGEST_ADDRESS = 2_048
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, and when it changed last in the map's own words; empty where it does not say."""

    url: str
    changed: str = ""


@dataclass(frozen=True)
class Sitemap:
    """``pages`` of a site, or further ``maps``. ``is_whole``: it did not break off and was not too long."""

    pages: tuple[Entry, ...] = ()
    maps: tuple[Entry, ...] = ()
    is_whole: bool = True


def read_sitemap(content: bytes) -> Sitemap | None:
    """A map in XML or in lines of text, packed or not; None for what is no map.

    Maps that define entities are not read. What is behind a break in the XML is missing, and said.
    """
    plain, is_whole = _unpacked(content)
    start = plain[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith((b"http://", b"https://")):
        return _lines(plain, is_whole)
    if not start.startswith(b"<") or b"<!ENTITY" in plain.replace(b"\0", b""):
        return None
    found: dict[str, list[Entry]] = {"url": [], "sitemap": []}
    try:
        for kind, entry in _entries(plain):
            found[kind].append(entry)
            if len(found[kind]) >= MAX_ADDRESSES:
                is_whole = False
                break
    except (etree.XMLSyntaxError, LookupError):
        is_whole = False
    if not (found["url"] or found["sitemap"] or _is_map(start)):
        return None
    return Sitemap(tuple(found["url"]), tuple(found["sitemap"]), is_whole)


def _is_map(start: bytes) -> bool:
    return b"<urlset" in start or b"<sitemapindex" in start


def _entries(plain: bytes) -> Iterator[tuple[str, Entry]]:
    """Entry by entry, each dropped from memory before the next."""
    parser = etree.iterparse(
        io.BytesIO(plain), events=("end",), tag=("{*}url", "{*}sitemap"), resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
    )  # fmt: skip
    for _event, element in parser:
        said = {
            etree.QName(child).localname: (child.text or "").strip() for child in element.iterchildren("{*}*")
        }
        kind = etree.QName(element).localname
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
        url = said.get("loc", "")
        if url.startswith(("http://", "https://")) and len(url) <= _LONGEST_ADDRESS:
            yield kind, Entry(url, said.get("lastmod", "")[:40])


def _lines(plain: bytes, is_whole: bool) -> Sitemap:
    text, _ = decode(plain)
    lines = [line.strip() for line in text.splitlines()]
    urls = [
        line for line in lines if line.startswith(("http://", "https://")) and len(line) <= _LONGEST_ADDRESS
    ]
    return Sitemap(
        tuple(Entry(url) for url in urls[:MAX_ADDRESSES]), (), is_whole and len(urls) <= MAX_ADDRESSES
    )


def _unpacked(content: bytes) -> tuple[bytes, bool]:
    """At most ``MAX_UNPACKED`` bytes, and whether that was all."""
    if not content.startswith(_GZIP):
        return content[:MAX_UNPACKED], len(content) <= MAX_UNPACKED
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(content, MAX_UNPACKED)
    except zlib.error:
        return b"", False
    return plain, unpacker.eof
