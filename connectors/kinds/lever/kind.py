"""The kind: pages of a hundred; after a page that is not full, what was absent is gone."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.http.errors import Refused
from connectors.kinds.boards import COMPANY, of_company
from connectors.kinds.kind import Asked, Body, End, Fetch, Fetched, Field, Listing, Preset
from connectors.kinds.lever import site
from connectors.parsing.item import Parsed


class Lever:
    """A company's public postings at Lever."""

    key = "lever"
    label = gettext_lazy("Lever postings")
    help = gettext_lazy(
        "The site's name, such as “acme”, or the address of its public page, such as "
        "https://jobs.lever.co/acme or https://jobs.eu.lever.co/acme. No credentials are needed."
    )
    reading = 1
    own_shape = True
    is_remote = True
    is_listing = True
    shapes = frozenset({"json"})
    fields: Sequence[Field] = (COMPANY,)
    presets: Sequence[Preset] = (Preset("lever", "Lever", "https://jobs.lever.co/{site}", about="company"),)

    def check(self, location: str) -> None:
        """See :class:`connectors.kinds.kind.Kind`."""
        self._site(location)

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Nothing can be wrong."""
        yield from ()

    def hosts(self, asked: Asked) -> frozenset[str]:
        """The API of the instance that the site is in."""
        return frozenset({self._site(asked.location).host})

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """Page by page."""
        skip = int(asked.cursor) if asked.cursor.isdecimal() else 0
        return Listing(self._bodies(self._site(asked.location), skip, fetch), done=skip // site.LIMIT)

    def _bodies(self, where: site.Site, skip: int, fetch: Fetch) -> Generator[Body, None, End]:
        for _page in range(fetch.most_pages):
            answer = fetch.get(where.address(skip), fresh=True)
            found = site.length(answer.content) if isinstance(answer, Fetched) else None
            skip += site.LIMIT
            yield answer.body(cursor=str(skip))
            if found is None or found < site.LIMIT:
                return End(is_complete=found is not None)
        return End()

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """The postings of a page."""
        return of_company(site.parse_page(body, now), asked, self._site(asked.location).name)

    def _site(self, location: str) -> site.Site:
        found = site.site_of(location)
        if found is None:
            raise Refused(_("Give the site's name or the address of its page at lever.co."), "board")
        return found


KIND = Lever()
