"""A connection's secret: sealed, write-only, and bound to the origin it was given for."""

from urllib.parse import urlsplit

from careerforge.vault.sealing import Place, seal_under, unseal_under
from connectors.models import Connection


def _place(connection: Connection) -> Place:
    return Place("connectors.connection", connection.organisation_id, connection.id, "secret")


def keep(connection: Connection, value: str) -> None:
    """Seal a new secret; the caller saves."""
    connection.sealed_secret = seal_under("credential", value.encode(), _place(connection))


def header(connection: Connection) -> tuple[str, str] | None:
    """The header that carries the secret, or None."""
    if not connection.sealed_secret:
        return None
    value = unseal_under("credential", connection.sealed_secret, _place(connection)).decode()
    return connection.settings.get("header") or "Authorization", value


def origin(location: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what a secret is bound to."""
    try:
        parts = urlsplit(location)
        return parts.scheme.lower(), (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", "", None
