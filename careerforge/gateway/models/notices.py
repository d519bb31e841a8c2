from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.gateway.models.limits import Scope
from careerforge.gateway.models.offers import Offer
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
    # What its sentence names: a provider, a model, whose limit.
    named = models.JSONField(default=dict)
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

    @property
    def text(self) -> str:
        """Its sentence, in the language of whoever reads it."""
        named: dict[str, str] = dict(self.named)
        if "provider" in named:
            named["provider"] = str(Offer.Provider(named["provider"]).label)
        return str(SENTENCES[self.kind, named.get("scope", "")]) % named


# By kind, and for a limit by whose it is.
SENTENCES: dict[tuple[str, str], Any] = {
    (Notice.Kind.KEY, ""): _(
        "%(provider)s refuses its key. It is asked again in six hours, or when you say so."
    ),
    (Notice.Kind.MONEY, ""): _(
        "%(provider)s has no credit left. It is asked again in six hours, or when you say so."
    ),
    (Notice.Kind.MODEL, ""): _("%(provider)s has no model named %(model)s. Choose another one."),
    (Notice.Kind.LIMIT, Scope.TEAM): _("A team has used 80 %% of its budget for language models today."),
    (Notice.Kind.LIMIT, Scope.ORGANISATION): _(
        "The company has used 80 %% of its budget for language models today."
    ),
}
