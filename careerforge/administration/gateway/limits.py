"""How much models may be asked and for what, and how much of that is used."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import Page, ReadOnlyPage
from careerforge.administration.gateway import use, words
from careerforge.administration.gateway.offers import PLATFORM
from careerforge.gateway.budget import ENDLESS
from careerforge.gateway.models import FunctionSwitch, Limit, Spend
from careerforge.gateway.models.limits import Scope


@admin.register(Limit)
class LimitAdmin(Page):
    """How much a person, a team and the company may use. Nothing here is without limit but what is empty."""

    acted_as = PLATFORM
    list_display = ("scope", "most", "used", "next_slot")
    fieldsets = (
        (
            None,
            {
                "fields": ("scope", "calls", "tokens", "dollars"),
                "description": gettext_lazy(
                    "What is left empty is without limit; 0 lets nothing through. Whoever reaches their"
                    " own limit is told when they may ask again; when a team’s or the company’s is reached,"
                    " answers are made by rules. A change acts at the next question."
                ),
            },
        ),
        (gettext_lazy("Now"), {"fields": ("used", "next_slot")}),
    )
    readonly_fields = ("used", "next_slot")

    def get_fieldsets(self, request: HttpRequest, obj: Limit | None = None) -> Any:
        """Of a limit that is not there yet nothing is used."""
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:1]

    @admin.display(description=gettext_lazy("at most"))
    def most(self, limit: Limit) -> str:
        return use.in_words(limit)

    @admin.display(description=gettext_lazy("used"))
    def used(self, limit: Limit) -> str:
        return use.use_of(limit, timezone.now()).state if limit.scope else ""

    @admin.display(description=gettext_lazy("starts anew"))
    def next_slot(self, limit: Limit) -> str:
        now = timezone.now()
        return words.moment(use.until(Scope(limit.scope), now), now) if limit.scope else ""


@admin.register(FunctionSwitch)
class FunctionSwitchAdmin(Page):
    """What models are asked for; switching one off acts at the next question, of queued work too."""

    acted_as = PLATFORM
    list_display = ("function", "is_on")
    fields = ("function", "is_on")

    def get_urls(self) -> list[URLPattern]:
        """One button for each function on the overview."""
        turn = path("<slug:function>/turn/", self.admin_site.admin_view(self.turn_view),
                    name="gateway_functionswitch_turn")  # fmt: skip
        return [turn, *super().get_urls()]

    def turn_view(self, request: HttpRequest, function: str) -> HttpResponse:
        """Switch one function on or off."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if function not in FunctionSwitch.Function.values:
            raise Http404
        on = request.POST.get("on") == "yes"
        row, _made = FunctionSwitch.objects.update_or_create(function=function, defaults={"is_on": on})
        self.note(request, "functionswitch.changed", row, function=function, on=on)
        text = (
            _("%(name)s: models are asked again, from the next question on.")
            if on
            else _("%(name)s: no model is asked from now on, for queued work neither. Rules do it.")
        )
        messages.success(request, text % {"name": row})
        return redirect("admin:app_list", app_label="gateway")


@admin.register(Spend)
class SpendAdmin(ReadOnlyPage):
    """What teams and the company have used, a day a row. Who asked how often is nobody's business."""

    acted_as = PLATFORM
    list_display = ("starts_at", "scope", "calls", "tokens", "cost", "of_limit")
    list_filter = (("scope", admin.ChoicesFieldListFilter),)
    fields = ("starts_at", "scope", "calls", "tokens", "cost", "of_limit")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Spend]:
        return super().get_queryset(request).exclude(scope=Scope.PERSON)

    @admin.display(description=gettext_lazy("US dollars"))
    def cost(self, spend: Spend) -> str:
        return words.dollars(spend.micros)

    @admin.display(description=gettext_lazy("of the limit"))
    def of_limit(self, spend: Spend) -> str:
        share = spend.share(ENDLESS)
        return f"{share:.0%}" if share is not None else _("no limit")
