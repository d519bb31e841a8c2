from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


def _price(name: Any) -> Any:
    return models.DecimalField(
        name, max_digits=9, decimal_places=4, default=0, validators=[MinValueValidator(0)]
    )


class Offer(TenantModel):
    """A model that may be asked: whose, in which turn, for which questions, where it runs, at what price.

    Prices are US dollars for a million tokens. Keys and addresses are in the environment.
    """

    class Provider(models.TextChoices):
        ANTHROPIC = "anthropic", "Anthropic"
        PERPLEXITY = "perplexity", "Perplexity"
        OPENAI = "openai", _("OpenAI or compatible")
        OLLAMA = "ollama", "Ollama"

    class Strength(models.TextChoices):
        SIMPLE = "simple", _("simple questions")
        STRONG = "strong", _("high stakes")

    class Thinking(models.TextChoices):
        BY_NAME = "", _("as the model wants it")
        BUDGET = "budget", _("with a budget of tokens")
        ADAPTIVE = "adaptive", _("as long as it needs")
        OFF = "off", _("not at all")

    provider = models.CharField(_("provider"), max_length=16, choices=Provider.choices)
    model = models.CharField(
        _("model"), max_length=80, blank=True, help_text=_("Empty: what the environment names.")
    )
    strength = models.CharField(_("asked for"), max_length=8, choices=Strength.choices)
    place = models.PositiveSmallIntegerField(_("turn"), default=10, help_text=_("The lowest is asked first."))
    is_on = models.BooleanField(_("in use"), default=True)
    timeout_s = models.PositiveSmallIntegerField(
        _("seconds to wait"), default=45, validators=[MinValueValidator(1), MaxValueValidator(45)]
    )
    thinking = models.CharField(
        _("thinks"), max_length=8, choices=Thinking.choices, blank=True, default=Thinking.BY_NAME
    )
    data_region = models.CharField(
        _("data region"), max_length=40, blank=True, help_text=_("Where it runs, such as EU, US or own.")
    )
    input_price = _price(_("price of tokens in"))
    output_price = _price(_("price of tokens out"))
    cache_read_price = _price(_("price of tokens from cache"))
    cache_write_price = _price(_("price of tokens to cache"))

    class Meta:
        verbose_name = _("language model")
        ordering: ClassVar = ["place", "provider", "strength"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "provider", "strength", "model"], name="a_model_is_offered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(timeout_s__gte=1, timeout_s__lte=45), name="a_model_call_waits_1_to_45_s"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_provider_display()} {self.model}".strip()


class ForbiddenRegion(TenantModel):
    """Questions about people of one region are not worked on in a data region."""

    region = models.CharField(
        _("people's region"), max_length=40, help_text=_("As in people's profiles, such as West.")
    )
    data_region = models.CharField(
        _("data region"), max_length=40, help_text=_("As at the language models, such as US.")
    )

    class Meta:
        verbose_name = _("forbidden data region")
        ordering: ClassVar = ["region", "data_region"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "region", "data_region"], name="a_data_region_is_forbidden_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.data_region}"


class Breaker(TenantModel):
    """How a provider has been lately: shared by all processes, so that one's bad news is everybody's."""

    provider = models.CharField(_("provider"), max_length=16)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    open_until = models.DateTimeField(_("left alone until"), null=True)
    # One probe at a time, and only for so long: whoever holds it may have died.
    probe_until = models.DateTimeField(null=True)
    why = models.CharField(_("last failure"), max_length=40, blank=True)
    changed_at = models.DateTimeField(_("since"), null=True)

    class Meta:
        verbose_name = _("provider's health")
        verbose_name_plural = _("providers' health")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "provider"], name="one_breaker_per_provider")
        ]

    def __str__(self) -> str:
        return self.provider
