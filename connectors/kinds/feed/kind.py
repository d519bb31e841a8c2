"""The kind: one answer with the newest entries, so that nothing absent from it is gone."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from connectors.kinds import described, links
from connectors.kinds.kind import Asked, Body, End, Fetch, Field, Listing, Preset
from connectors.parsing.item import Parsed
from connectors.parsing.sniff import parse


class Feed:
    """A feed of news, articles or postings."""

    key = "feed"
    label = gettext_lazy("Feed (RSS, Atom, JSON Feed)")
    help = gettext_lazy("The address of a feed. Entries that leave it stay here.")
    reading = 1
    own_shape = False
    is_remote = True
    is_listing = True
    shapes = frozenset({"feed", "json_feed"})
    fields: Sequence[Field] = described.FIELDS
    presets: Sequence[Preset] = ()

    def check(self, location: str) -> None:
        """Any address that the guarded client allows."""

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Nothing can be wrong."""
        yield from ()

    def hosts(self, asked: Asked) -> frozenset[str]:
        """The feed's own host."""
        return frozenset({links.host(asked.location)})

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """One answer."""
        return Listing(self._bodies(asked, fetch), count=1)

    def _bodies(self, asked: Asked, fetch: Fetch) -> Generator[Body, None, End]:
        yield fetch.get(asked.location).body()
        return End()

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """The feed's entries."""
        found = parse(body.where, body.content, body.content_type, now=now)
        return described.described(found, asked.settings)


KIND = Feed()
