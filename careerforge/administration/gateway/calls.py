"""The ledger: every call to a language model, what for, to whom, how much, how it ended. Never its text."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import ReadOnlyPage
from careerforge.administration.gateway import words
from careerforge.administration.gateway.offers import PLATFORM
from careerforge.gateway.models import FunctionSwitch, ModelCall, Offer

DAYS = {"1": gettext_lazy("Last 24 hours"), "7": gettext_lazy("Last 7 days"),
        "30": gettext_lazy("Last 30 days"), "90": gettext_lazy("Last 90 days")}  # fmt: skip


class Choice(admin.SimpleListFilter):
    """One column, in words. Django's own would read the whole ledger for the values that it holds."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[ModelCall]) -> QuerySet[ModelCall]:
        known, chosen = dict(self.lookup_choices), self.value()
        return queryset.filter(**{str(self.parameter_name): chosen}) if chosen in known else queryset


class Function(Choice):
    """What it was for."""

    title = gettext_lazy("function")
    parameter_name = "function"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return FunctionSwitch.Function.choices


class Provider(Choice):
    """Who was asked."""

    title = gettext_lazy("provider")
    parameter_name = "provider"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Offer.Provider.choices


class Ended(Choice):
    """How it ended."""

    title = gettext_lazy("outcome")
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(code, text) for code, text in words.OUTCOMES.items() if code != "cached"]


class Since(admin.SimpleListFilter):
    """From when on."""

    title = gettext_lazy("date")
    parameter_name = "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return DAYS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[ModelCall]) -> QuerySet[ModelCall]:
        chosen = self.value()
        if chosen not in DAYS:
            return queryset
        return queryset.filter(started_at__gte=timezone.now() - timedelta(days=int(chosen)))


@admin.register(ModelCall)
class ModelCallAdmin(ReadOnlyPage):
    """A list that is as quick with a million rows, and one page for each call."""

    acted_as = PLATFORM
    list_display = (
        "started_at",
        "what_for",
        "whom",
        "tokens_in",
        "output_tokens",
        "cost",
        "took",
        "ended",
    )
    list_filter = (Function, Provider, Ended, ("cached", admin.BooleanFieldListFilter), Since)
    fields = ("started_at", "what_for", "whom", "model_answered", "data_region",
              "prompt_version", "input_tokens", "output_tokens", "cache_read_tokens", "cache_write_tokens",
              "cost", "latency_ms", "ended", "error_kind")  # fmt: skip
    # By anything else the whole ledger would be sorted.
    sortable_by = ("started_at",)

    @admin.display(description=gettext_lazy("function"))
    def what_for(self, call: ModelCall) -> str:
        return words.function(call.function)

    @admin.display(description=gettext_lazy("asked"))
    def whom(self, call: ModelCall) -> str:
        return format_html(
            '{}<span class="cf-note">{}</span>', words.provider(call.provider), call.model_asked
        )

    @admin.display(description=gettext_lazy("took"))
    def took(self, call: ModelCall) -> str:
        """Unknown of a call that has not ended, or whose process has died."""
        return words.duration(call.latency_ms) if call.latency_ms else ""

    @admin.display(description=gettext_lazy("tokens in"))
    def tokens_in(self, call: ModelCall) -> int:
        """Those that the provider's cache held are tokens in as well."""
        return call.input_tokens + call.cache_read_tokens + call.cache_write_tokens

    @admin.display(description=gettext_lazy("US dollars"))
    def cost(self, call: ModelCall) -> str:
        return words.dollars(call.micros)

    @admin.display(description=gettext_lazy("outcome"))
    def ended(self, call: ModelCall) -> str:
        if call.cached:
            return words.outcome("cached")
        other = call.outcome == "ok" and call.error_kind == "other_model"
        note = _(" (by another model than was asked)") if other else ""
        return words.outcome(call.outcome) + note
