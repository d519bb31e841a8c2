from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from connectors import connecting
from connectors.forms import ConnectionForm
from connectors.models import Connection, SyncProblem, SyncRun


class ReadOnly(admin.ModelAdmin[Any]):
    """Something to look at."""

    list_per_page = 25
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Connection)
class ConnectionAdmin(admin.ModelAdmin[Connection]):
    """Where documents come from: add, look, synchronise, pause, remove."""

    form = ConnectionForm
    list_display = ("name", "kind", "state", "last_counts", "interval_minutes")
    list_per_page = 25
    show_full_result_count = False
    search_fields = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "location", "about")}),
        (_("Who may read it"), {"fields": ("audience", "audience_practice", "audience_region")}),
        (_("How often"), {"fields": ("interval_minutes", "paused")}),
        (_("For JSON"), {"fields": ("items", "fields_map"), "classes": ("collapse",)}),
        (_("Credentials"), {"fields": ("header", "secret"), "classes": ("collapse",)}),
    )
    change_form_template = "admin/connectors/connection/change_form.html"
    actions = ("pause", "resume")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Connection]:
        return super().get_queryset(request).select_related("collection").prefetch_related("runs")

    @admin.display(description=_("state"))
    def state(self, connection: Connection) -> str:
        """In a word or two: how the newest synchronisation ended."""
        last = next(iter(connection.runs.all()), None)
        if connection.paused:
            return str(_("Paused"))
        if last is None:
            return str(_("Not synchronised yet"))
        if last.finished_at is None:
            return str(_("Synchronising"))
        return last.error or str(_("Some files failed") if last.failed else _("Healthy"))

    @admin.display(description=_("newest synchronisation"))
    def last_counts(self, connection: Connection) -> str:
        """Counts of the newest run."""
        last = next(iter(connection.runs.all()), None)
        return counts(last) if last else ""

    def save_model(self, request: HttpRequest, obj: Connection, form: Any, change: bool) -> None:
        """Through the same door as the API."""
        before = Connection.objects.get(pk=obj.pk) if change else None
        saved = connecting.save(request.user, form.wish(), before)  # type: ignore[arg-type]
        obj.pk = saved.pk
        obj.collection = saved.collection

    def delete_model(self, request: HttpRequest, obj: Connection) -> None:
        connecting.remove(request.user, obj)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Connection]) -> None:
        for connection in queryset:
            self.delete_model(request, connection)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say how much goes with it, without listing thousands of documents."""
        names = [
            str(_("%(name)s, with %(n)s documents") % {"name": c.name, "n": c.collection.documents.count()})
            for c in objs
        ]
        return names, {}, set(), []

    @admin.action(description=_("Pause"), permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Connection]) -> None:
        """Stop synchronising by the clock."""
        self._set_paused(request, queryset, paused=True)

    @admin.action(description=_("Resume"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Connection]) -> None:
        """Synchronise by the clock again."""
        self._set_paused(request, queryset, paused=False)

    def _set_paused(self, request: HttpRequest, queryset: QuerySet[Connection], *, paused: bool) -> None:
        for connection in queryset:
            connection.paused = paused
            connection.save(update_fields=["paused"])
            connecting.note_pause(request.user, connection)  # type: ignore[arg-type]
        messages.success(request, _("Done."))

    def get_urls(self) -> list[URLPattern]:
        sync = path(
            "<uuid:pk>/sync/", self.admin_site.admin_view(require_POST(self.sync_view)), name="connectors_connection_sync"
        )
        return [sync, *super().get_urls()]

    def sync_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Synchronise now, and show how far it is."""
        connection = get_object_or_404(Connection, pk=pk)
        if not self.has_change_permission(request, connection):
            return HttpResponseRedirect(reverse("admin:index"))
        run = connecting.sync_now(request.user, connection)  # type: ignore[arg-type]
        back = reverse("admin:connectors_connection_change", args=[pk])
        return redirect(f"{reverse('jobs:task', args=[run.pk])}?{urlencode({'then': back})}")

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None:
            context["runs"] = [(run, counts(run)) for run in obj.runs.all()[:10]]
            context["documents"] = obj.collection.documents.filter(gone_at__isnull=True).count()
        return super().render_change_form(request, context, *args, **kwargs)


def counts(run: SyncRun) -> str:
    """A run's counts in one line."""
    return str(
        _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(failed)s failed")
        % {"new": run.new, "changed": run.changed, "unchanged": run.unchanged, "failed": run.failed}
    )


@admin.register(SyncRun)
class SyncRunAdmin(ReadOnly):
    """What each synchronisation did."""

    list_display = ("started_at", "connection", "new", "changed", "unchanged", "failed", "gone", "error")
    list_select_related = ("connection",)
    list_filter = ("connection",)
    fields = ("connection", "started_at", "finished_at", "new", "changed", "unchanged", "failed", "gone", "error", "reasons")
    readonly_fields = fields

    @admin.display(description=_("what failed"))
    def reasons(self, run: SyncRun) -> str:
        """A link to the reasons, where there are any."""
        if not run.failed:
            return str(_("Nothing"))
        url = f"{reverse('admin:connectors_syncproblem_changelist')}?{urlencode({'run__id__exact': run.pk})}"
        return format_html('<a href="{}">{}</a>', url, _("%(n)s reasons") % {"n": run.failed})


@admin.register(SyncProblem)
class SyncProblemAdmin(ReadOnly):
    """Each unusable file or entry with its reason."""

    list_display = ("where", "reason")
    list_display_links = None
    list_filter = (("run", admin.RelatedOnlyFieldListFilter),)
    search_fields = ("where", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SyncProblem]:
        return super().get_queryset(request).select_related("run")
