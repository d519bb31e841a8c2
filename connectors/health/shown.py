"""Connections as the API shows them, and what it is sent as a wish."""

from datetime import datetime
from typing import Any

from connectors.health import health
from connectors.health.standing import standing
from connectors.models import Connection, SyncRun
from connectors.schemas import AuthIn, Connector, ConnectorIn, LastSync
from connectors.secrecy.credentials import Auth
from connectors.syncing.ledger import counts
from connectors.syncing.sources import without_query
from connectors.wishes import Wish

_SAME = {"name", "kind", "location", "audience", "audience_practice", "audience_region", "about",
         "interval_minutes", "paused", "owner", "secret"}  # fmt: skip


def wish_of(data: ConnectorIn, connection: Connection | None) -> Wish:
    """What somebody who sends this wants. Settings and ways that are left out stay as they are."""
    given = data.model_fields_set
    settings: dict[str, Any] = dict(data.settings)
    if "settings" not in given and connection is not None and connection.kind == data.kind:
        settings = dict(connection.settings)
    settings |= {name: getattr(data, name) for name in ("items", "fields") if name in given}
    stored = Auth.of(connection.auth) if connection is not None else Auth()
    auth = Auth(**data.auth.dict()) if data.auth is not None else stored
    if data.header and data.auth is None:
        auth = Auth(header=data.header, extra=auth.extra)
    return Wish(**data.dict(include=_SAME), settings=settings, auth=auth)


def shown(connection: Connection, now: datetime) -> Connector:
    """A connection. Needs its collection, newest run and owner."""
    collection, settings = connection.collection, connection.settings
    auth = Auth.of(connection.auth)
    return Connector(
        id=connection.id,
        name=connection.name,
        kind=connection.kind,
        location=without_query(connection),
        audience=collection.audience,
        audience_practice=collection.audience_practice.slug if collection.audience_practice else "",
        audience_region=collection.audience_region,
        about=collection.about,
        interval_minutes=connection.interval_minutes,
        paused=connection.paused,
        owner=str(connection.ownership.user) if hasattr(connection, "ownership") else "",
        settings=settings,
        items=settings.get("items", ""),
        fields=settings.get("fields", {}),
        auth=AuthIn(**{name: getattr(auth, name) for name in AuthIn.model_fields}),
        header=auth.header,
        has_secret=bool(connection.sealed_secret),
        state=standing(connection),
        health=health.of(connection, now),
        unhealthy_since=_moment(connection.unhealthy_since),
        next_sync_at=_moment(connection.next_sync_at),
        last_sync=shown_run(connection.newest_run) if connection.newest_run else None,
    )


def shown_run(run: SyncRun) -> LastSync:
    """A synchronisation."""
    return LastSync(
        id=run.id,
        started_at=run.started_at.isoformat(),
        finished_at=_moment(run.finished_at),
        error=run.error,
        suspicious=run.is_suspicious,
        **counts(run),
    )


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
