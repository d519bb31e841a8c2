"""A connection's secret: sealed, write-only, and bound to the origins it was given for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from careerforge.http.client import GuardedClient
from careerforge.vault.sealing import Place, seal_under, unseal_under
from connectors import clock
from connectors.kinds.fetching import Credentials
from connectors.models import Connection
from connectors.secrecy import credentials, tokens
from connectors.secrecy.credentials import Auth, Mode

Slice = Callable[[], AbstractContextManager[None]]
MakeClient = Callable[[float], GuardedClient]


def _place(connection: Connection, field: str = "secret") -> Place:
    organisation: Any = connection.organisation_id
    return Place("connectors.connection", organisation, connection.id, field)


def keep(connection: Connection, value: str) -> None:
    """Seal a new secret; the caller saves."""
    connection.sealed_secret = seal_under("credential", value.encode(), _place(connection))


def opened(connection: Connection) -> str | None:
    """The secret, or None where there is none."""
    if not connection.sealed_secret:
        return None
    return unseal_under("credential", bytes(connection.sealed_secret), _place(connection)).decode()


def in_use(
    connection: Connection,
    client: MakeClient,
    slice_: Slice,
    *,
    trial: str | None = None,
    anew: bool = False,
) -> Credentials | None:
    """What goes along to the connection's own origin, or None.

    Args:
        slice_: opens a transaction in which a fetched token is kept.
        trial: the secret to try out instead of the stored one, empty for none; nothing is kept then.
        anew: the token that is kept was rejected.

    Raises:
        FetchError: no token could be had; the text is for people.
    """
    is_trial = trial is not None
    auth, value = Auth.of(connection.auth), trial if is_trial else opened(connection)
    if not value:
        return credentials.without_secret(auth, connection.location)
    if auth.mode == Mode.OAUTH2:
        value = (None if anew or is_trial else _kept_token(connection)) or _new_token(
            connection, auth, value, client, None if is_trial else slice_
        )
    return credentials.made(auth, value, connection.location)


def _kept_token(connection: Connection) -> str | None:
    until = connection.token_until
    if not connection.sealed_token or until is None or until <= clock.now():
        return None
    place = _place(connection, "token")
    return unseal_under("credential", bytes(connection.sealed_token), place).decode()


def _new_token(
    connection: Connection, auth: Auth, secret: str, client: MakeClient, slice_: Slice | None
) -> str:
    token = tokens.get(auth, secret, client, clock.now())
    if slice_ is not None:
        sealed = seal_under("credential", token.value.encode(), _place(connection, "token"))
        with slice_():
            Connection.objects.filter(pk=connection.pk, auth=connection.auth).update(
                sealed_token=sealed, token_until=token.until
            )
    return token.value
