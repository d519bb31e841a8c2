from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from careerforge.administration import held_text
from careerforge.administration.base import ReadOnlyPage
from careerforge.knowledge.models import HeldVersion
from careerforge.knowledge.quarantine import reviewing
from careerforge.people.models import Grant, User

PLATFORM, HR = Grant.Kind.ADMIN_PLATFORM, Grant.Kind.ADMIN_HR
Act = Callable[..., bool]
ACTS: dict[str, Act] = {
    "release": reviewing.release,
    "reject": reviewing.reject,
    "again": reviewing.hold_again,
    "look": reviewing.look_again,
}
State = HeldVersion.State
# What a session remembers of the last decision, to undo it: so many texts at most.
LAST, MOST_UNDONE = "held_decided", 2_000
# So many of them are named.
NAMED = 10


class Decided(admin.SimpleListFilter):
    """Texts that wait, unless those are asked for that somebody has decided about."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return ((State.RELEASED, _("Released")), (State.REJECTED, _("Rejected")))

    def choices(self, changelist: Any) -> Any:
        """Django's, with the first one called by its name."""
        for number, choice in enumerate(super().choices(changelist)):
            yield choice if number else {**choice, "display": _("Waiting")}

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(state=self.value() or State.HELD)


@admin.register(HeldVersion)
class HeldVersionAdmin(ReadOnlyPage):
    """Texts that wait for somebody to look at them. Platform admins see that there is one and why; its words
    are only for who may read its source.
    """

    acted_as = PLATFORM
    list_display = ("shown_title", "source", "reasons", "made_at")
    list_filter = (Decided,)
    list_select_related = ("document__collection",)
    ordering = ("-made_at",)
    fields = ("shown_title", "source", "reasons", "made_at")
    readonly_fields = fields
    actions = ("release_chosen", "reject_chosen", "look_chosen", "again_chosen")
    # From the page of a connection.
    linked_by = ("document__collection__id__exact",)
    change_form_template = "admin/knowledge/heldversion/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[HeldVersion]:
        """What is held, or was decided and may be taken back, and whose source is still there; HR admins see
        only what they may read.
        """
        rows = HeldVersion.objects.filter(Q(state=State.HELD) | Q(pk__in=reviewing.decided().values("pk")))
        held = rows.filter(document__collection__removed_at=None).select_related("document__collection")
        who = _who(request)
        if PLATFORM in who.kinds:
            return held
        return held.filter(document__collection__in=_readable(request))

    def get_list_display(self, request: HttpRequest) -> Any:
        """Each row needs to know who asks."""
        self_readable = _readable(request)

        @admin.display(description=gettext_lazy("title"))
        def shown_title(version: HeldVersion) -> str:
            return held_text.title(version, version.document.collection_id in self_readable)

        @admin.display(description=gettext_lazy("why"))
        def reasons(version: HeldVersion) -> Any:
            return held_text.in_the_list(version, version.document.collection_id in self_readable)

        return (shown_title, "source", reasons, "made_at")

    def get_actions(self, request: HttpRequest) -> Any:
        """Of what waits, and of what was decided."""
        decided = request.GET.get(Decided.parameter_name) in (State.RELEASED, State.REJECTED)
        actions = super().get_actions(request)
        return {name: one for name, one in actions.items() if (name == "again_chosen") == decided}

    @admin.display(description=gettext_lazy("title"))
    def shown_title(self, version: HeldVersion) -> str:
        """Only asked for on the page of one version, which shows it itself."""
        return ""

    @admin.display(description=gettext_lazy("source"))
    def source(self, version: HeldVersion) -> str:
        return version.document.collection.name

    @admin.display(description=gettext_lazy("why"))
    def reasons(self, version: HeldVersion) -> str:
        """As the page of one version says it, which shows it itself."""
        return ""

    def has_release_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the actions below."""
        return bool(_who(request).has_perm("knowledge.release_heldversion"))

    @admin.action(description=gettext_lazy("Release: publish what was held"), permissions=["release"])
    def release_chosen(self, request: HttpRequest, queryset: QuerySet[HeldVersion]) -> None:
        self._decide(request, queryset, "release")

    @admin.action(description=gettext_lazy("Reject: keep it out for good"), permissions=["release"])
    def reject_chosen(self, request: HttpRequest, queryset: QuerySet[HeldVersion]) -> None:
        self._decide(request, queryset, "reject")

    @admin.action(
        description=gettext_lazy("Look again: release what today's rules do not hold"),
        permissions=["release"],
    )
    def look_chosen(self, request: HttpRequest, queryset: QuerySet[HeldVersion]) -> None:
        self._decide(request, queryset, "look")

    @admin.action(description=gettext_lazy("Undo: hold them again"), permissions=["release"])
    def again_chosen(self, request: HttpRequest, queryset: QuerySet[HeldVersion]) -> None:
        self._decide(request, queryset, "again")

    def _decide(self, request: HttpRequest, versions: Iterable[HeldVersion], act: str) -> None:
        who, kind = _who(request), _acting(request)
        done = [str(one.pk) for one in versions if ACTS[act](one, who, kind=kind)]
        words = {
            "release": ngettext("%(n)s text released.", "%(n)s texts released.", len(done)),
            "look": ngettext("%(n)s text released.", "%(n)s texts released.", len(done)),
            "reject": ngettext("%(n)s text rejected.", "%(n)s texts rejected.", len(done)),
            "again": ngettext("%(n)s text is held again.", "%(n)s texts are held again.", len(done)),
        }
        said = words[act] % {"n": len(done)}
        if done and act != "again":
            request.session[LAST] = done[:MOST_UNDONE]
            undo = reverse("admin:knowledge_heldversion_undo")
            said = format_html('{} <a href="{}">{}</a>', said, undo, _("Undo"))
        messages.success(request, said)

    # --- one version ------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(require_POST(self.decide_view))
        own = [
            path(f"<uuid:pk>/{act}/", decide, {"act": act}, f"knowledge_heldversion_{act}")
            for act in ("release", "reject", "again")
        ]
        undo = path("undo/", self.admin_site.admin_view(self.undo_view), name="knowledge_heldversion_undo")
        return [undo, *own, *super().get_urls()]

    def undo_view(self, request: HttpRequest) -> HttpResponse:
        """What was decided last, and a button to undo it."""
        if not self.has_release_permission(request):
            raise PermissionDenied
        keys = request.session.get(LAST, [])
        rows = self.get_queryset(request).filter(pk__in=keys).exclude(state=State.HELD)
        if request.method == "POST":
            self._decide(request, rows, "again")
            request.session.pop(LAST, None)
            return redirect(reverse("admin:knowledge_heldversion_changelist"))
        readable = _readable(request)
        named = [held_text.title(one, one.document.collection_id in readable) for one in rows[:NAMED]]
        page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Undo the last decision"),
            "named": named,
            "number": rows.count(),
            "more": max(rows.count() - NAMED, 0),
        }
        return render(request, "admin/knowledge/heldversion/undo.html", page)

    def decide_view(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        """One of the two buttons of the page."""
        if not self.has_release_permission(request):
            raise PermissionDenied
        self._decide(request, HeldVersion.objects.filter(pk=self._held(request, pk).pk), act)
        return redirect(reverse("admin:knowledge_heldversion_changelist"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The text with what was found in it, and how it differs from what stands there now."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            version = self._held(request, UUID(object_id))
        except ValueError:
            raise Http404 from None
        may_read = version.document.collection_id in _readable(request)
        shown = {
            "version": version,
            "may_read": may_read,
            "title": held_text.title(version, may_read),
            "subtitle": None,
            "waits": version.state == State.HELD,
            **held_text.told(version, may_read=may_read),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def _held(self, request: HttpRequest, pk: UUID) -> HeldVersion:
        rows = self.get_queryset(request).select_related("document__current_version")
        found: HeldVersion = get_object_or_404(rows, pk=pk)
        return found


def _who(request: HttpRequest) -> User:
    who: Any = request.user
    found: User = who
    return found


def _acting(request: HttpRequest) -> str:
    return PLATFORM if PLATFORM in _who(request).kinds else HR


def _readable(request: HttpRequest) -> set[UUID]:
    """Read once a request."""
    known: set[UUID] | None = request.__dict__.get("_readable")
    if known is None:
        known = request.__dict__["_readable"] = reviewing.readable(_who(request))
    return known
