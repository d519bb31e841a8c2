"""Synchronisations and what they could not use."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.design.words import span
from careerforge.knowledge.models import Collection, Document
from connectors.admin.pages import ReadOnly
from connectors.health import standing
from connectors.models import SyncProblem, SyncRun

# Documents of one synchronisation that its page names, of each kind of change.
SHOWN = 100


@admin.register(SyncRun)
class SyncRunAdmin(ReadOnly):
    """What each synchronisation did."""

    list_display = (
        "started_at", "connection", "new", "changed", "unchanged", "gone", "held", "failed", "ended",
    )  # fmt: skip
    list_select_related = ("connection", "job_run")
    # Of one connection; without a list of all connections to choose from.
    linked_by = ("connection__id__exact",)
    fields = ("of", "started_at", "took", "new", "changed", "unchanged", "gone", "held", "failed", "ended",
              "reasons")  # fmt: skip
    readonly_fields = fields
    change_form_template = "admin/connectors/syncrun/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SyncRun]:
        rows: QuerySet[SyncRun] = super().get_queryset(request)
        return rows.select_related("connection__collection", "job_run")

    @admin.display(description=gettext_lazy("connection"))
    def of(self, run: SyncRun) -> str:
        """The way back to its page."""
        address = reverse("admin:connectors_connection_status", args=[run.connection_id])
        return format_html('<a href="{}">{}</a>', address, run.connection.name)

    @admin.display(description=gettext_lazy("took"))
    def took(self, run: SyncRun) -> str:
        """How long, in words."""
        return span(standing.duration(run)) or _("It is at work")

    @admin.display(description=gettext_lazy("how it ended"))
    def ended(self, run: SyncRun) -> str:
        """In words."""
        return standing.outcome(run)

    @admin.display(description=gettext_lazy("what could not be used"))
    def reasons(self, run: SyncRun) -> str:
        """A link to the reasons, where there are any."""
        if not run.failed:
            return _("Nothing")
        url = f"{reverse('admin:connectors_syncproblem_changelist')}?run__id__exact={run.pk}"
        return format_html('<a href="{}">{}</a>', url, _("%(n)s, with the reasons") % {"n": run.failed})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """With the documents that it changed, and those that it found gone."""
        run = kwargs["obj"]
        context |= {
            "run": run,
            "is_readable": run.connection.collection.audience == Collection.Audience.EVERYONE,
            "changes": list(standing.changed_by(run, SHOWN)),
            "gone": list(Document.objects.filter(standing.gone_by(run)).order_by("title", "pk")[:SHOWN]),
        }
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(SyncProblem)
class SyncProblemAdmin(ReadOnly):
    """Each unusable file or entry with its reason."""

    list_display = ("place", "reason", "connection", "run")
    fields = list_display
    readonly_fields = list_display
    list_display_links = None
    list_select_related = ("run__connection",)
    # Of one run; without a list of all runs to choose from.
    linked_by = ("run__id__exact",)
    search_fields = ("shown", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SyncProblem]:
        """With the names of places that everyone may know."""
        is_open = Q(run__connection__collection__audience=Collection.Audience.EVERYONE)
        rows: QuerySet[SyncProblem] = super().get_queryset(request)
        return rows.annotate(shown=Case(When(is_open, then=F("where")), default=Value("")))

    @admin.display(description=gettext_lazy("where"), ordering="shown")
    def place(self, problem: SyncProblem) -> str:
        """A file's name may say what only some may know."""
        shown: str = problem.shown  # type: ignore[attr-defined]
        return shown or _("A place of a restricted source")

    @admin.display(description=gettext_lazy("connection"))
    def connection(self, problem: SyncProblem) -> str:
        """Whose it is."""
        return problem.run.connection.name
