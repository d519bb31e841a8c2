"""How a connection shows who asks: five ways, each with one secret, which goes to its own origin.

header   the secret is the value of a header
bearer   Authorization: Bearer and the secret
basic    Authorization: Basic, with a user name and the secret as password (RFC 7617)
query    the secret is a parameter of the query
oauth2   client credentials (RFC 6749, 4.4): the secret fetches a token, which travels as bearer
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.kinds import links
from connectors.kinds.fetching import Credentials

AUTHORIZATION = "Authorization"
_HEADER = re.compile(r"[A-Za-z0-9-]{1,80}\Z")
_PARAMETER = re.compile(r"[A-Za-z0-9_.\-\[\]$]{1,80}\Z")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")
# Parameters that carry secrets.
_SECRET = re.compile(
    r"((api|access|app|auth|subscription)[_-]?)?(key|token)|(client[_-]?)?secret|password", re.IGNORECASE
)
# Headers that every origin gets to see, or that the client sets itself.
_NO_PLACE_FOR_A_SECRET = {
    "accept", "accept-encoding", "accept-language", "connection", "content-length", "cookie", "host",
    "if-modified-since", "if-none-match", "te", "transfer-encoding", "upgrade", "user-agent",
}  # fmt: skip


class Mode(TextChoices):
    """Where the secret travels."""

    HEADER = "header", gettext_lazy("In a header")
    BEARER = "bearer", gettext_lazy("As a bearer token")
    BASIC = "basic", gettext_lazy("As a password (Basic)")
    QUERY = "query", gettext_lazy("In the address, as a parameter")
    OAUTH2 = "oauth2", gettext_lazy("For a token of its own (OAuth2 client credentials)")


@dataclass(frozen=True)
class Auth:
    """A way with its open parts; the secret itself is elsewhere.

    Attributes:
        header: the header's name, for ``header``.
        extra: further headers that go along, each ``Name: value``; nothing secret, such as a contact's
            address that a source wants to see beside the key.
        parameter: the parameter's name, for ``query``.
        user: the user name for ``basic``, the client's id for ``oauth2``.
        token_url, scope: for ``oauth2``.
        in_form: the client's id and secret go in the form instead of a Basic header (RFC 6749, 2.3.1).
    """

    mode: str = Mode.HEADER
    header: str = ""
    extra: str = ""
    parameter: str = ""
    user: str = ""
    token_url: str = ""
    scope: str = ""
    in_form: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Auth":
        """From a connection's row."""
        return cls(**{name: stored[name] for name in cls.__dataclass_fields__ if name in stored})

    def stored(self) -> dict[str, Any]:
        """What is not as usual, for the row."""
        usual = asdict(Auth())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @property
    def origins(self) -> tuple[links.Origin, ...]:
        """Where, beyond the connection's own origin, the secret goes."""
        return (links.origin(self.token_url),) if self.mode == Mode.OAUTH2 else ()


def problems(auth: Auth, secret: str | None) -> Iterator[tuple[str, str]]:
    """What is wrong with a way and a new secret: a part's name and a sentence for each."""
    if auth.mode not in Mode.values:
        yield "auth", _("There is no such way to show a secret.")
    if auth.header and not _can_carry(auth.header):
        yield "header", _("A secret cannot travel in this header. Usual ones: Authorization, X-API-Key.")
    if any(not _can_go_along(line) for line in auth.extra.splitlines() if line.strip()):
        yield "extra", _("Write each further header on a line of its own, such as X-Contact: it@example.com.")
    if auth.mode == Mode.QUERY and not _PARAMETER.match(auth.parameter):
        yield "parameter", _("Name the parameter that carries the secret, such as api_key.")
    if auth.mode in (Mode.BASIC, Mode.OAUTH2) and not auth.user:
        yield "user", _("Fill in the user name or the client’s id.")
    if auth.mode == Mode.OAUTH2 and links.origin(auth.token_url)[0] not in ("http", "https"):
        yield "token_url", _("Fill in the address that gives out tokens.")
    if secret and (not _HEADER_VALUE.match(secret) or "\n" in secret):
        yield "secret", _("The secret holds characters that a header cannot carry.")


def key_in(location: str) -> str:
    """The parameter of an address's query that looks like one with a secret; empty when none does."""
    try:
        pairs = parse_qsl(urlsplit(location).query)
    except ValueError:
        return ""
    return next((name for name, _value in pairs if _SECRET.fullmatch(name)), "")


def _can_carry(header: str) -> bool:
    return bool(_HEADER.match(header)) and header.lower() not in _NO_PLACE_FOR_A_SECRET


def _can_go_along(line: str) -> bool:
    name, colon, value = line.partition(":")
    is_ours = name.lower() in _NO_PLACE_FOR_A_SECRET - {"user-agent"}
    return bool(colon and _HEADER.match(name) and not is_ours and _HEADER_VALUE.match(value.strip()))


def without_secret(auth: Auth, location: str) -> Credentials | None:
    """What goes along where there is no secret: the further headers, if there are any."""
    headers = _further(auth)
    return Credentials(links.origin(location), headers) if headers else None


def _further(auth: Auth) -> dict[str, str]:
    lines = (line.partition(":") for line in auth.extra.splitlines() if line.strip())
    return {name.strip(): value.strip() for name, _colon, value in lines}


def made(auth: Auth, secret: str, location: str) -> Credentials:
    """What goes along to the connection's own origin. For ``oauth2`` the secret is the token."""
    home, headers = links.origin(location), _further(auth)
    if auth.mode == Mode.QUERY:
        return Credentials(home, headers, {auth.parameter: secret})
    name = (auth.header or AUTHORIZATION) if auth.mode == Mode.HEADER else AUTHORIZATION
    return Credentials(home, headers | {name: _value(auth, secret)})


def _value(auth: Auth, secret: str) -> str:
    if auth.mode == Mode.BASIC:
        return basic(auth.user, secret)
    return f"Bearer {secret}" if auth.mode in (Mode.BEARER, Mode.OAUTH2) else secret


def basic(user: str, password: str) -> str:
    """The value of a Basic header."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
