from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.gateway.models.calls import ModelCall
from careerforge.tenancy.models import TenantModel


class SentText(TenantModel):
    """What left in one call, to the letter, and what came back: sealed for the person it concerns.

    What concerns nobody is sealed for the organisation. Opened by :func:`careerforge.gateway.sent.open_text`.
    """

    call = models.OneToOneField(ModelCall, on_delete=models.CASCADE, related_name="sent")
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    sealed_text = models.BinaryField()
    # What the text belongs to, such as a conversation: it goes with it.
    about = models.UUIDField(null=True)
    # A keyed hash of what left: a prompt that is made again is the same to the letter, or it is not.
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("text that was sent")
        verbose_name_plural = _("texts that were sent")
        ordering: ClassVar = ["-sent_at"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "subject", "-sent_at"], name="sent_texts_of_a_person"),
            models.Index(fields=["organisation", "sent_at"], name="sent_texts_to_prune"),
            models.Index(
                fields=["organisation", "about"],
                condition=models.Q(about__isnull=False),
                name="sent_texts_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sent_at:%d %b %Y %H:%M}"
