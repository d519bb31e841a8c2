"""The kind: one answer holds the whole board, so what is absent from it is gone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.http.errors import Refused
from connectors.kinds.boards import whole_board
from connectors.kinds.greenhouse import board
from connectors.kinds.kind import Asked, Body, Fetch, Field, Listing, Preset
from connectors.parsing.item import Parsed


class Greenhouse:
    """A company's public board at Greenhouse."""

    key = "greenhouse"
    label = gettext_lazy("Greenhouse job board")
    help = gettext_lazy(
        "The board's token, such as “acme”, or the address of its public page, such as "
        "https://boards.greenhouse.io/acme. No credentials are needed."
    )
    reading = 1
    own_shape = False
    is_remote = True
    is_listing = True
    shapes = frozenset({"json"})
    fields: Sequence[Field] = ()
    presets: Sequence[Preset] = (
        Preset("greenhouse", "Greenhouse", "https://boards.greenhouse.io/{board}", about="company"),
    )

    def check(self, location: str) -> None:
        """See :class:`connectors.kinds.kind.Kind`."""
        self._token(location)

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """There is nothing to set."""
        yield from ()

    def hosts(self, asked: Asked) -> frozenset[str]:
        """The board's API, wherever its pages are."""
        return frozenset({"boards-api.greenhouse.io"})

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """One answer."""
        url = board.address(self._token(asked.location))
        return Listing(whole_board(url, fetch, board.is_whole), count=1)

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """The board's openings."""
        return board.parse_board(body, now)

    def _token(self, location: str) -> str:
        token = board.token_of(location)
        if token is None:
            raise Refused(_("Give the board's token or the address of its page at greenhouse.io."), "board")
        return token


KIND = Greenhouse()
