"""The kind: robots.txt, then the sitemap, then the pages that are new, changed, or have not been asked for a
while. A page that is not found any more, or not listed, is gone.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.http.errors import FetchError, Refused
from connectors.kinds import described, links
from connectors.kinds.careers import choosing, pages
from connectors.kinds.careers.looking import Site
from connectors.kinds.careers.sitemap import Entry
from connectors.kinds.kind import Asked, Body, End, Fetch, Field, Listing, Preset
from connectors.parsing.item import Parsed

# Whatever is asked next would fail alike: what is left is for the next run.
_ENOUGH = frozenset({"no_time", "pages", "given_up", "not_yet"})
_IN_A_ROW = 5
LONGEST_CURSOR = 200


class Careers:
    """A company's career pages, which say their postings by schema.org."""

    key = "careers"
    label = gettext_lazy("Career pages (schema.org)")
    help = gettext_lazy(
        "The address of a company’s career pages or of its sitemap. Pages are found by the sitemap, and read "
        "where they hold a schema.org JobPosting. robots.txt is obeyed."
    )
    reading = 1
    own_shape = False
    is_remote = True
    is_listing = False
    shapes = frozenset({"html"})
    fields: Sequence[Field] = (
        Field(
            "wanted", gettext_lazy("Addresses that contain"),
            gettext_lazy("Such as /jobs/. Empty: addresses that look like jobs in the usual languages."),
        ),
        Field(
            "all_pages", gettext_lazy("Keep pages without a posting too"), type="yes_no", default=False,
        ),
        *described.FIELDS,
    )  # fmt: skip
    presets: Sequence[Preset] = (
        Preset("careers", "schema.org", "https://{company}/careers/", about="company"),
    )

    def check(self, location: str) -> None:
        """Any address of the web."""
        scheme, host, _port = links.origin(location)
        if scheme not in {"http", "https"} or not host:
            raise Refused(_("Give the address of the career pages, with https://."), "malformed")

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Nothing can be wrong."""
        yield from ()

    def hosts(self, asked: Asked) -> frozenset[str]:
        """The site with and without www."""
        host = links.host(asked.location)
        bare = host.removeprefix("www.")
        return frozenset({host, bare, f"www.{bare}"})

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """Page by page."""
        return Listing(_Walk(asked, fetch).bodies())

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """The postings of a page."""
        found = pages.read_page(body, now, all_pages=bool(asked.settings.get("all_pages")))
        return described.described(found, asked.settings)


@dataclass
class _Walk:
    """One walk over a site."""

    asked: Asked
    fetch: Fetch
    known: dict[str, str] = field(default_factory=dict)

    def bodies(self) -> Generator[Body, None, End]:
        """New and changed pages, then a word that the others are still listed."""
        turn = int(self.asked.since.get("turn") or 0)
        site = Site(self.asked.location.strip(), self.fetch, self.asked.settings.get("wanted") or "")
        found = site.pages()
        yield from found.failures
        since = {str(name): str(value) for name, value in (self.asked.since.get("pages") or {}).items()}
        planned = choosing.plan(found.entries, since, turn, self.asked.cursor)
        self.known = {choosing.key(one.url): one.changed for one in (*planned.keep, *planned.done)}
        unreached = yield from self._ask(planned.ask)
        for entry in [*planned.keep, *(one for one in unreached if choosing.key(one.url) in since)]:
            place = links.without_parameters(entry.url, ())
            yield Body(self.fetch.where(entry.url), place=place, unchanged=True, cursor=self.asked.cursor)
        is_complete = found.is_whole and not planned.is_cut
        return End(is_complete=is_complete, remember={"turn": turn + 1, "pages": self.known})

    def _ask(self, entries: Sequence[Entry]) -> Generator[Body, None, Sequence[Entry]]:
        """Fetch pages; gives back those that were not reached."""
        failed = 0
        for at, entry in enumerate(entries):
            try:
                answer = self.fetch.ask(entry.url, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.5")
            except FetchError as error:
                failed += 1
                if error.code in _ENOUGH or failed >= _IN_A_ROW:
                    return entries[at:]
                yield self.fetch.failed(entry.url, error)
                continue
            failed = 0
            if answer is None:
                continue
            self.known[choosing.key(entry.url)] = entry.changed
            yield answer.body(cursor=entry.url if len(entry.url) <= LONGEST_CURSOR else "")
        return ()


KIND = Careers()
