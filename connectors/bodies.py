"""What a source hands over before it is parsed."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Body:
    """Something to parse. ``where`` names it for people; ``prefix`` keeps ids of different files apart."""

    where: str
    content: bytes = field(default=b"", repr=False)
    content_type: str | None = None
    prefix: str = ""
    # Set when it could not be read at all; then there is no content.
    problem: str = ""


@dataclass(frozen=True)
class Listing:
    """What a source holds now: ``count`` bodies, of which ``done`` were read by an earlier attempt."""

    bodies: Iterator[Body]
    count: int
    done: int = 0
    # A complete listing: what is absent from it is gone.
    is_complete: bool = False
    etag: str = ""
    last_modified: str = ""
    # The source says that nothing has changed since it was last asked.
    unchanged: bool = False


def storable(name: str) -> str:
    """A file's name as the database takes it, whatever bytes it has."""
    return name.encode("utf-8", "replace").decode()
