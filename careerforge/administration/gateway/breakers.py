"""Providers that fail, and asking them as usual again before their time."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import ReadOnlyPage
from careerforge.administration.gateway import words
from careerforge.administration.gateway.offers import PLATFORM
from careerforge.gateway import breakers
from careerforge.gateway.models import Breaker


@admin.register(Breaker)
class BreakerAdmin(ReadOnlyPage):
    """How the providers have been, and which is left alone until when."""

    acted_as = PLATFORM
    list_display = ("name", "failures", "last_failure", "changed_at", "open_until")
    fields = ("name", "failures", "last_failure", "changed_at", "open_until")
    actions = ("ask_again",)

    def get_urls(self) -> list[URLPattern]:
        """One button on the overview, too."""
        again = path("<uuid:pk>/again/", self.admin_site.admin_view(self.again_view),
                     name="gateway_breaker_again")  # fmt: skip
        return [again, *super().get_urls()]

    @admin.display(description=gettext_lazy("provider"))
    def name(self, breaker: Breaker) -> str:
        return words.provider(breaker.provider)

    @admin.display(description=gettext_lazy("last failure"))
    def last_failure(self, breaker: Breaker) -> str:
        return words.reason(breaker.why) if breaker.why else ""

    def has_again_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the action below."""
        user: Any = request.user
        return bool(user.has_perm("gateway.change_breaker"))

    @admin.action(description=gettext_lazy("Ask as usual again"), permissions=["again"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[Breaker]) -> None:
        """After a key was replaced or an account was filled up."""
        for breaker in queryset:
            breakers.close(breaker.provider)
            self.note(request, "provider.asked_again", breaker, provider=breaker.provider)
        messages.success(request, _("They are asked as usual again."))

    def again_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The same for one of them."""
        if not self.has_again_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        breaker = get_object_or_404(Breaker, pk=pk)
        breakers.close(breaker.provider)
        self.note(request, "provider.asked_again", breaker, provider=breaker.provider)
        name = {"name": words.provider(breaker.provider)}
        messages.success(request, _("%(name)s is asked as usual again.") % name)
        return redirect("admin:app_list", app_label="gateway")
