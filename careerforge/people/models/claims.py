from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.people.models.user import User
from careerforge.skills.models import between
from careerforge.tenancy.models import TenantModel


class SkillClaim(TenantModel):
    """Somebody says that a person has a skill at a level. Claims add up; none replaces another."""

    class Source(models.TextChoices):
        SELF = "self", _("Own word")
        PEER = "peer", _("Peer")
        COACH = "coach", _("Coach confirmation")
        MANAGER = "manager", _("Manager")
        CERTIFICATE = "certificate", _("Certificate")
        COURSE = "course", _("Course record")
        PROJECT = "project", _("Finished project")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")
    skill = models.ForeignKey("skills.Skill", on_delete=models.PROTECT, related_name="claims")
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    level = models.PositiveSmallIntegerField(_("level"))
    # 0 to 1: how far this source is believed.
    confidence = models.FloatField(_("confidence"))
    # Fading counts from here; "still using it" moves it forward.
    evidence_on = models.DateField(_("last evidence"))
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("skill claim")
        constraints: ClassVar = [
            between("level", 0, 5, "claimed_level_between_0_and_5"),
            between("confidence", 0, 1, "claim_confidence_between_0_and_1"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "user"], name="claims_of_a_person")]

    def __str__(self) -> str:
        return f"{self.skill_id} at {self.level}"


class Evidence(TenantModel):
    """What a claim rests on. A coach sees kind, issuer, date and the redacted line; never a file."""

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("Confirmation")
        COURSE = "course", _("Course record")
        CERTIFICATE = "certificate", _("Certificate")
        RESUME_LINE = "resume", _("Résumé line")
        PROJECT = "project", _("Project")
        STATEMENT = "statement", _("Statement")

    claim = models.ForeignKey(SkillClaim, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # An organisation ("Learning platform"), never a person.
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)
    dated_on = models.DateField(_("date"))
    # One line with names removed, sealed under the person's key.
    sealed_line = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("evidence")
        ordering: ClassVar = ["-dated_on"]

    def __str__(self) -> str:
        return f"{self.kind} {self.dated_on}"
