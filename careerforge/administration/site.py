from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from careerforge.administration import setting_up
from careerforge.administration.gateway import overview
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
        shown: dict[str, Any] = {"notices": notices, "model_notices": overview.unseen(who)}
        shown["missing"] = setting_up.missing(who, localdate())
        may_see = {"may_see_notices": who.has_perm("gateway.change_notice")}
        return super().index(request, {**shown, **may_see, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The first page of an app; that of language models is an overview."""
        who: Any = request.user
        if app_label == "gateway" and who.has_perm("gateway.view_modelcall"):
            extra_context = {**overview.context(who, request.GET.get("days", "")), **(extra_context or {})}
        return super().app_index(request, app_label, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """The apps with their pages; the overview of language models stands first among its own."""
        apps: Any = super().get_app_list(request, app_label)
        who: Any = request.user
        for app in apps:
            if app["app_label"] == "gateway" and who.has_perm("gateway.view_modelcall"):
                # With a query, so that Django does not take it for the current page of all below it.
                address = f"{app['app_url']}?days={overview.USUAL}"
                page = {"name": _("Overview"), "object_name": "Overview", "admin_url": address}
                app["models"].insert(0, {**page, "add_url": None, "view_only": True, "perms": {}})
        return apps

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
