from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from careerforge.knowledge.models import Collection, Document
from careerforge.people.lookups import NamedLookups
from connectors import connecting
from connectors.forms import ConnectionForm
from connectors.kinds import registry
from connectors.models import Connection, SyncProblem, SyncRun
from connectors.preview import preview
from connectors.standing import counts, outcome, standing
from connectors.wishes import Refusal

PAGE = 25
NEWEST = 8
TEST = "_test"


class Page(NamedLookups):
    """Lists of 25; what is not there and what belongs to another company look alike."""

    list_per_page = PAGE
    list_max_show_all = PAGE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        raise Http404


class ReadOnly(Page):
    """Something to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Connection)
class ConnectionAdmin(Page):
    """Where documents come from: add, try out, synchronise, pause, remove."""

    form = ConnectionForm
    list_display = ("name", "kind_label", "state", "last_counts", "interval_minutes")
    list_select_related = ("newest_run__job_run",)
    search_fields = ("name",)
    change_form_template = "admin/connectors/connection/change_form.html"
    actions = ("pause", "resume")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Connection]:
        return super().get_queryset(request).select_related("collection", "newest_run__job_run")

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, connection: Connection) -> str:
        """As people call it."""
        return str(registry.find(connection.kind).label)

    @admin.display(description=gettext_lazy("state"))
    def state(self, connection: Connection) -> str:
        """How the newest synchronisation ended."""
        return standing(connection)

    @admin.display(description=gettext_lazy("newest synchronisation"))
    def last_counts(self, connection: Connection) -> str:
        """What the newest synchronisation did."""
        return counts(connection.newest_run) if connection.newest_run else ""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        forget = ("forget_secret",) if obj is not None and obj.sealed_secret else ()
        return (
            (None, {"fields": ("name", "kind", "location", "about")}),
            (_("Who may read it"), {"fields": ("audience", "audience_practice", "audience_region")}),
            (_("How often"), {"fields": ("interval_minutes", "paused")}),
            (_("Credentials"), {"fields": ("header", "secret", *forget)}),
            (_("For JSON: where what stands"), {"fields": ("items", "fields_map")}),
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who fills it in. While a connection is tried out it never counts as
        complete.
        """
        form: Any = super().get_form(request, obj, change, **kwargs)
        trying = TEST in request.POST
        return type(
            "Form", (form,), {"user": request.user, "is_valid": _never} if trying else {"user": request.user}
        )

    def save_model(self, request: HttpRequest, obj: Connection, form: Any, change: bool) -> None:
        """Through the same door as the API."""
        had_secret = bool(obj.sealed_secret)
        try:
            connecting.save(form.user, form.wish(), obj)
        except Refusal as refusal:
            # Somebody took the name between the check and now.
            messages.error(request, str(refusal))
            return
        if had_secret and not obj.sealed_secret:
            messages.warning(
                request, _("The secret was forgotten: it belongs to the address it was given for.")
            )

    def delete_model(self, request: HttpRequest, obj: Connection) -> None:
        connecting.remove(request.user, obj)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Connection]) -> None:
        for connection in queryset:
            self.delete_model(request, connection)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say how much goes with it, without listing thousands of documents."""
        chosen = Connection.objects.filter(pk__in=[connection.pk for connection in objs])
        rows = chosen.annotate(n=Count("collection__documents")).values_list("name", "n")
        return (
            [_("%(name)s, with %(n)s documents") % {"name": name, "n": n} for name, n in rows],
            {},
            set(),
            [],
        )

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
        messages.success(request, _("Paused.") if paused else _("They are synchronised by the clock again."))

    def get_urls(self) -> list[URLPattern]:
        of_one = {"sync": require_POST(self.sync_view), "documents": self.documents_view}
        return [
            *(
                path(
                    f"<uuid:pk>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"connectors_connection_{name}",
                )
                for name, view in of_one.items()
            ),
            *super().get_urls(),
        ]

    def sync_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Synchronise now, and show how far it is."""
        connection = get_object_or_404(Connection, pk=pk)
        if not self.has_change_permission(request, connection):
            raise Http404
        as_it_is = "as_it_is" in request.POST
        run = connecting.sync_now(request.user, connection, as_it_is=as_it_is)  # type: ignore[arg-type]
        back = reverse("admin:connectors_connection_change", args=[pk])
        return redirect(f"{reverse('jobs:task', args=[run.pk])}?{urlencode({'then': back})}")

    def documents_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """What came from a connection; titles only of what everyone may read."""
        connection = get_object_or_404(Connection.objects.select_related("collection"), pk=pk)
        if not self.has_view_permission(request, connection):
            raise Http404
        documents = Document.objects.filter(collection_id=connection.collection_id).order_by(
            "-fetched_at", "pk"
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Documents of %(name)s") % {"name": connection},
            "opts": self.opts,
            "original": connection,
            "is_readable": connection.collection.audience == Collection.Audience.EVERYONE,
            "page": Paginator(documents, PAGE).get_page(request.GET.get("page")),
        }
        return TemplateResponse(request, "admin/connectors/connection/documents.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        connection, form = kwargs.get("obj"), context["adminform"].form
        if connection is not None:
            runs = connection.runs.select_related("job_run")[:NEWEST]
            context["runs"] = [(run, counts(run), outcome(run)) for run in runs]
            context["is_suspicious"] = bool(connection.newest_run and connection.newest_run.is_suspicious)
            there = Q(gone_at__isnull=True)
            context["documents"] = connection.collection.documents.filter(there).count()
        if TEST in request.POST and not form.errors:
            context["preview"] = preview(form.user, form.wish(), connection, timezone.now())
        return super().render_change_form(request, context, *args, **kwargs)


def _never(form: ConnectionForm) -> bool:
    """Look at everything that is filled in, and store nothing."""
    form.full_clean()
    return False


@admin.register(SyncRun)
class SyncRunAdmin(ReadOnly):
    """What each synchronisation did."""

    list_display = ("started_at", "connection", "new", "changed", "unchanged", "failed", "gone", "ended")
    list_select_related = ("connection", "job_run")
    list_filter = ("connection",)
    fields = ("connection", "started_at", "finished_at", "new", "changed", "unchanged", "failed", "gone",
              "ended", "reasons")  # fmt: skip
    readonly_fields = fields

    @admin.display(description=gettext_lazy("how it ended"))
    def ended(self, run: SyncRun) -> str:
        """In words."""
        return outcome(run)

    @admin.display(description=gettext_lazy("what could not be used"))
    def reasons(self, run: SyncRun) -> str:
        """A link to the reasons, where there are any."""
        if not run.failed:
            return _("Nothing")
        url = f"{reverse('admin:connectors_syncproblem_changelist')}?run__id__exact={run.pk}"
        return format_html('<a href="{}">{}</a>', url, _("%(n)s, with the reasons") % {"n": run.failed})


@admin.register(SyncProblem)
class SyncProblemAdmin(ReadOnly):
    """Each unusable file or entry with its reason."""

    list_display = ("where", "reason", "connection", "run")
    list_display_links = None
    list_select_related = ("run__connection",)
    # Of one run; without a list of all runs to choose from.
    linked_by = ("run__id__exact",)
    search_fields = ("where", "reason")

    @admin.display(description=gettext_lazy("connection"))
    def connection(self, problem: SyncProblem) -> str:
        """Whose it is."""
        return problem.run.connection.name
