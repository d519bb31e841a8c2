from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from careerforge.jobs.models import JobRun
from careerforge.people import scopes
from careerforge.people.api_auth import requires_scope
from connectors import connecting, wishes
from connectors.health import standing
from connectors.health.shown import shown, shown_run, wish_of
from connectors.models import Connection
from connectors.schemas import Accepted, Connector, ConnectorIn, Connectors, Place, Places, SyncRuns
from connectors.syncing.sources import without_query
from connectors.wishes import Refusal

router = Router(tags=["connectors"], auth=requires_scope(scopes.CONNECTORS))


def _allowed(request: HttpRequest, action: str) -> None:
    user: Any = request.user
    if not user.has_perm(f"connectors.{action}_connection"):
        raise HttpError(403, _("Only platform administrators manage connections."))


def _connections() -> QuerySet[Connection]:
    return Connection.objects.select_related(
        "collection__audience_practice", "newest_run__job_run", "ownership__user"
    )


def _one(connector_id: UUID) -> Connection:
    return get_object_or_404(_connections(), pk=connector_id)


def _save(request: HttpRequest, data: ConnectorIn, connection: Connection | None) -> Connection:
    user: Any = request.user
    wish = wish_of(data, connection)
    if connection is not None and wish.location == without_query(connection):
        wish = replace(wish, location=connection.location)
    if refusals := wishes.problems(user, wish, connection):
        raise _invalid(refusals)
    try:
        saved = connecting.save(user, wish, connection)
    except Refusal as refusal:
        raise _invalid([refusal]) from None
    return _one(saved.pk)


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
    found, now = _connections(), timezone.now()
    return Connectors(items=[shown(one, now) for one in found[offset : offset + limit]], count=found.count())


@router.post("connectors", response={201: Connector})
def add_connector(request: HttpRequest, data: ConnectorIn) -> Status[Connector]:
    """Add a connection. Who adds it looks after it, unless another owner is named."""
    _allowed(request, "add")
    return Status(201, shown(_save(request, data, None), timezone.now()))


@router.get("connectors/{uuid:connector_id}", response=Connector)
def read_connector(request: HttpRequest, connector_id: UUID) -> Connector:
    """One connection."""
    _allowed(request, "view")
    return shown(_one(connector_id), timezone.now())


@router.put("connectors/{uuid:connector_id}", response=Connector)
def change_connector(request: HttpRequest, connector_id: UUID, data: ConnectorIn) -> Connector:
    """Change a connection. Another scheme, host or port clears its secret."""
    _allowed(request, "change")
    return shown(_save(request, data, _one(connector_id)), timezone.now())


@router.delete("connectors/{uuid:connector_id}", response={204: None})
def remove_connector(request: HttpRequest, connector_id: UUID) -> Status[None]:
    """Remove a connection with its documents."""
    _allowed(request, "delete")
    user: Any = request.user
    connecting.remove(user, _one(connector_id))
    return Status(204, None)


@router.post("connectors/{uuid:connector_id}/sync", response={202: Accepted})
def sync_connector(request: HttpRequest, connector_id: UUID) -> Status[Accepted]:
    """Synchronise now."""
    _allowed(request, "change")
    user: Any = request.user
    run: JobRun = connecting.sync_now(user, _one(connector_id))
    return Status(202, Accepted(task_id=run.id))


@router.post("connectors/{uuid:connector_id}/pause", response=Connector)
def pause_connector(request: HttpRequest, connector_id: UUID) -> Connector:
    """Stop synchronising by the clock."""
    return _pause(request, connector_id, paused=True)


@router.post("connectors/{uuid:connector_id}/resume", response=Connector)
def resume_connector(request: HttpRequest, connector_id: UUID) -> Connector:
    """Synchronise by the clock again, soon."""
    return _pause(request, connector_id, paused=False)


def _pause(request: HttpRequest, connector_id: UUID, *, paused: bool) -> Connector:
    _allowed(request, "change")
    user: Any = request.user
    connecting.pause(user, _one(connector_id), paused=paused)
    return shown(_one(connector_id), timezone.now())


@router.get("connectors/{uuid:connector_id}/syncs", response=SyncRuns)
def list_syncs(
    request: HttpRequest, connector_id: UUID, limit: Annotated[int, Field(ge=1, le=100)] = 25
) -> SyncRuns:
    """The newest synchronisations of a connection, with why entries could not be used."""
    _allowed(request, "view")
    runs = _one(connector_id).runs.select_related("job_run")[:limit]
    return SyncRuns(items=[shown_run(run) for run in runs])


@router.get("connectors/{uuid:connector_id}/sources", response=Places)
def list_sources(
    request: HttpRequest, connector_id: UUID, limit: Annotated[int, Field(ge=1, le=1000)] = 100
) -> Places:
    """The addresses, pages or files of a connection and how each is doing, those in trouble first."""
    _allowed(request, "view")
    now = timezone.now()
    return Places(items=[Place.of(one) for one in standing.places_of(_one(connector_id), now, limit)])
