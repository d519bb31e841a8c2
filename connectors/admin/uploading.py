"""The page where files are handed in, and taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect

from connectors import uploads
from connectors.admin.pages import PAGE, Page
from connectors.admin.streaming import MOST_BYTES, MOST_FILES, Bounded
from connectors.kinds import registry
from connectors.kinds.upload.names import safe_name
from connectors.models import Connection
from connectors.uploads import Handed, Taken

REMOVE = "_remove"
# Of a form, beside its files.
SLACK = 100_000


class Uploading(Page):
    """For connections whose documents people hand in."""

    def arriving_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Have the files stream in under our bounds, before anything else reads the form."""
        connection = get_object_or_404(Connection.objects.select_related("collection"), pk=pk)
        if not self.has_change_permission(request, connection):
            raise Http404
        if connection.kind not in registry.BY_HAND:
            # It is asked for its documents; nobody hands them in.
            return redirect("admin:connectors_connection_status", pk)
        if request.method != "POST":
            return self._upload_page(request, connection)
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + SLACK:
            return self._upload_page(request, connection, _too_much(), status=413)
        request.upload_handlers = [Bounded(request)]
        try:
            request.FILES  # noqa: B018 - reads the form
        except (RequestDataTooBig, TooManyFilesSent):
            return self._upload_page(request, connection, _too_much(), status=413)
        protected: Any = csrf_protect(self._submitted_files)
        response: HttpResponse = protected(request, connection)
        return response

    def _submitted_files(self, request: HttpRequest, connection: Connection) -> HttpResponse:
        """Hand files in, or take one back."""
        user: Any = request.user
        if REMOVE in request.POST:
            name = safe_name(request.POST[REMOVE])
            gone = uploads.remove(user, connection, name, timezone.now())
            words = ngettext(
                "%(n)s document of %(name)s is gone.", "%(n)s documents of %(name)s are gone.", gone
            )
            messages.success(request, words % {"name": name, "n": gone})
            return redirect(request.path)
        handed = [Handed(file.name or "", file.read()) for file in request.FILES.getlist("files")]
        taken = uploads.take(user, connection, handed, timezone.now()) + _dropped(request)
        refusal = "" if taken else _("Choose at least one file.")
        return self._upload_page(request, connection, refusal, taken)

    def _upload_page(
        self,
        request: HttpRequest,
        connection: Connection,
        refusal: str = "",
        taken: list[Taken] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Files of %(name)s") % {"name": connection},
            "opts": self.opts,
            "original": connection,
            "refusal": refusal,
            "taken": taken or [],
            "most_files": MOST_FILES,
            "page": Paginator(uploads.files(connection), PAGE).get_page(request.GET.get("page")),
        }
        return TemplateResponse(request, "admin/connectors/connection/upload.html", context, status=status)


def _dropped(request: HttpRequest) -> list[Taken]:
    """The files that were too large to be kept."""
    names = [name for one in request.upload_handlers if isinstance(one, Bounded) for name in one.dropped]
    reason = _("It is larger than 25 MB, or there was too much at once.")
    return [Taken(safe_name(name), reasons=(reason,)) for name in names]


def _too_much() -> str:
    words = _("This was too much at once: hand in at most %(n)s files of together 60 MB. Nothing was stored.")
    return words % {"n": MOST_FILES}
