"""The list of connections: how each is, when it was read last and is asked next, who looks after it."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.admin.pages import Page
from connectors.health import health
from connectors.health.health import Health
from connectors.kinds import registry
from connectors.models import Connection


class HealthFilter(admin.SimpleListFilter):
    """By how they are."""

    title, parameter_name = gettext_lazy("health"), "health"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(one.value, one.label) for one in health.TROUBLE_FIRST]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Connection]) -> QuerySet[Connection]:
        """Those that are so."""
        rows: Any = queryset
        asked = self.value()
        return rows.filter(health=asked) if asked in Health.values else queryset


class KindFilter(admin.SimpleListFilter):
    """By what is at their other end."""

    title, parameter_name = gettext_lazy("kind"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(kind.key, kind.label) for kind in registry.all_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Connection]) -> QuerySet[Connection]:
        """Those of one kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class Listing(Page):
    """Connections, 25 on a page."""

    list_display = ("named", "how", "kind_label", "read_at", "asked_at", "looked_after_by")
    list_display_links = None
    list_filter = (HealthFilter, KindFilter, "collection__audience")
    search_fields = ("name",)
    change_list_template = "admin/connectors/connection/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Connection]:
        """With everything that a row, and the page of one, says."""
        rows = (
            super()
            .get_queryset(request)
            .select_related("collection", "newest_run__job_run", "ownership__user")
        )
        return health.told(rows, timezone.now())

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, with how many are how."""
        who: Any = request.user
        shown = {
            "title": capfirst(self.opts.verbose_name_plural),
            "numbers": [(one, n) for one, n in health.numbers(timezone.now()).items()],
            "notices": health.notices(who),
        }
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def named(self, connection: Connection) -> SafeString:
        """The way to its page."""
        address = reverse("admin:connectors_connection_status", args=[connection.pk])
        return format_html('<a href="{}">{}</a>', address, connection.name)

    @admin.display(description=gettext_lazy("health"), ordering="health")
    def how(self, connection: Connection) -> SafeString:
        """In words, with a mark for the eye."""
        if connection.kind in registry.BY_HAND:
            return format_html("{}", _("Handed in by people"))
        how = Health(connection.health)  # type: ignore[attr-defined]
        return format_html('<span class="cf-health {}">{}</span>', how.value, how.label)

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, connection: Connection) -> str:
        """As people call it."""
        return str(registry.find(connection.kind).label)

    @admin.display(description=gettext_lazy("last complete"), ordering="good_at")
    def read_at(self, connection: Connection) -> datetime | str:
        """When all of it was read without a fault."""
        return connection.good_at or _("Never")

    @admin.display(description=gettext_lazy("next"), ordering="next_sync_at", empty_value="–")
    def asked_at(self, connection: Connection) -> datetime | str | None:
        """When it is asked again."""
        if connection.paused or connection.kind in registry.BY_HAND:
            return None
        return connection.next_sync_at or _("Soon")

    @admin.display(description=gettext_lazy("owner"), empty_value="–")
    def looked_after_by(self, connection: Connection) -> str | None:
        """Whose it is."""
        return str(connection.ownership.user) if hasattr(connection, "ownership") else None
