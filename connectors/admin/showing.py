"""How one connection is doing, and what came from it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from careerforge.knowledge.models import Collection, Document
from connectors.admin.pages import PAGE, Page
from connectors.health import freshness, health, overview, standing
from connectors.kinds import registry
from connectors.models import Connection
from connectors.syncing.sources import without_query

FOLDER = "admin/connectors/connection"
# Of each on the page of one connection; the rest is a click away.
RUNS, PLACES, REASONS, CHANGES = 10, 8, 6, 8


class Showing(Page):
    """What people see of a connection beside its form."""

    def status_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """How it is doing; for htmx, the part that moves while a synchronisation is at work."""
        connection, now = self._seen(request, pk), timezone.now()
        how = health.of(connection, now)
        moving = {
            "original": connection,
            "is_by_hand": connection.kind in registry.BY_HAND,
            "health": how,
            "headline": overview.headline(connection, how),
            "is_suspicious": bool(connection.newest_run and connection.newest_run.is_suspicious),
            "may_be_taken": bool((last := connection.newest_run) and last.is_suspicious and last.is_complete),
            "progress": overview.progress(connection),
        }
        if request.headers.get("HX-Request"):
            response: HttpResponse = TemplateResponse(request, f"{FOLDER}/status.html#moving", moving)
            if moving["progress"] is None:
                # It is over: the rest of the page has changed too.
                response["HX-Refresh"] = "true"
        else:
            still = self._still(request, connection)
            response = TemplateResponse(request, f"{FOLDER}/status.html", {**still, **moving})
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _still(self, request: HttpRequest, connection: Connection) -> dict[str, Any]:
        now, kind = timezone.now(), registry.find(connection.kind)
        runs = list(connection.runs.select_related("job_run"))
        last = next((run for run in runs if run.finished_at), None)
        page = Paginator(runs, RUNS).get_page(request.GET.get("page"))
        return {
            **self._about(request, connection, connection.name),
            "kind": kind.label,
            "is_documented_only": kind.own_shape and not connection.is_proved,  # type: ignore[attr-defined]
            "location": without_query(connection),
            "holdings": overview.holdings(connection),
            "freshness": freshness.freshness(connection, now),
            "goal": freshness.GOAL,
            "page": page,
            "runs": [(run, standing.duration(run), standing.outcome(run)) for run in page],
            "last": last,
            "reasons": standing.reasons(last, REASONS) if last and last.failed else [],
            "changes": list(standing.changed_by(last, CHANGES)) if last else [],
            "known": overview.places(connection, now, PLACES),
        }

    def places_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Every address, page or file of a connection, those in trouble first."""
        connection, now = self._seen(request, pk), timezone.now()
        page: Any = Paginator(standing.sources(connection), PAGE).get_page(request.GET.get("page"))
        context = {
            **self._about(request, connection, _("Places of %(name)s") % {"name": connection}),
            "page": page,
            "places": [standing.status(row, now) for row in page],
        }
        return TemplateResponse(request, f"{FOLDER}/places.html", context)

    def documents_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """What came from a connection; titles only of what everyone may read."""
        connection = self._seen(request, pk)
        documents = Document.objects.filter(collection_id=connection.collection_id)
        documents = documents.select_related("current_version").defer("current_version__text")
        page = Paginator(documents.order_by("-fetched_at", "pk"), PAGE).get_page(request.GET.get("page"))
        about = self._about(request, connection, _("Documents of %(name)s") % {"name": connection})
        return TemplateResponse(request, f"{FOLDER}/documents.html", {**about, "page": page})

    def _seen(self, request: HttpRequest, pk: UUID) -> Connection:
        """The connection, for who may look at connections."""
        connection = get_object_or_404(
            self.get_queryset(request).annotate(is_proved=standing.is_proved()), pk=pk
        )
        if not self.has_view_permission(request, connection):
            raise Http404
        found: Connection = connection
        return found

    def _about(self, request: HttpRequest, connection: Connection, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": connection,
            "has_change_permission": self.has_change_permission(request, connection),
            "is_readable": connection.collection.audience == Collection.Audience.EVERYONE,
        }
