"""Finding a site's pages: robots.txt, the sitemaps it names or the usual one, else the links of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from careerforge.http.errors import BadStatus, FetchError, Refused
from connectors.kinds import links
from connectors.kinds.careers.choosing import about_jobs, links_to_jobs
from connectors.kinds.careers.rules import Rules, read_rules
from connectors.kinds.careers.sitemap import Entry, Sitemap, read_sitemap
from connectors.kinds.kind import Body, Fetch, Fetched
from connectors.parsing.page_head import read_head

MOST_MAPS = 50
_MAP_TYPES = "application/xml,text/xml,text/plain;q=0.8,*/*;q=0.5"
# RFC 9309, 2.3.1.3: a robots.txt that cannot be had for the client's fault sets no rules.
_NO_RULES = frozenset(range(400, 500)) - {429}


@dataclass(frozen=True)
class Found:
    """The pages to look at. ``is_whole``: no map was missing, broken or left out."""

    entries: tuple[Entry, ...]
    is_whole: bool
    failures: tuple[Body, ...] = ()


@dataclass
class Site:
    """A site that is looked through once.

    Args:
        wanted: what addresses of postings contain; empty for the usual words.
    """

    location: str
    fetch: Fetch
    wanted: str
    rules: Rules = field(default_factory=Rules)
    is_whole: bool = True
    failures: list[Body] = field(default_factory=list)

    def pages(self) -> Found:
        """Every page that may be looked at.

        Raises:
            FetchError: the site cannot be reached, or forbids it.
        """
        self.rules = self._read_rules()
        self.fetch.pace(self.location, self.rules.delay)
        entries = list(self._by_maps())
        chosen = about_jobs(entries, self.wanted, self.location) if entries else self._by_links()
        allowed = [entry for entry in chosen if self.rules.allow(entry.url)]
        if chosen and not allowed:
            raise Refused(_("The robots.txt of this site forbids its career pages to programs."), "robots")
        return Found(tuple(allowed), self.is_whole, tuple(self.failures))

    def _read_rules(self) -> Rules:
        """The site's rules. While they cannot be had for the site's fault, everything is forbidden."""
        answer = self.fetch.ask(
            urljoin(self.location, "/robots.txt"), accept="text/plain,*/*;q=0.5", fresh=True, absent=_NO_RULES
        )
        return read_rules(answer.content) if isinstance(answer, Fetched) else Rules()

    def _by_maps(self) -> Iterator[Entry]:
        """The entries of all maps. Only maps on the site's own host are read."""
        named = [url for url in self.rules.maps if links.host(url) == links.host(self.location)]
        usual = urljoin(self.location, "/sitemap.xml")
        is_map = ".xml" in self.location.lower() or "sitemap" in self.location.lower()
        waiting = [self.location] if is_map else named or [usual]
        seen: set[str] = set()
        while waiting:
            url = waiting.pop(0)
            if url in seen or not self.rules.allow(url):
                continue
            if len(seen) >= MOST_MAPS:
                self.is_whole = False
                return
            seen.add(url)
            found = self._map(url, is_optional=url == usual and not named)
            if found is not None:
                waiting += [one.url for one in found.maps if links.host(one.url) == links.host(self.location)]
                yield from found.pages

    def _map(self, url: str, *, is_optional: bool) -> Sitemap | None:
        try:
            answer = self.fetch.ask(url, accept=_MAP_TYPES, fresh=True)
        except FetchError as error:
            if isinstance(error, BadStatus) and is_optional:
                return None
            self.is_whole = False
            self.failures.append(self.fetch.failed(url, error))
            return None
        found = read_sitemap(answer.content) if isinstance(answer, Fetched) else None
        if found is None and not is_optional:
            self.is_whole = False
            reason = Refused(_("This is not a sitemap that can be read."), "sitemap")
            self.failures.append(self.fetch.failed(url, reason))
        self.is_whole = self.is_whole and (found is None or found.is_whole)
        return found

    def _by_links(self) -> list[Entry]:
        """The page itself and those that it links to; never the whole of what the site has."""
        self.is_whole = False
        if not self.rules.allow(self.location):
            raise Refused(_("The robots.txt of this site forbids its career pages to programs."), "robots")
        answer = self.fetch.get(self.location, accept="text/html,*/*;q=0.5", fresh=True)
        assert isinstance(answer, Fetched)
        head = read_head(answer.content, answer.content_type)
        return [Entry(self.location), *links_to_jobs(answer.url, head.anchors, self.wanted)]
