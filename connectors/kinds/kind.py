"""What a kind of source is: it lists what a source holds, body by body, and reads each body. It stores
nothing, and the network is there only through :class:`Fetch`.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from django_stubs_ext import StrPromise

from connectors.parsing.item import Parsed

Words = str | StrPromise


@dataclass(frozen=True)
class Asked:
    """What a kind is told of its connection.

    Attributes:
        location: the address or folder, as somebody typed it.
        settings: the kind's own settings, by the names of its ``fields``.
        since: what it remembered at the end of the last complete run; empty at first.
        cursor: the ``cursor`` of the last body that an interrupted attempt stored; empty at the start.
        organisation: the company that asks.
    """

    location: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    since: Mapping[str, Any] = field(default_factory=dict)
    cursor: str = ""
    organisation: UUID | None = None


@dataclass(frozen=True)
class Body:
    """Something to read: the answer of an address, or a file.

    Attributes:
        where: names it for people, in reasons; never with a key in it.
        place: what tells it from the other bodies of the connection at every run, such as its address or the
            name of its file: there is a row per place, with its status and what it held last.
        content_type: the header, with its character set.
        essence: gives what of the content its entries are read from, where the rest changes at every fetch,
            such as the time of day in an answer; empty for all of it. The same essence is not read twice.
        prefix: set where bodies may give the same id to different things; it goes in front of the ids.
        problem: why it could not be read at all; then there is no content, and the others go on.
        unchanged: it is as it was when it was read last; what it held then is still there.
        cursor: where a later attempt goes on once this body is stored; empty to begin again at the start.
        etag, last_modified: the validators to send for this place next time.
        seconds: how long its source took to answer.
    """

    where: str
    content: bytes = field(default=b"", repr=False)
    content_type: str | None = None
    essence: Callable[[], bytes] = field(default=bytes, repr=False, compare=False, kw_only=True)
    place: str = field(default="", repr=False)
    prefix: str = ""
    problem: str = ""
    unchanged: bool = False
    cursor: str = field(default="", repr=False)
    etag: str = ""
    last_modified: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class End:
    """How a listing ended.

    Attributes:
        is_complete: everything was listed, so that what was absent is gone. Not for a feed, which shows the
            newest only, and never after a page that failed.
        doubt: why it cannot be believed whole, such as fewer entries than the source itself says it has. It
            is shown, and nothing is taken for gone.
        remember: what to be told as ``since`` next time, such as a synchronisation token; small JSON. It is
            kept only if everything could be stored.
    """

    is_complete: bool = False
    remember: Mapping[str, Any] = field(default_factory=dict)
    doubt: str = ""


class Listing:
    """The bodies of a source, fetched one by one as they are asked for; ``end`` is set after the last one.

    Args:
        bodies: a generator that yields each :class:`Body` and returns an :class:`End`.
        count: about how many bodies there will be; 0 when nobody knows.
        done: how many of them an earlier attempt has stored.
        is_delta: it lists what has changed since last time, so that it may well be empty.
    """

    def __init__(
        self, bodies: Generator[Body, None, End], count: int = 0, done: int = 0, *, is_delta: bool = False
    ) -> None:
        self._bodies = bodies
        self.count, self.done, self.is_delta = count, done, is_delta
        self.end = End()

    def __iter__(self) -> Iterator[Body]:
        self.end = yield from self._bodies


@dataclass(frozen=True)
class Fetched:
    """An answer with a body, unpacked.

    Attributes:
        url: where it came from after redirects; relative links start here. It may hold a key.
        headers: names in lower case.
        links: the addresses of a ``Link`` header by their relation: ``{"next": "https://…"}``.
    """

    url: str = field(repr=False)
    content: bytes = field(repr=False)
    content_type: str | None
    headers: Mapping[str, str] = field(repr=False)
    links: Mapping[str, str] = field(repr=False)
    where: str
    place: str = field(repr=False)
    etag: str = ""
    last_modified: str = ""
    seconds: float = 0.0

    def body(self, *, cursor: str = "", prefix: str = "", essence: Callable[[], bytes] = bytes) -> Body:
        """The answer as something to read."""
        return Body(
            self.where, self.content, self.content_type, self.place, prefix, cursor=cursor,
            etag=self.etag, last_modified=self.last_modified, seconds=self.seconds, essence=essence,
        )  # fmt: skip


@dataclass(frozen=True)
class NotModified:
    """The source says that an address is as it was when its body was stored last."""

    where: str
    place: str = field(repr=False)
    etag: str = ""
    last_modified: str = ""
    seconds: float = 0.0

    def body(self, *, cursor: str = "", prefix: str = "") -> Body:
        """The place as one that has not changed."""
        return Body(
            self.where, b"", None, self.place, prefix, unchanged=True, cursor=cursor,
            etag=self.etag, last_modified=self.last_modified, seconds=self.seconds,
        )  # fmt: skip


# Not found, and gone for good.
ABSENT = frozenset({404, 410})


class Fetch(Protocol):
    """The only way to the network: guarded, polite, bounded, conditional, with the connection's credentials.

    Every method raises a ``FetchError``, whose text is for people. A kind lets the error of its first address
    pass: then the whole synchronisation failed. Where others can go on without a page, it yields
    ``fetch.failed(url, error)`` for it and goes on, and its listing is not complete.
    """

    def get(self, url: str, *, accept: str = "", fresh: bool = False) -> Fetched | NotModified:
        """Ask for an address on one of the kind's hosts.

        Args:
            accept: the Accept header; the kinds of documents we read unless given.
            fresh: send no validators, so that the answer has a body. For pages that are needed to find the
                next one.
        """
        ...

    def ask(
        self, url: str, *, accept: str = "", fresh: bool = False, absent: frozenset[int] = ABSENT
    ) -> Fetched | NotModified | None:
        """Like :meth:`get`; None for a status that says that there is nothing, which is no failure."""
        ...

    def pace(self, url: str, seconds: float) -> None:
        """The host of this address asks for so many seconds between two requests."""
        ...

    def follow(self, url: str, link: str) -> str:
        """The absolute address of a link found at ``url``, if it stays on the same host."""
        ...

    def failed(self, url: str, error: Exception) -> Body:
        """A page that could not be had, as a body with the reason."""
        ...

    def known(self, place: str) -> tuple[str, str]:
        """The ``etag`` and ``last_modified`` of a place's body that was stored last; empty when its content
        is wanted. For files, whose kind chooses them itself.
        """
        ...

    def where(self, url: str) -> str:
        """An address as it may be shown: without its query, which may hold a key."""
        ...

    @property
    def most_pages(self) -> int:
        """How many pages one synchronisation may ask for; further ones are refused."""
        ...


@dataclass(frozen=True)
class Field:
    """One of a kind's own settings, as a form shows it. Its value is text, a number, a truth or a mapping of
    texts.
    """

    name: str
    label: Words
    help: Words = ""
    type: Literal["text", "path", "number", "yes_no", "choice", "mapping"] = "text"
    choices: Sequence[tuple[str, Words]] = ()
    default: Any = ""
    required: bool = False
    lowest: int = 0
    highest: int = 1_000_000


@dataclass(frozen=True)
class Preset:
    """A well-known source of a kind, ready to be chosen."""

    key: str
    name: str
    # An address to start from; what has to be filled in stands in braces: ``https://{site}/jobs``.
    location: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    # How it wants its secret: one of ``secrets.Mode``; empty when it wants none.
    auth: str = ""
    # The header, or for ``query`` the parameter, that carries it; what goes along; who gives out tokens.
    header: str = ""
    extra: str = ""
    token_url: str = ""
    about: Literal["company", "market"] = "market"
    interval_minutes: int = 60
    # Terms, limits, and what the secret is.
    note: Words = ""


class Kind(Protocol):
    """A kind of source. Stateless: one object serves every connection.

    Attributes:
        key: its name in the database and in the API; it never changes.
        reading: raised whenever ``parse`` gives other items for the same bytes, so that known bytes are read
            again.
        own_shape: built from documentation alone; the admin says "documented shape" until a real
            synchronisation has passed.
        is_remote: its location is an address, and it may have a secret; otherwise it is on this machine.
        is_listing: each body is a page of one listing, whose shape and habits are watched. Otherwise each is
            a thing of its own, a file or a web page.
        shapes: what ``Parsed.shape`` may be for a body of a listing.
    """

    key: str
    label: Words
    help: Words
    reading: int
    own_shape: bool
    is_remote: bool
    is_listing: bool
    shapes: frozenset[str]
    fields: Sequence[Field]
    presets: Sequence[Preset]

    def check(self, location: str) -> None:
        """Whether the location can be one of this kind, without asking anybody, beyond the guarded client's
        own rules for addresses.

        Raises:
            FetchError: it cannot; the text says what it should look like.
        """
        ...

    def problems(self, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What is wrong with the settings: a field's name and a sentence for each."""
        ...

    def hosts(self, asked: Asked) -> frozenset[str]:
        """The host names, in lower case, that pages may be fetched from. Redirects may lead elsewhere,
        without credentials.
        """
        ...

    def listing(self, asked: Asked, fetch: Fetch) -> Listing:
        """What the source holds now. Fetches nothing before the first body is asked for."""
        ...

    def parse(self, asked: Asked, body: Body, now: datetime) -> Parsed:
        """What a body holds. Bad input is a problem with a reason, never an error."""
        ...
