from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


class Notice(TenantModel):
    """What the administrators have to know about models, told once. Names no person."""

    class Kind(models.TextChoices):
        KEY = "bad_key", _("Key refused")
        MONEY = "out_of_money", _("Out of credit")
        MODEL = "model_gone", _("Model not found")
        LIMIT = "limit", _("Limit nearly reached")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    # What it is about, and since when: the same again is not told again.
    key = models.CharField(max_length=160)
    text = models.CharField(_("notice"), max_length=300)
    at = models.DateTimeField(_("at"))
    seen_at = models.DateTimeField(_("seen"), null=True)

    class Meta:
        verbose_name = _("notice")
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="a_notice_is_told_once")
        ]

    def __str__(self) -> str:
        return self.text
