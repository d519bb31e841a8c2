"""What is done with a connection that exists: synchronise now, pause, remove."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from connectors import connecting
from connectors.admin.pages import Page
from connectors.models import Connection


class Acts(Page):
    """Through the same doors as the API."""

    actions = ("pause", "resume")
    delete_confirmation_template = "admin/connectors/connection/delete.html"

    def delete_model(self, request: HttpRequest, obj: Connection) -> None:
        connecting.remove(request.user, obj)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Connection]) -> None:
        for connection in queryset:
            self.delete_model(request, connection)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say how much goes with it, without listing thousands of documents."""
        chosen = Connection.objects.filter(pk__in=[connection.pk for connection in objs])
        rows = chosen.annotate(
            documents=Count("collection__documents", distinct=True), times=Count("runs", distinct=True)
        )
        told = [line for row in rows.defer("habit", "since") for line in _goes(row)]
        return told, {}, set(), []

    @admin.action(description=gettext_lazy("Pause"), permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Connection]) -> None:
        """Stop synchronising by the clock."""
        self._pause(request, queryset, paused=True)

    @admin.action(description=gettext_lazy("Resume"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Connection]) -> None:
        """Synchronise by the clock again."""
        self._pause(request, queryset, paused=False)

    def _pause(self, request: HttpRequest, queryset: QuerySet[Connection], *, paused: bool) -> None:
        for connection in queryset:
            connecting.pause(request.user, connection, paused=paused)  # type: ignore[arg-type]
        again = ngettext(
            "It is synchronised by the clock again.",
            "They are synchronised by the clock again.",
            len(queryset),
        )
        messages.success(request, _("Paused.") if paused else again)

    def pause_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Stop synchronising one by the clock, or begin again."""
        connection = self._changed(request, pk)
        self._pause(request, Connection.objects.filter(pk=connection.pk), paused="paused" in request.POST)
        return redirect("admin:connectors_connection_status", pk)

    def sync_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Synchronise now; the page it leads to shows how far it is."""
        connection = self._changed(request, pk)
        connecting.sync_now(request.user, connection, as_it_is="as_it_is" in request.POST)  # type: ignore[arg-type]
        return redirect("admin:connectors_connection_status", pk)

    def _changed(self, request: HttpRequest, pk: UUID) -> Connection:
        """The connection, for who may change connections."""
        connection = get_object_or_404(Connection, pk=pk)
        if not self.has_change_permission(request, connection):
            raise Http404
        return connection


def _goes(row: Any) -> list[str]:
    """What is no longer there when a connection is removed."""
    documents = ngettext("%(name)s, with %(n)s document", "%(name)s, with %(n)s documents", row.documents)
    times = ngettext(
        "The record of %(n)s synchronisation", "The records of %(n)s synchronisations", row.times
    )
    lines = [documents % {"name": row.name, "n": row.documents}]
    lines += [times % {"n": row.times}] if row.times else []
    return lines + ([_("The stored secret")] if row.sealed_secret else [])
