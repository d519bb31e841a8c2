from typing import ClassVar

from django.db import models


class KeyFingerprint(models.Model):
    """Names a key that data was written with, so that a start with other keys is refused."""

    purpose = models.CharField(max_length=32)
    number = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16)
    first_used_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purpose", "number"], name="one_fingerprint_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.purpose}-{self.number}"
