"""What a synchronisation may take of us, how it shows who asks, and what is known beyond it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from careerforge.http.errors import FetchError, Unreachable
from connectors.kinds import links


@dataclass(frozen=True)
class Limits:
    """How much one synchronisation may take.

    Attributes:
        fetch_s: seconds for one address, all its tries and waits together.
        total_s: seconds for all of it.
        first_wait_s: before the second try; doubled for the third.
        in_a_row: so many addresses that fail one after the other are enough.
    """

    fetch_s: float = 60.0
    total_s: float = 260.0
    tries: int = 3
    first_wait_s: float = 1.0
    pages: int = 1_000
    total_bytes: int = 250_000_000
    in_a_row: int = 5


USUAL = Limits()


@dataclass(frozen=True)
class Credentials:
    """What shows an origin who asks: headers or parameters of the query. They go to ``origin`` only."""

    origin: links.Origin
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


class NotYet(Unreachable):
    """A place or a host that may not be asked for a while: nobody was, so that nothing failed.

    ``wait``: seconds until it may be asked again.
    """

    def __init__(self, sentence: str, code: str, wait: float) -> None:
        super().__init__(sentence, code)
        self.wait = wait


class Book(Protocol):
    """What is known of places and hosts beyond this synchronisation."""

    def known(self, place: str) -> tuple[str, str]:
        """The validators of the body that was stored last: ``etag``, ``last_modified``."""
        ...

    def admit(self, place: str) -> None:
        """Whether a place may be asked now.

        Raises:
            NotYet: it failed so often, or asked for it, that it is left alone for a while.
        """
        ...

    def turn(self, host: str) -> float:
        """Take the next turn at a host, which all workers share: the seconds to wait for it."""
        ...

    def told_to_wait(self, host: str, wait: timedelta) -> None:
        """The host asked to be left alone for so long."""
        ...

    def answered(self, place: str, where: str, seconds: float, tries: int) -> None:
        """A place answered."""
        ...

    def failed(self, place: str, where: str, error: FetchError, tries: int) -> None:
        """A place failed, after its last try."""
        ...
