from dataclasses import replace
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError, ValidationError
from pydantic import Field, StringConstraints

from careerforge.jobs.models import JobRun
from careerforge.people import scopes
from careerforge.people.api_auth import requires_scope
from connectors import connecting, wishes
from connectors.ledger import counts
from connectors.models import Connection, SyncRun
from connectors.sources import without_query
from connectors.standing import standing
from connectors.wishes import Refusal, Wish

# One line of text, without control characters.
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f]*$", max_length=2000)
]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Word = Annotated[Line, Field(max_length=40)]

router = Router(tags=["connectors"], auth=requires_scope(scopes.CONNECTORS))


class ConnectorIn(Schema):
    """A place that documents come from. ``secret`` is write-only: left out it stays, empty it is forgotten.

    An address whose query string was left out when it was shown may come back like that: it stays as it is.
    """

    name: Name
    kind: Literal["feed", "json", "folder"]
    location: Line = Field(max_length=2000, min_length=1)
    audience: Literal["everyone", "coaches", "hr", "practice", "region"] = "everyone"
    audience_practice: Word = Field("", description="Slug, for the audience of one practice")
    audience_region: Word = ""
    about: Literal["company", "market"] = "market"
    interval_minutes: int = Field(60, ge=wishes.SHORTEST_INTERVAL, le=wishes.LONGEST_INTERVAL)
    paused: bool = False
    items: Annotated[Line, Field(max_length=200)] = Field(
        "", description="JMESPath to the list of entries, for JSON"
    )
    fields: dict[Line, Line] = Field(
        default_factory=dict, max_length=40, description="JMESPath per field, for JSON"
    )
    header: Annotated[Line, Field(max_length=80)] = Field(
        "", description="Header that carries the secret; Authorization unless said"
    )
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
    suspicious: bool


class Connector(Schema):
    """A connection, without its secret."""

    id: UUID
    name: str
    kind: str
    location: str
    audience: str
    audience_practice: str
    audience_region: str
    about: str
    interval_minutes: int
    paused: bool
    items: str
    fields: dict[str, str]
    header: str
    has_secret: bool
    state: str
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
        raise HttpError(403, _("Only platform administrators manage connections."))


def _shown(connection: Connection) -> Connector:
    collection, settings = connection.collection, connection.settings
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
        items=settings.get("items", ""),
        fields=settings.get("fields", {}),
        header=settings.get("header", ""),
        has_secret=bool(connection.sealed_secret),
        state=standing(connection),
        last_sync=_shown_run(connection.newest_run) if connection.newest_run else None,
    )


def _shown_run(run: SyncRun) -> LastSync:
    return LastSync(
        id=run.id,
        started_at=run.started_at.isoformat(),
        finished_at=run.finished_at.isoformat() if run.finished_at else None,
        error=run.error,
        suspicious=run.is_suspicious,
        **counts(run),
    )


def _connections() -> QuerySet[Connection]:
    return Connection.objects.select_related("collection__audience_practice", "newest_run__job_run")


def _save(request: HttpRequest, data: ConnectorIn, connection: Connection | None) -> Connection:
    user: Any = request.user
    wish = Wish(**data.dict())
    if connection is not None and wish.location == without_query(connection):
        wish = replace(wish, location=connection.location)
    if refusals := wishes.problems(user, wish, connection):
        raise _invalid(refusals)
    try:
        return connecting.save(user, wish, connection)
    except Refusal as refusal:
        raise _invalid([refusal]) from None


def _invalid(refusals: list[Refusal]) -> ValidationError:
    return ValidationError(
        [{"loc": ("body", "data", refusal.field_name), "msg": str(refusal)} for refusal in refusals]
    )


@router.get("connectors", response=Connectors)
def list_connectors(
    request: HttpRequest,
    limit: Annotated[int, Field(ge=1, le=100)] = 25,
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0,
) -> Connectors:
    """All connections, by name."""
    _allowed(request, "view")
    found = _connections()
    return Connectors(items=[_shown(one) for one in found[offset : offset + limit]], count=found.count())


@router.post("connectors", response={201: Connector})
def add_connector(request: HttpRequest, data: ConnectorIn) -> Status[Connector]:
    """Add a connection."""
    _allowed(request, "add")
    return Status(201, _shown(_save(request, data, None)))


@router.get("connectors/{uuid:connector_id}", response=Connector)
def read_connector(request: HttpRequest, connector_id: UUID) -> Connector:
    """One connection."""
    _allowed(request, "view")
    return _shown(get_object_or_404(_connections(), pk=connector_id))


@router.put("connectors/{uuid:connector_id}", response=Connector)
def change_connector(request: HttpRequest, connector_id: UUID, data: ConnectorIn) -> Connector:
    """Change a connection. Another scheme, host or port clears its secret."""
    _allowed(request, "change")
    return _shown(_save(request, data, get_object_or_404(_connections(), pk=connector_id)))


@router.delete("connectors/{uuid:connector_id}", response={204: None})
def remove_connector(request: HttpRequest, connector_id: UUID) -> Status[None]:
    """Remove a connection with its documents."""
    _allowed(request, "delete")
    user: Any = request.user
    connecting.remove(user, get_object_or_404(_connections(), pk=connector_id))
    return Status(204, None)


@router.post("connectors/{uuid:connector_id}/sync", response={202: Accepted})
def sync_connector(request: HttpRequest, connector_id: UUID) -> Status[Accepted]:
    """Synchronise now."""
    _allowed(request, "change")
    user: Any = request.user
    run: JobRun = connecting.sync_now(user, get_object_or_404(_connections(), pk=connector_id))
    return Status(202, Accepted(task_id=run.id))
