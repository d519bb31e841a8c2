"""What administrators of the platform are told about models, once; it stands until somebody has seen it."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import ReadOnlyPage, whether
from careerforge.administration.gateway.offers import PLATFORM
from careerforge.gateway.models import Notice


@admin.register(Notice)
class NoticeAdmin(ReadOnlyPage):
    """Everything that was told, the newest first."""

    acted_as = PLATFORM
    list_display = ("at", "kind", "text", "seen_at")
    list_display_links = None
    list_filter = (
        "kind",
        whether("seen_at", gettext_lazy("state"), gettext_lazy("Seen"), gettext_lazy("Not seen")),
    )
    fields = ("at", "kind", "text", "seen_at")
    ordering = ("-at",)

    @admin.display(description=gettext_lazy("notice"))
    def text(self, notice: Notice) -> str:
        """In the reader's language."""
        return notice.text

    def get_urls(self) -> list[URLPattern]:
        """One button where a notice stands."""
        seen = path("<uuid:pk>/seen/", self.admin_site.admin_view(self.seen_view),
                    name="gateway_notice_seen")  # fmt: skip
        return [seen, *super().get_urls()]

    def seen_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Put a notice away. A second person who does it finds it put away."""
        who: Any = request.user
        if not who.has_perm("gateway.change_notice"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        notice = get_object_or_404(Notice, pk=pk)
        if Notice.objects.filter(pk=pk, seen_at=None).update(seen_at=timezone.now()):
            self.note(request, "notice.seen", notice, kind=notice.kind)
        messages.success(request, _("Put away. It stays in the history of notices."))
        home = request.POST.get("from") == "home"
        return redirect("admin:index") if home else redirect("admin:app_list", app_label="gateway")
