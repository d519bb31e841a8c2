from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.people.models.user import User
from careerforge.tenancy.models import TenantModel


class SignInLink(TenantModel):
    """A one-time link with which a person sets their password. Only its hash is kept."""

    named_row_columns: ClassVar[tuple[str, ...]] = ("token_hash",)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class ApiToken(TenantModel):
    """A bearer token: hashed, scoped, expiring. Shown once when it is made."""

    named_row_columns: ClassVar[tuple[str, ...]] = ("token_hash",)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return str(self.id)


class IdempotencyKey(TenantModel):
    """The first answer to a request that carried an Idempotency-Key, given again to its repeats for a day.

    A coaching answer is never kept here: advice finds its first answer in its room by itself.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    # The answer's JSON under the person's own key.
    sealed_answer = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "user", "key"], name="an_idempotency_key_is_used_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
