from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from careerforge.jobs.models import JobRun
from careerforge.people import scopes
from careerforge.people.api_auth import requires_scope
from connectors import connecting
from connectors.models import Connection

router = Router(tags=["connectors"], auth=requires_scope(scopes.CONNECTORS))


class ConnectorIn(Schema):
    """A place that documents come from. ``secret`` is write-only; leave it out to keep the one that is there."""

    name: str = Field(max_length=120, min_length=1)
    kind: Literal["feed", "json", "folder"]
    location: str = Field(max_length=2000, min_length=1)
    audience: Literal["everyone", "coaches", "hr", "practice", "region"] = "everyone"
    audience_practice: str = Field("", max_length=40, description="Slug, for the audience of one practice")
    audience_region: str = Field("", max_length=40)
    about: Literal["company", "market"] = "market"
    interval_minutes: int = Field(60, ge=5, le=10_080)
    paused: bool = False
    items: str = Field("", max_length=200, description="JMESPath to the list of entries, for JSON")
    fields: dict[str, str] = Field(default_factory=dict, description="JMESPath per field, for JSON")
    header: str = Field("", max_length=80, description="Header that carries the secret; Authorization unless said")
    secret: str | None = Field(None, max_length=2000)


class LastSync(Schema):
    """How the newest synchronisation went."""

    id: UUID
    started_at: str
    finished_at: str | None
    new: int
    changed: int
    unchanged: int
    failed: int
    gone: int
    error: str


class Connector(Schema):
    """A connection, without its secret."""

    id: UUID
    name: str
    kind: str
    location: str
    audience: str
    about: str
    interval_minutes: int
    paused: bool
    has_secret: bool
    last_sync: LastSync | None


class Connectors(Schema):
    """A page of connections."""

    items: list[Connector]
    count: int


class Accepted(Schema):
    """Work that was queued; ask for it at ``tasks/{task_id}``."""

    task_id: UUID


def _allowed(request: HttpRequest, action: str) -> None:
    user: Any = request.user
    if not user.has_perm(f"connectors.{action}_connection"):
        raise HttpError(403, "Only platform administrators manage connections.")


def _shown(connection: Connection) -> Connector:
    last = connection.runs.first()
    return Connector(
        id=connection.id,
        name=connection.name,
        kind=connection.kind,
        location=connecting.without_query(connection),
        audience=connection.collection.audience,
        about=connection.collection.about,
        interval_minutes=connection.interval_minutes,
        paused=connection.paused,
        has_secret=bool(connection.sealed_secret),
        last_sync=LastSync(
            id=last.id,
            started_at=last.started_at.isoformat(),
            finished_at=last.finished_at.isoformat() if last.finished_at else None,
            new=last.new,
            changed=last.changed,
            unchanged=last.unchanged,
            failed=last.failed,
            gone=last.gone,
            error=last.error,
        )
        if last
        else None,
    )


def _save(request: HttpRequest, data: ConnectorIn, connection: Connection | None) -> Connection:
    user: Any = request.user
    try:
        return connecting.save(user, connecting.Wish(**data.dict()), connection)
    except connecting.Refusal as refusal:
        raise HttpError(422, str(refusal)) from None


@router.get("connectors", response=Connectors)
def list_connectors(request: HttpRequest, limit: int = 25, offset: int = 0) -> Connectors:
    """All connections, by name."""
    _allowed(request, "view")
    found = Connection.objects.select_related("collection")
    page = found[max(offset, 0) : max(offset, 0) + min(max(limit, 1), 100)]
    return Connectors(items=[_shown(one) for one in page], count=found.count())


@router.post("connectors", response={201: Connector})
def add_connector(request: HttpRequest, data: ConnectorIn) -> tuple[int, Connector]:
    """Add a connection."""
    _allowed(request, "add")
    return 201, _shown(_save(request, data, None))


@router.get("connectors/{uuid:connector_id}", response=Connector)
def read_connector(request: HttpRequest, connector_id: UUID) -> Connector:
    """One connection."""
    _allowed(request, "view")
    return _shown(get_object_or_404(Connection, pk=connector_id))


@router.put("connectors/{uuid:connector_id}", response=Connector)
def change_connector(request: HttpRequest, connector_id: UUID, data: ConnectorIn) -> Connector:
    """Change a connection. Another scheme, host or port clears its secret."""
    _allowed(request, "change")
    return _shown(_save(request, data, get_object_or_404(Connection, pk=connector_id)))


@router.delete("connectors/{uuid:connector_id}", response={204: None})
def remove_connector(request: HttpRequest, connector_id: UUID) -> tuple[int, None]:
    """Remove a connection with its documents."""
    _allowed(request, "delete")
    user: Any = request.user
    connecting.remove(user, get_object_or_404(Connection, pk=connector_id))
    return 204, None


@router.post("connectors/{uuid:connector_id}/sync", response={202: Accepted})
def sync_connector(request: HttpRequest, connector_id: UUID) -> tuple[int, Accepted]:
    """Synchronise now."""
    _allowed(request, "change")
    user: Any = request.user
    run: JobRun = connecting.sync_now(user, get_object_or_404(Connection, pk=connector_id))
    return 202, Accepted(task_id=run.id)
