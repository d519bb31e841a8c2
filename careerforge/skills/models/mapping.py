from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.skills.models.company import Role, Skill
from careerforge.skills.models.frameworks import Concept
from careerforge.tenancy.models import TenantModel


class Mapping(TenantModel):
    """A skill or a role of the company, and a concept that means the same."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, null=True, related_name="mappings")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, null=True, related_name="mappings")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="mappings")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUGGESTED)
    # To rank the suggestions of one skill or role; None: chosen by hand.
    score = models.FloatField(null=True)
    # The concept it was confirmed for, before that was merged into another.
    merged_from = models.ForeignKey(Concept, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Who decided; people sit above this layer.
    decided_by = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("crosswalk")
        verbose_name_plural = _("crosswalk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(skill__isnull=True) ^ models.Q(role__isnull=True),
                name="a_mapping_is_of_a_skill_or_a_role",
            ),
            models.UniqueConstraint(fields=["skill", "concept"], name="a_skill_meets_a_concept_once"),
            models.UniqueConstraint(fields=["role", "concept"], name="a_role_meets_a_concept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id or self.role_id} {self.state} {self.concept_id}"
