"""robots.txt (RFC 9309): what a site lets us fetch, and how fast. Read by protego. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from protego import Protego

from connectors.parsing.plain import decode

# The first word of our User-Agent header.
AGENT = "CareerForge"
LARGEST = 500_000


@dataclass(frozen=True)
class Rules:
    """``delay`` are the seconds to leave between two requests, ``maps`` the addresses of sitemaps."""

    protego: Protego | None = field(default=None, repr=False)
    delay: float = 0.0
    maps: tuple[str, ...] = ()

    def allow(self, url: str) -> bool:
        """Whether a page may be fetched."""
        return self.protego is None or bool(self.protego.can_fetch(url, AGENT))


def read_rules(content: bytes) -> Rules:
    """The rules of a robots.txt; a page of HTML in its place has none."""
    text, _ = decode(content[:LARGEST])
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return Rules()
    found = Protego.parse(text)
    rate = found.request_rate(AGENT)
    per_request = rate.seconds / rate.requests if rate and rate.requests else 0.0
    return Rules(found, max(float(found.crawl_delay(AGENT) or 0), per_request), tuple(found.sitemaps)[:20])
