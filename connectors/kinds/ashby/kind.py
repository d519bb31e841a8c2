"""The kind: one answer holds the whole board, so what is absent from it is gone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.http.errors import Refused
from connectors.kinds.ashby import board
from connectors.kinds.boards import COMPANY, of_company, whole_board
from connectors.kinds.kind import Asked, Body, Fetch, Field, Listing, Preset
from connectors.parsing.item import Parsed


class Ashby:
    """A company's public board at Ashby."""

    key = "ashby"
    label = gettext_lazy("Ashby job board")
    help = gettext_lazy(
        "The board's name, such as “acme”, or the address of its public page, such as "
        "https://jobs.ashbyhq.com/acme. No credentials are needed."
    )
    reading = 1
    own_shape = False
    is_remote = True
    is_listing = True
    shapes = frozenset({"json"})
    fields: Sequence[Field] = (COMPANY,)
    presets: Sequence[Preset] = (
        Preset("ashby", "Ashby", "https://jobs.ashbyhq.com/{board}", about="company"),
    )

    def check(self, location: str) -> None:
        """See :class:`connectors.kinds.kind.Kind`."""
        self._name(location)

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Nothing can be wrong."""
        yield from ()

    def hosts(self, asked: Asked) -> frozenset[str]:
        """The board's API, wherever its pages are."""
        return frozenset({"api.ashbyhq.com"})

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """One answer."""
        url = board.address(self._name(asked.location))
        return Listing(whole_board(url, fetch, board.is_whole), count=1)

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """The board's listed jobs."""
        return of_company(board.parse_board(body, now), asked, self._name(asked.location))

    def _name(self, location: str) -> str:
        name = board.name_of(location)
        if name is None:
            raise Refused(_("Give the board's name or the address of its page at ashbyhq.com."), "board")
        return name


KIND = Ashby()
