from typing import ClassVar

from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from careerforge.gateway.models.limits import FunctionSwitch
from careerforge.tenancy.models import TenantModel

# The outcome of a call that has not come to its end: whoever makes it may have died.
UNDER_WAY = "under_way"


class ModelCall(TenantModel):
    """One call to a language model: what it cost and how it ended. Never its text.

    Written before anybody is asked, at the most that it may come to; put right at its end.
    """

    function = models.CharField(_("function"), max_length=32)
    provider = models.CharField(_("provider"), max_length=32)
    model_asked = models.CharField(_("model asked"), max_length=80)
    model_answered = models.CharField(_("model that answered"), max_length=80, blank=True)
    # Where the model ran, as the administrator had set it at the time; empty when nobody had.
    data_region = models.CharField(_("data region"), max_length=40, blank=True, default="", db_default="")
    prompt_version = models.CharField(_("prompt version"), max_length=64)
    input_tokens = models.PositiveIntegerField(_("tokens in"), default=0)
    output_tokens = models.PositiveIntegerField(_("tokens out"), default=0)
    cache_read_tokens = models.PositiveIntegerField(_("tokens from cache"), default=0)
    cache_write_tokens = models.PositiveIntegerField(_("tokens to cache"), default=0)
    # Millionths of a US dollar, by the prices of the day.
    micros = models.PositiveBigIntegerField(_("cost"), default=0)
    started_at = models.DateTimeField(_("started"))
    latency_ms = models.PositiveIntegerField(_("milliseconds"))
    # Answered from the cache: nobody was asked, and it cost nothing.
    cached = models.BooleanField(_("from the cache"), default=False)
    outcome = models.CharField(_("outcome"), max_length=16)
    error_kind = models.CharField(_("kind of error"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("model call")
        ordering: ClassVar = ["-started_at"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-started_at"], name="model_calls_newest_first"),
            models.Index(
                fields=["started_at"], condition=models.Q(outcome=UNDER_WAY), name="model_calls_under_way"
            ),
        ]

    def __str__(self) -> str:
        known = dict(FunctionSwitch.Function.choices)
        return f"{known.get(self.function, self.function)}, {localtime(self.started_at):%d %b %Y, %H:%M}"
