from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel


class Advice(TenantModel):
    """A coach's question about one person and its answer, both sealed with the room's key."""

    room = models.ForeignKey("people.Room", on_delete=models.CASCADE, related_name="advice")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Keyed hash of coach, person, question and form: a double click or a resubmit finds the first answer.
    request_hash = models.CharField(max_length=64)
    sealed_question = models.BinaryField()
    # The validated answer as JSON: sentences, citations, receipt.
    sealed_answer = models.BinaryField()
    model_used = models.CharField(max_length=80, default="rules")
    prompt_version = models.CharField(max_length=64)
    generated_at = models.DateTimeField()
    # The ledger's row of the call that worded it; also while the wording waits for a review.
    call = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("advice")
        verbose_name_plural = _("advice")
        ordering: ClassVar = ["-generated_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "request_hash"], name="one_advice_per_request")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "employee", "-generated_at"], name="advice_about_a_person")
        ]

    def __str__(self) -> str:
        return str(self.id)


class AdviceSource(LargeTenantModel):
    """Which passage an advice cites, so that an opened citation and a changed audience can be checked."""

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    chunk = models.ForeignKey("knowledge.Chunk", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.advice_id} [{self.position}]"
