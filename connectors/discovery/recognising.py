"""Which sources an address or an answer points to. Pure: nothing is fetched here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from connectors.discovery.proposals import Candidate
from connectors.kinds import links, registry
from connectors.kinds.ashby.board import name_of as ashby_name
from connectors.kinds.careers.sitemap import read_sitemap
from connectors.kinds.greenhouse.board import token_of as greenhouse_token
from connectors.kinds.lever.site import site_of as lever_site
from connectors.parsing.page_head import Head, read_head
from connectors.parsing.sniff import parse

# Addresses of boards wherever they stand in a page, also escaped in a script.
_BOARD_ADDRESS = re.compile(
    r"(?:https?:)?\\?/\\?/((?:[a-z0-9-]{1,30}\.){1,3}(?:greenhouse\.io|lever\.co|ashbyhq\.com)(?:\\?/[^\s\"'<>]{1,300})?)",
    re.IGNORECASE,
)


def by_address(url: str) -> list[Candidate]:
    """What an address says by itself: a board's page, or a source that we know by name."""
    return [*_boards([url], _("The address is one of %(board)s.")), *_presets(url)]


def _presets(url: str) -> Iterator[Candidate]:
    """Sources with one address for everybody; of the others nothing can be told from theirs."""
    for kind in registry.all_kinds():
        for preset in kind.presets:
            start = preset.location.partition("{")[0].partition("?")[0]
            if "{" not in preset.location.partition("?")[0] and _is_below(url, start):
                seen = _("The address is that of %(name)s.") % {"name": preset.name}
                yield Candidate(kind.key, url, seen, preset.settings)


def _is_below(url: str, start: str) -> bool:
    asked, known = urlsplit(url), urlsplit(start)
    return asked.hostname == known.hostname and asked.path.rstrip("/") == known.path.rstrip("/")


def by_content(url: str, content: bytes, content_type: str | None, now: datetime) -> list[Candidate]:
    """What an answer is, or leads to: best first."""
    if read_sitemap(content) is not None:
        return [Candidate("careers", url, _("This is a sitemap."))]
    found = parse(links.shown(url), content, content_type, now=now)
    if found.shape in {"feed", "json_feed"}:
        return [Candidate("feed", url, _("This is a feed."))]
    if found.shape == "json":
        return [Candidate("json", url, _("This is JSON with a list of entries."))] if found.items else []
    if found.shape == "html":
        return list(_behind(url, content, content_type))
    return []


def by_hand(url: str, content: bytes, content_type: str | None, now: datetime) -> Candidate | None:
    """What an answer is whose entries nobody but a person finds."""
    if parse(links.shown(url), content, content_type, now=now).shape != "json":
        return None
    return Candidate("json", url, _("This is JSON."))


def why_not(url: str, content: bytes, content_type: str | None, now: datetime) -> str:
    """Why an answer that leads nowhere does not, in words."""
    found = parse(links.shown(url), content, content_type, now=now)
    if found.shape in {"pdf", "docx", "text", "table"} and found.items:
        return _("This is a single document, which does not change by itself.")
    if found.shape == "html":
        return _(
            "This page has no feed, no job board that we know, no posting by schema.org, and no sitemap with "
            "any. It may be built in the browser only."
        )
    return found.problems[0].reason if found.problems else _("This cannot be read.")


def _behind(url: str, content: bytes, content_type: str | None) -> Iterator[Candidate]:
    head = read_head(content, content_type)
    base = url
    named = [urljoin(base, link) for link in _joinable([*head.embedded, *head.anchors])]
    yield from _boards([*named, *_written_out(content)], _("The page holds a job board at %(board)s."))
    has_posting = any("JobPosting" in script for script in head.scripts)
    if has_posting:
        yield Candidate("careers", url, _("The page holds a posting by schema.org."))
    yield from _feeds(base, head)
    if not has_posting:
        yield Candidate("careers", url, _("The site has pages that look like postings."), is_guess=True)


def _feeds(base: str, head: Head) -> Iterator[Candidate]:
    for address in dict.fromkeys(urljoin(base, link) for link in _joinable(head.feeds)):
        # Feeds of comments stand beside those of articles in many blogs.
        if "comments" not in address.lower():
            yield Candidate("feed", address, _("The page names this feed."))


def _joinable(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        try:
            urlsplit(address)
        except ValueError:
            continue
        yield address.strip()


def _written_out(content: bytes) -> list[str]:
    text = content[:2_000_000].decode("latin-1")
    return ["https://" + found.replace("\\/", "/") for found in _BOARD_ADDRESS.findall(text)]


def _boards(addresses: Iterable[str], words: str) -> list[Candidate]:
    """Each board once, under its short name or an address that says which instance it is in."""
    found: dict[tuple[str, str], Candidate] = {}
    for address in addresses:
        for kind, name, locate in _BOARDS:
            location = locate(address) if links.host(address).endswith(name) else None
            if location:
                found.setdefault((kind, location), Candidate(kind, location, words % {"board": name}))
    return list(found.values())[:5]


def _greenhouse(address: str) -> str | None:
    token = greenhouse_token(address)
    return f"https://boards.greenhouse.io/{token}" if token else None


def _lever(address: str) -> str | None:
    site = lever_site(address)
    return f"https://{site.host.replace('api.', 'jobs.', 1)}/{site.name}" if site else None


def _ashby(address: str) -> str | None:
    name = ashby_name(address)
    return f"https://jobs.ashbyhq.com/{name}" if name else None


_BOARDS: tuple[tuple[str, str, Callable[[str], str | None]], ...] = (
    ("greenhouse", "greenhouse.io", _greenhouse),
    ("lever", "lever.co", _lever),
    ("ashby", "ashbyhq.com", _ashby),
)
