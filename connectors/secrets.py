"""A connection's secret: sealed, write-only, and bound to the origin it was given for."""

from typing import Any
from urllib.parse import urlsplit

from careerforge.vault.sealing import Place, seal_under, unseal_under
from connectors.models import Connection

DEFAULT_HEADER = "Authorization"
_PORTS = {"http": 80, "https": 443}


def _place(connection: Connection) -> Place:
    organisation: Any = connection.organisation_id
    return Place("connectors.connection", organisation, connection.id, "secret")


def keep(connection: Connection, value: str) -> None:
    """Seal a new secret; the caller saves."""
    connection.sealed_secret = seal_under("credential", value.encode(), _place(connection))


def header(connection: Connection) -> tuple[str, str] | None:
    """The header that carries the secret, with the secret, or None."""
    if not connection.sealed_secret:
        return None
    value = unseal_under("credential", bytes(connection.sealed_secret), _place(connection)).decode()
    return connection.settings.get("header") or DEFAULT_HEADER, value


def origin(location: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what a secret is bound to."""
    try:
        parts = urlsplit(location.strip())
        return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return "", "", None
