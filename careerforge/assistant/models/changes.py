"""Changes of language models that wait until the golden set has been asked about them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


class ModelChange(TenantModel):
    """One row of the list of language models as an administrator wants it. One waits at a time."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        LIVE = "live", _("Live")
        DROPPED = "dropped", _("Dropped")

    # None: a new row.
    offer = models.ForeignKey("gateway.Offer", on_delete=models.CASCADE, null=True, related_name="+")
    # The row's fields by name, as text.
    values = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    # Why it went live although nothing proved that it is good.
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("change of a language model")
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state="waiting"),
                name="one_change_of_models_waits",
            )
        ]

    def __str__(self) -> str:
        return f"{self.values.get('provider', '')} {self.values.get('model', '')}".strip()
