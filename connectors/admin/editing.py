"""Adding a connection, changing one, and trying out what is filled in."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from connectors import connecting
from connectors.admin import choosing, groups, starting
from connectors.admin.form import ConnectionForm
from connectors.admin.pages import Page
from connectors.admin.starting import Start
from connectors.health import health
from connectors.health.standing import is_documented_only
from connectors.kinds import registry
from connectors.kinds.json.names import hints
from connectors.kinds.kind import Kind
from connectors.models import Connection
from connectors.preview import preview
from connectors.wishes import Refusal

FOLDER = "admin/connectors/connection"
# The names of the buttons: try it out, look at an address, begin with what was found there.
TEST, LOOK, START = "_test", "_look", "_start"


class Editing(Page):
    """A kind is chosen first; then there are its own fields and no others."""

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Choose a kind or paste an address; with a kind, its form."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            kind = registry.find(request.POST.get("kind") or request.GET.get("kind", ""))
        except LookupError:
            return self._choose(request)
        start = _start(request, kind)
        is_empty = request.method != "POST" or START in request.POST
        form = ConnectionForm(None if is_empty else request.POST, user=_user(request), kind=kind, start=start)
        return self._shown(request, form, start) if is_empty else self._submitted(request, form, start)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form of a connection's kind, filled in, but for its secret."""
        connection = self.get_object(request, object_id)
        if connection is None or not self.has_change_permission(request, connection):
            raise Http404
        data = request.POST if request.method == "POST" else None
        kind = registry.find(connection.kind)
        form = ConnectionForm(data, user=_user(request), kind=kind, connection=connection)
        act = self._shown if data is None else self._submitted
        return act(request, form, Start())

    def _choose(self, request: HttpRequest) -> HttpResponse:
        asked = request.POST.get("location", "").strip() if LOOK in request.POST else ""
        found = choosing.look(_user(request), asked, timezone.now()) if asked else None
        context = {
            **self.admin_site.each_context(request),
            **choosing.offers(),
            "title": _("Add a source"),
            "opts": self.opts,
            "asked": asked,
            "found": found,
            "proposals": list(choosing.proposals(found)) if found else [],
        }
        return TemplateResponse(request, f"{FOLDER}/add.html", context)

    def _submitted(self, request: HttpRequest, form: ConnectionForm, start: Start) -> HttpResponse:
        is_valid = form.is_valid()
        if TEST in request.POST:
            tried = preview(form.user, form.wish(), form.connection, timezone.now()) if is_valid else None
            found = list(hints(form.wish().settings)) if is_valid else []
            return self._shown(request, form, start, preview=tried, hints=found)
        if is_valid:
            try:
                return self._saved(request, form)
            except Refusal as refusal:
                # Somebody took the name between the check and now.
                form.add_error(refusal.field_name, str(refusal))
        return self._shown(request, form, start)

    def _saved(self, request: HttpRequest, form: ConnectionForm) -> HttpResponse:
        """Through the same door as the API."""
        before = form.connection
        had_secret = bool(before and before.sealed_secret)
        saved = connecting.save(form.user, form.wish(), before)
        if before is None:
            if not form.wish().owner:
                # Who adds it here chose nobody.
                health.own(saved, None)
            self.log_addition(request, saved, [{"added": {}}])
            messages.success(request, self._welcome(saved))
        else:
            self.log_change(request, saved, [{"changed": {"fields": form.changed_data}}])
            messages.success(request, _("“%(name)s” was changed.") % {"name": saved})
        if had_secret and not saved.sealed_secret:
            messages.warning(
                request, _("The secret was forgotten: it belongs to the address it was given for.")
            )
        page = "upload" if before is None and saved.kind in registry.BY_HAND else "status"
        return redirect(reverse(f"admin:connectors_connection_{page}", args=[saved.pk]))

    @staticmethod
    def _welcome(saved: Connection) -> str:
        if saved.kind in registry.BY_HAND:
            return _("“%(name)s” was added. Choose its first files here.") % {"name": saved}
        if saved.paused:
            return _("“%(name)s” was added. It is paused.") % {"name": saved}
        return _("“%(name)s” was added. It is asked for the first time within five minutes.") % {
            "name": saved
        }

    def _shown(self, request: HttpRequest, form: ConnectionForm, start: Start, **more: Any) -> HttpResponse:
        connection, kind = form.connection, form.kind
        # A plain form in the shape of admin's own.
        grouped: Any = AdminForm
        words = {"name": connection or "", "kind": kind.label, "preset": start.preset}
        adding = _("Add a source: %(preset)s (%(kind)s)") if start.preset else _("Add a source: %(kind)s")
        title = _("Change “%(name)s”") if connection else adding
        context = {
            **self.admin_site.each_context(request),
            "title": title % words,
            "opts": self.opts,
            "original": connection,
            "kind": kind,
            "adminform": grouped(form, groups.of(form, kind.fields, start.wanted), {}, (), model_admin=self),
            "is_documented_only": is_documented_only(kind.key),
            "is_tried": kind.key not in registry.BY_HAND,
            # It is never sent back, so that it has to be typed again before anything is stored.
            "lost_secret": bool(form.data.get("secret")),
            "preview": None,
            "start": start,
            **more,
        }
        return TemplateResponse(request, f"{FOLDER}/form.html", context)


def _start(request: HttpRequest, kind: Kind) -> Start:
    if START in request.POST:
        asked = request.POST
        return starting.found(
            kind, asked.get("location", ""), asked.get("settings", ""), asked.get("wanted", "")
        )
    return starting.chosen(kind, request.GET.get("preset", ""))


def _user(request: HttpRequest) -> Any:
    return request.user
