"""What a connection's kind is given: what is asked of it, and its way to the network."""

import ssl
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from uuid import UUID

import httpx2
from django.conf import settings

from careerforge.http.client import GuardedClient
from careerforge.http.policy import Policy
from connectors.kinds import links, registry
from connectors.kinds.fetching import USUAL, Book, Credentials, Limits, Session
from connectors.kinds.kind import Asked
from connectors.models import Connection

TIMEOUT_S = 60.0
# For looking a name up while somebody waits.
CHECK_S = 5.0
# All of it is asked for once a week, so that what went wrong unnoticed comes right.
WHOLE = timedelta(days=7)


def client(timeout_s: float = TIMEOUT_S) -> GuardedClient:
    """The guarded client with the operator's rules. The one seam to the network."""
    allowed, proxy = tuple(settings.ALLOWED_ORIGINS), settings.OUTBOUND_PROXY
    policy = Policy(allowed_hosts=allowed, proxy=proxy, timeout_s=timeout_s)
    return GuardedClient(policy, ssl_context=_authorities())


@cache
def _authorities() -> ssl.SSLContext:
    """The machine's certificate authorities, whose reading takes longer than many an answer."""
    return httpx2.create_ssl_context(trust_env=False)


def check(kind: str, location: str, timeout_s: float = CHECK_S) -> None:
    """May a connection point there? Looks names up and fetches nothing.

    Raises:
        FetchError: it may not; the text is for people.
        LookupError: there is no such kind.
    """
    found = registry.find(kind)
    if found.is_remote and "://" in location:
        client(timeout_s).vet(location)
    found.check(location)
    if found.is_remote and "://" not in location:
        for host in sorted(found.hosts(Asked(location))):
            client(timeout_s).vet(f"https://{host}/")


def asked(connection: Connection, cursor: str = "", *, fresh: bool = False) -> Asked:
    """What the kind is told of a connection.

    Args:
        fresh: forget what it remembered, and ask for everything.
    """
    since = {} if fresh else connection.since
    company: UUID | None = connection.organisation_id
    return Asked(connection.location.strip(), connection.settings, since, cursor, company)


def session(
    connection: Connection,
    book: Book,
    credentials: Credentials | None = None,
    *,
    limits: Limits = USUAL,
    renew: Callable[[], Credentials | None] | None = None,
    beat: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
) -> Session:
    """A kind's way to the network for one synchronisation or try-out.

    Raises:
        FetchError: the location is no longer one of its kind.
    """
    kind = registry.find(connection.kind)
    hosts = kind.hosts(asked(connection)) if kind.is_remote else frozenset[str]()
    # The module's own function is looked up at each call, so that tests can put another in its place.
    return Session(
        lambda seconds: client(seconds), hosts, book, credentials,
        limits=limits, renew=renew, beat=beat, clock=clock,
    )  # fmt: skip


def without_query(connection: Connection) -> str:
    """The address without its query string, which may hold a key; a folder as it is."""
    return links.shown(connection.location) if "://" in connection.location else connection.location
