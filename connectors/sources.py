"""Asking what a connection points at: one address through the guarded client, or the files of a folder."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from careerforge.http.client import GuardedClient
from careerforge.http.errors import Unreachable
from careerforge.http.policy import Policy
from connectors import folders
from connectors.bodies import Body, Listing
from connectors.models import Connection

ACCEPT = (
    "application/feed+json, application/json, application/rss+xml, application/atom+xml, text/html, */*;q=0.5"
)
TIMEOUT_S = 60.0


def client(timeout_s: float = TIMEOUT_S) -> GuardedClient:
    """The guarded client with the operator's rules. The one seam to the network."""
    allowed, proxy = tuple(settings.ALLOWED_ORIGINS), settings.OUTBOUND_PROXY
    return GuardedClient(Policy(allowed_hosts=allowed, proxy=proxy, timeout_s=timeout_s))


def check(kind: str, location: str, timeout_s: float = 5.0) -> None:
    """May a connection point there? Looks a name up and fetches nothing.

    Raises:
        FetchError: it may not; the text is for people.
    """
    if kind == Connection.Kind.FOLDER:
        folders.check(location)
    else:
        client(timeout_s).vet(location)


def listing(
    connection: Connection, secret: tuple[str, str] | None, *, after: str = "", timeout_s: float = TIMEOUT_S
) -> Listing:
    """What the source holds.

    Args:
        secret: a header's name and value that stays with the connection's own origin.
        after: where an earlier attempt stopped, in a folder.

    Raises:
        FetchError: the place could not be read; its text is for people.
    """
    if connection.kind == Connection.Kind.FOLDER:
        return folders.listing(connection.location, after)
    asked = {"If-None-Match": connection.etag, "If-Modified-Since": connection.last_modified}
    headers = {"Accept": ACCEPT} | {name: value for name, value in asked.items() if value}
    if secret:
        headers[secret[0]] = secret[1]
    fetched = client(timeout_s).get(connection.location, headers=headers)
    if fetched.status == 304:
        if not any(asked.values()):
            raise Unreachable(
                _("The source says that nothing changed, though it was not asked that."), "status_304"
            )
        return Listing(
            iter(()), 0, unchanged=True, etag=connection.etag, last_modified=connection.last_modified
        )
    declared = fetched.headers.get("content-type")
    return Listing(
        iter([Body(without_query(connection), fetched.body, declared)]),
        1,
        etag=_validator(fetched.headers.get("etag", ""), 500),
        last_modified=_validator(fetched.headers.get("last-modified", ""), 100),
    )


def without_query(connection: Connection) -> str:
    """The address without its query string, which may hold a key; a folder as it is."""
    if connection.kind == Connection.Kind.FOLDER:
        return connection.location
    try:
        return urlunsplit(urlsplit(connection.location)._replace(query="", fragment=""))
    except ValueError:
        return ""


def _validator(value: str, longest: int) -> str:
    """A validator to send back; one that is too long or odd is not kept, for a piece of it would be
    another.
    """
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""
