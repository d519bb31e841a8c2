"""The kind: every file of a folder, so that a file that is absent is gone."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from careerforge.tenancy import context
from connectors import folders
from connectors.kinds import described
from connectors.kinds.kind import Asked, Body, End, Fetch, Field, Listing, Preset
from connectors.parsing.item import Parsed
from connectors.parsing.sniff import parse


class Folder:
    """Files on this machine."""

    key = "folder"
    label = gettext_lazy("Folder of files")
    help = gettext_lazy("A folder below one of those that the operator has opened.")
    reading = 2
    own_shape = False
    is_remote = False
    is_listing = False
    shapes = frozenset[str]()
    fields: Sequence[Field] = described.FIELDS
    presets: Sequence[Preset] = ()

    def check(self, location: str) -> None:
        """Whether the operator has opened it to the company of this transaction."""
        folders.check(location, context.current_id())

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Nothing can be wrong."""
        yield from ()

    def hosts(self, asked: Asked) -> frozenset[str]:
        """Nothing is fetched."""
        return frozenset()

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """Its files, in the order of their names."""
        files = folders.files(asked.location, asked.organisation)
        rest = [name for name in files.names if folders.storable(name) > asked.cursor]
        problems = () if asked.cursor else files.problems
        bodies = self._bodies(files, rest, problems, fetch)
        return Listing(bodies, count=len(files.names), done=len(files.names) - len(rest))

    def _bodies(
        self, files: folders.Files, rest: Sequence[str], problems: Sequence[Body], fetch: Fetch
    ) -> Generator[Body, None, End]:
        yield from problems
        for name in rest:
            yield folders.body(files.root, name, fetch.known)
        return End(is_complete=not files.problems)

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """Whatever the file holds."""
        found = parse(body.where, body.content, body.content_type, now=now)
        return described.described(described.recognised(found), asked.settings)


KIND = Folder()
