from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


class Feedback(TenantModel):
    """What one person thinks of one result. Changing one's mind replaces it."""

    class Thumb(models.TextChoices):
        UP = "up", _("Useful")
        DOWN = "down", _("Not useful")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    result_kind = models.CharField(max_length=16)
    result_id = models.UUIDField()
    thumb = models.CharField(max_length=4, choices=Thumb.choices)
    # Codes of ``feedback.REASONS``.
    reasons = models.JSONField(default=list)
    # In the room that the result belongs to.
    room = models.ForeignKey("people.Room", on_delete=models.CASCADE, null=True, related_name="+")
    sealed_comment = models.BinaryField(null=True)
    # Keyed hash of what was asked; empty where nothing was.
    question_hash = models.CharField(max_length=64, blank=True)
    model_used = models.CharField(max_length=80)
    prompt_version = models.CharField(max_length=64)
    # The share of its sentences that was supported when it was given, 0 to 1; null where nothing said so.
    said = models.FloatField(null=True)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("rating")
        ordering: ClassVar = ["-given_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user", "result_kind", "result_id"], name="one_thumb_per_result"
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_comment__isnull=True) | models.Q(room__isnull=False),
                name="a_comment_lies_in_a_room",
            ),
            models.CheckConstraint(
                condition=models.Q(said__isnull=True) | models.Q(said__gte=0, said__lte=1),
                name="what_was_said_is_a_share",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-given_at"], name="ratings_newest_first"),
            models.Index(
                fields=["organisation", "result_kind"],
                condition=models.Q(said__isnull=False),
                name="ratings_that_calibrate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result_kind} {self.thumb}"
