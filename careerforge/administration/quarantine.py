from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from careerforge.administration.base import ReadOnlyPage
from careerforge.knowledge import reviewing
from careerforge.knowledge.differences import differences
from careerforge.knowledge.models import HeldVersion
from careerforge.knowledge.suspicion import Found
from careerforge.people.models import Grant, User

PLATFORM, HR = Grant.Kind.ADMIN_PLATFORM, Grant.Kind.ADMIN_HR
Act = Callable[..., bool]
ACTS: dict[str, Act] = {"release": reviewing.release, "reject": reviewing.reject}
# Around what was found, so many characters; of the whole text, so many.
AROUND, SHOWN = 160, 20_000


@admin.register(HeldVersion)
class HeldVersionAdmin(ReadOnlyPage):
    """Texts that wait for somebody to look at them. Platform admins see that there is one and why; its words
    are only for who may read its source.
    """

    acted_as = PLATFORM
    list_display = ("shown_title", "source", "reasons", "made_at")
    list_select_related = ("document__collection",)
    ordering = ("-made_at",)
    fields = ("shown_title", "source", "reasons", "made_at")
    readonly_fields = fields
    actions = ("release_chosen", "reject_chosen")
    change_form_template = "admin/knowledge/heldversion/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[HeldVersion]:
        """What is held and whose source is still there; HR admins see only what they may read."""
        held = HeldVersion.objects.filter(state=HeldVersion.State.HELD)
        held = held.filter(document__collection__removed_at=None).select_related("document__collection")
        who = _who(request)
        if PLATFORM in who.kinds:
            return held
        return held.filter(document__collection__in=_readable(request))

    def get_list_display(self, request: HttpRequest) -> Any:
        """Each row needs to know who asks."""
        self_readable = _readable(request)

        @admin.display(description=gettext_lazy("title"))
        def shown_title(version: HeldVersion) -> str:
            return _title(version, self_readable)

        return (shown_title, *self.list_display[1:])

    @admin.display(description=gettext_lazy("title"))
    def shown_title(self, version: HeldVersion) -> str:
        """Only asked for on the page of one version, which shows it itself."""
        return ""

    @admin.display(description=gettext_lazy("source"))
    def source(self, version: HeldVersion) -> str:
        return version.document.collection.name

    @admin.display(description=gettext_lazy("why"))
    def reasons(self, version: HeldVersion) -> str:
        return " ".join(dict.fromkeys(Found.of(row).reason for row in version.suspicions))

    def has_release_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the actions below."""
        return bool(_who(request).has_perm("knowledge.release_heldversion"))

    @admin.action(description=gettext_lazy("Release: publish what was held"), permissions=["release"])
    def release_chosen(self, request: HttpRequest, queryset: QuerySet[HeldVersion]) -> None:
        self._decide(request, queryset, "release")

    @admin.action(description=gettext_lazy("Reject: keep it out for good"), permissions=["release"])
    def reject_chosen(self, request: HttpRequest, queryset: QuerySet[HeldVersion]) -> None:
        self._decide(request, queryset, "reject")

    def _decide(self, request: HttpRequest, queryset: QuerySet[HeldVersion], act: str) -> None:
        done = sum(ACTS[act](version, _who(request), kind=_acting(request)) for version in queryset)
        words = {
            "release": ngettext("%(n)s text released.", "%(n)s texts released.", done),
            "reject": ngettext("%(n)s text rejected.", "%(n)s texts rejected.", done),
        }
        messages.success(request, words[act] % {"n": done})

    # --- one version ------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(require_POST(self.decide_view))
        own = [
            path(f"<uuid:pk>/{act}/", decide, {"act": act}, f"knowledge_heldversion_{act}") for act in ACTS
        ]
        return [*own, *super().get_urls()]

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
        reasons = dict.fromkeys(Found.of(row).reason for row in version.suspicions)
        shown = {
            "version": version,
            "may_read": may_read,
            "title": _title(version, _readable(request)),
            "subtitle": None,
            "found": [(reason, None) for reason in reasons],
        }
        if may_read:
            shown |= _told(version)
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


def _title(version: HeldVersion, readable: set[UUID]) -> str:
    if version.document.collection_id not in readable:
        return _("A text for other readers")
    return str(version.described.get("title", "")) or _("Without a title")


def _told(version: HeldVersion) -> dict[str, Any]:
    current = version.document.current_version
    found = [Found.of(row) for row in version.suspicions]
    return {
        "found": [(one.reason, _around(version.text, one)) for one in found],
        "blocks": differences(current.text, version.text)[:40] if current else [],
        "has_current": current is not None,
        "text": version.text[:SHOWN],
        "is_cut": len(version.text) > SHOWN,
    }


def _around(text: str, found: Found) -> tuple[str, str, str] | None:
    """What stands before the place, at it, and behind it; invisible characters by their numbers."""
    if found.end <= found.start:
        return None
    before, after = max(found.start - AROUND, 0), found.end + AROUND
    pieces = text[before : found.start], text[found.start : found.end], text[found.end : after]
    return pieces[0], "".join(map(_visible, pieces[1])), pieces[2]


def _visible(character: str) -> str:
    return character if character.isprintable() or character == "\n" else f"‹U+{ord(character):04X}›"
