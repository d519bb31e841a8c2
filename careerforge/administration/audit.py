from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from careerforge.administration.base import ReadOnlyPage
from careerforge.governance.models import AuditEvent
from careerforge.people.models import User

MOST_PEOPLE = 50


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyPage):
    """What happened, newest first. It is searched by whom it is about, never by who did it."""

    list_display = ("when", "act", "about_whom", "acting_as", "by_whom", "why")
    list_display_links = None
    ordering = ("-at", "-id")
    list_filter = ()
    # No address may single out who acted.
    linked_by = ("act", "act__exact")
    search_fields = ("subject",)
    search_help_text = _(
        "Handle of the person concerned. Searching by who acted takes two people and a reason."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        """What people did about others.

        What somebody does for themselves, and when, is nobody else's: it would tell who was at work.
        """
        others = AuditEvent.objects.filter(
            Q(actor__isnull=True) | Q(subject__isnull=True) | ~Q(actor=F("subject"))
        )
        return others.annotate(about=_handle_of("subject"), who=_handle_of("actor"))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        people = User.objects.filter(handle__icontains=search_term.strip()).values_list("pk", flat=True)
        return queryset.filter(subject__in=list(people[:MOST_PEOPLE])), False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A list and no pages of single rows: everything there is stands in the list.
        return obj is None and super().has_view_permission(request)

    @admin.display(description=_("when"))
    def when(self, event: AuditEvent) -> str:
        return date_format(timezone.localtime(event.at), "j M Y, H:i:s")

    @admin.display(description=_("about whom"))
    def about_whom(self, event: AuditEvent) -> str:
        return named(event.about, event.subject)  # type: ignore[attr-defined]

    @admin.display(description=_("as"))
    def acting_as(self, event: AuditEvent) -> str:
        return event.actor_kind

    @admin.display(description=_("who"))
    def by_whom(self, event: AuditEvent) -> str:
        return named(event.who, event.actor) or str(_("the system"))  # type: ignore[attr-defined]

    @admin.display(description=_("details"))
    def why(self, event: AuditEvent) -> str:
        details = ", ".join(f"{key} {value}" for key, value in event.detail.items())
        return " · ".join(filter(None, (event.reason, details)))


def _handle_of(column: str) -> Subquery:
    return Subquery(User.objects.filter(pk=OuterRef(column)).values("handle")[:1])


def named(handle: str | None, person: UUID | None) -> str:
    """A handle; of somebody who was erased, the start of what stood in the row."""
    return handle or (str(person)[:8] if person else "")
