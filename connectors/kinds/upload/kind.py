"""The kind: files that people hand in, read once and not kept. A synchronisation has nothing to ask."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from connectors.kinds import described
from connectors.kinds.kind import Asked, Body, End, Fetch, Field, Listing, Preset
from connectors.parsing.item import Parsed
from connectors.parsing.sniff import parse


class Upload:
    """Files by hand."""

    key = "upload"
    label = gettext_lazy("Uploaded files")
    help = gettext_lazy(
        "Hand in PDF, Word (.docx), HTML, text, Markdown or CSV, up to 25 MB each. A file of the same name "
        "replaces the earlier one."
    )
    reading = 2
    own_shape = False
    is_remote = False
    is_listing = False
    shapes = frozenset[str]()
    fields: Sequence[Field] = described.FIELDS
    presets: Sequence[Preset] = ()

    def check(self, location: str) -> None:
        """Whatever it is called."""

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Nothing can be wrong."""
        yield from ()

    def hosts(self, asked: Asked) -> frozenset[str]:
        """Nothing is fetched."""
        return frozenset()

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """Nothing: what was handed in stays until somebody takes it away."""
        return Listing(self._bodies())

    def _bodies(self) -> Generator[Body, None, End]:
        yield from ()
        return End()

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """Whatever the file holds."""
        found = parse(body.where, body.content, body.content_type, now=now)
        return described.described(described.recognised(found), asked.settings)


KIND = Upload()
