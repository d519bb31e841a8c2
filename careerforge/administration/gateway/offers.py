"""Which models may be asked, in which turn, where they work, and where questions may not go."""

import os
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import Page, TenantForm
from careerforge.gateway import standing
from careerforge.gateway.models import ForbiddenRegion, Offer
from careerforge.gateway.providers import BadAddress, made
from careerforge.people.models import Grant, Profile

PLATFORM = Grant.Kind.ADMIN_PLATFORM


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
