"""Language models: who is asked in which turn, for what, up to what; what that has cost, and how they are."""

import os
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import Page, ReadOnlyPage, TenantForm
from careerforge.gateway import breakers, standing
from careerforge.gateway.budget import ENDLESS
from careerforge.gateway.models import (
    Breaker,
    ForbiddenRegion,
    FunctionSwitch,
    Limit,
    ModelCall,
    Offer,
    Spend,
)
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.providers import BadAddress, made
from careerforge.people.models import Grant, Profile

PLATFORM = Grant.Kind.ADMIN_PLATFORM


def dollars(micros: int) -> str:
    """Millionths of a US dollar, as money; four decimals, because most calls cost less than a cent."""
    return f"{micros / 1_000_000:,.4f}"


@admin.register(ModelCall)
class ModelCallAdmin(ReadOnlyPage):
    """Every call to a language model: what for, to whom, how much, how it ended. Never its text."""

    acted_as = PLATFORM
    list_display = (
        "started_at",
        "function",
        "provider",
        "model_asked",
        "input_tokens",
        "output_tokens",
        "cost",
        "latency_ms",
        "outcome",
    )
    list_filter = ("function", "provider", "outcome")
    fields = ("started_at", "function", "provider", "model_asked", "model_answered", "prompt_version",
              "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens", "cost",
              "latency_ms", "outcome", "error_kind")  # fmt: skip

    @admin.display(description=gettext_lazy("US dollars"))
    def cost(self, call: ModelCall) -> str:
        return dollars(call.micros)


@admin.register(Offer)
class OfferAdmin(Page):
    """Which model is asked for what, in which turn. The key and the address are in the environment."""

    acted_as = PLATFORM
    list_display = ("__str__", "asked_now", "strength", "place", "is_on", "data_region", "prices")
    list_filter = ("strength", "provider", "is_on")
    fieldsets = (
        (None, {"fields": ("provider", "model", "strength", "place", "is_on")}),
        (gettext_lazy("How it is asked"), {"fields": ("timeout_s", "thinking", "data_region")}),
        (
            gettext_lazy("Prices of a million tokens in US dollars"),
            {
                "fields": ("input_price", "output_price", "cache_read_price", "cache_write_price"),
                "description": gettext_lazy("From the provider's price list; budgets are counted with them."),
            },
        ),
    )

    @admin.display(description=gettext_lazy("asked now"))
    def asked_now(self, offer: Offer) -> str:
        """The model that the environment leads to."""
        try:
            found = made(standing.offered(offer), os.environ, allowed=settings.ALLOWED_ORIGINS)
        except BadAddress as problem:
            return str(problem)
        return found[0].model if found else _("no key in the environment")

    @admin.display(description=gettext_lazy("US dollars a million, in and out"))
    def prices(self, offer: Offer) -> str:
        return f"{offer.input_price.normalize():f} / {offer.output_price.normalize():f}"


@admin.register(Limit)
class LimitAdmin(Page):
    """How much a person, a team and the company may use. Nothing here is without limit but what is empty."""

    acted_as = PLATFORM
    list_display = ("scope", "calls", "tokens", "dollars")
    fields = ("scope", "calls", "tokens", "dollars")


@admin.register(FunctionSwitch)
class FunctionSwitchAdmin(Page):
    """What models are asked for; switching one off acts at the next question."""

    acted_as = PLATFORM
    list_display = ("function", "is_on")
    fields = ("function", "is_on")


class ForbiddenRegionForm(TenantForm):
    """Chooses among the regions that people and models are in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Profile.objects.exclude(region="").values_list("region", flat=True)
        models = Offer.objects.exclude(data_region="").values_list("data_region", flat=True)
        for name, known in (("region", people), ("data_region", models)):
            choices = [(one, one) for one in known.order_by(name).distinct()]
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, choices=choices, help_text=self.fields[name].help_text
            )


@admin.register(ForbiddenRegion)
class ForbiddenRegionAdmin(Page):
    """Where questions about people of a region may not be worked on."""

    form = ForbiddenRegionForm
    acted_as = PLATFORM
    list_display = ("region", "data_region")
    fields = ("region", "data_region")


@admin.register(Breaker)
class BreakerAdmin(ReadOnlyPage):
    """How the providers have been, and which is left alone until when."""

    acted_as = PLATFORM
    list_display = ("provider", "failures", "why", "changed_at", "open_until")
    fields = ("provider", "failures", "why", "changed_at", "open_until")
    actions = ("ask_again",)

    def has_again_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the action below."""
        user: Any = request.user
        return bool(user.has_perm("gateway.change_breaker"))

    @admin.action(description=gettext_lazy("Ask again as usual"), permissions=["again"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet[Breaker]) -> None:
        """After a key was replaced or an account was filled up."""
        for breaker in queryset:
            breakers.close(breaker.provider)
            self.note(request, "provider.asked_again", breaker, provider=breaker.provider)
        messages.success(request, _("They are asked as usual again."))


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
        return dollars(spend.micros)

    @admin.display(description=gettext_lazy("of the limit"))
    def of_limit(self, spend: Spend) -> str:
        share = spend.share(ENDLESS)
        return f"{share:.0%}" if share is not None else _("no limit")
