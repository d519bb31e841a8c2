from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from careerforge.people.lookups import has_nul
from connectors.health import health


class Site(admin.AdminSite):
    """The administrators' pages."""

    site_header = _("CareerForge administration")
    site_title = _("CareerForge")
    index_title = _("Administration")
    enable_nav_sidebar = True

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page, with what its reader was told of and has to look after."""
        who: Any = request.user
        notices = health.notices(who) if who.has_perm("connectors.view_connection") else ()
        return super().index(request, {"notices": notices, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send people to the one sign-in page; strangers who are signed in get a refusal."""
        view: Any = secure_admin_login(super().login)
        response: HttpResponse = view(request, extra_context)
        return response

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out, and end where everybody ends."""
        super().logout(request, extra_context)
        return redirect("account_login")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Names while somebody types; 400 for what no database understands."""
        if has_nul(request.GET):
            raise BadRequest
        response: HttpResponse = super().autocomplete_view(request)
        return response

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """There is one page for it."""
        return redirect("account_change_password")
