from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.gateway.models.calls import ModelCall
from careerforge.tenancy.models import LargeTenantModel


class CachedAnswer(LargeTenantModel):
    """What a model wrote, for the same question again; or that somebody is asking for it right now.

    Never evidence: no search reads this table. The text is without people, and sealed by whoever asked.
    """

    # A keyed hash of everything that the answer depends on.
    key = models.CharField(max_length=64)
    function = models.CharField(max_length=32)
    provider = models.CharField(max_length=32, blank=True)
    model = models.CharField(max_length=80, blank=True)
    sealed_text = models.BinaryField(null=True)
    # The call that made it.
    call = models.ForeignKey(ModelCall, on_delete=models.SET_NULL, null=True, related_name="+")
    # While it is being made: whoever makes it may have died.
    claimed_until = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    prune_at = models.DateTimeField()

    class Meta:
        verbose_name = _("cached answer")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="an_answer_is_cached_once")
        ]
        indexes: ClassVar = [models.Index(fields=["prune_at"], name="cached_answers_to_prune")]

    def __str__(self) -> str:
        return self.function
