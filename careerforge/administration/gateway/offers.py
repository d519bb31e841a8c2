"""Which models may be asked, in which turn, where they work, and where questions may not go."""

import os
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import Page, TenantForm
from careerforge.administration.gateway.changes import ChangesOfModels
from careerforge.assistant.golden import pending
from careerforge.assistant.golden.reading import askable
from careerforge.assistant.prompts.holding import hold_live
from careerforge.gateway import standing
from careerforge.gateway.models import ForbiddenRegion, Offer
from careerforge.gateway.providers import BadAddress, made
from careerforge.people.models import Grant, Profile

PLATFORM = Grant.Kind.ADMIN_PLATFORM


@admin.register(Offer)
class OfferAdmin(ChangesOfModels):
    """Which model is asked for what, in which turn. The key and the address are in the environment.

    What changes who answers is proven first; prices, waiting times and regions are not, nor is taking a
    model off the list.
    """

    acted_as = PLATFORM
    change_list_template = "admin/gateway/offer/change_list.html"
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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Django's page; a change that has to be proven does not reach the table."""
        if request.method == "POST":
            hold_live()
        wanted = self._wanted(request, object_id) if request.method == "POST" else None
        if wanted is None or pending.needed(wanted) is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        if askable():
            return self.propose(request, wanted)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        messages.info(
            request, _("There is no golden question yet, so nothing was asked before it went live.")
        )
        return response

    def _wanted(self, request: HttpRequest, object_id: str | None) -> Offer | None:
        """The row as the form wants it; None where Django's page says why not."""
        row = self.get_object(request, object_id) if object_id else None
        may = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        if not may or (object_id and row is None):
            return None
        form = self.get_form(request, row, change=row is not None)(request.POST, instance=row)
        return form.save(commit=False) if form.is_valid() else None

    @admin.display(description=gettext_lazy("asked now"))
    def asked_now(self, offer: Offer) -> str:
        """The model that the environment leads to."""
        try:
            found = made(standing.offered(offer), os.environ, allowed=settings.ALLOWED_ORIGINS)
        except BadAddress as problem:
            return str(problem)
        return found[0].model if found else _("No key in the environment")

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
