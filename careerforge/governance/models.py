from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel


class AuditEvent(LargeTenantModel):
    """One act, or one look at another person's data. Written in the act's own transaction.

    Rows are added and never changed; a sealer chains them afterwards, because a chain inside each act
    would put every page view in one queue.
    """

    append_only: ClassVar[bool] = True

    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    # People sit above this layer: ids, no foreign keys, and never a name.
    actor = models.UUIDField(_("who"), null=True)
    actor_kind = models.CharField(_("as"), max_length=24, blank=True)
    act = models.CharField(_("act"), max_length=64)
    subject = models.UUIDField(_("about whom"), null=True)
    object_kind = models.CharField(_("object"), max_length=48, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # Counts, codes and ids only.
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit event")
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-at"], name="audit_newest_first"),
            models.Index(fields=["organisation", "subject", "-at"], name="audit_about_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%d %b %Y %H:%M}" if self.at else self.act


class AuditLink(LargeTenantModel):
    """The sealed chain: position, the event's digest, and the hash over it and the link before."""

    append_only: ClassVar[bool] = True

    position = models.PositiveBigIntegerField()
    event_id = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    chain = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "position"], name="one_audit_link_per_position"),
            models.UniqueConstraint(fields=["organisation", "event_id"], name="one_audit_link_per_event"),
        ]

    def __str__(self) -> str:
        return str(self.position)
