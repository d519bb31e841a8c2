from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from careerforge.skills.models import Role
from careerforge.tenancy.models import TenantModel


class JobTitleQuerySet(models.QuerySet["JobTitle"]):
    def undecided(self) -> "JobTitleQuerySet":
        """Titles about which nobody has said anything."""
        return self.filter(decided_at=None)


class JobTitle(TenantModel):
    """A title as the company's HR system writes it, and the role it means, once HR has said so."""

    text = models.CharField(_("job title"), max_length=160)
    # How many people hold it; a number only, nobody can be found by it.
    people = models.PositiveIntegerField(_("people"), default=0)
    # Decided without a role: none of the company's roles is meant.
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("role")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # The role has this title as an alias because of the decision.
    made_alias = models.BooleanField(default=False)

    objects = JobTitleQuerySet.as_manager()

    class Meta:
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")
        ordering: ClassVar = ["-people", "text"]
        constraints: ClassVar = [
            models.UniqueConstraint("organisation", Lower("text"), name="one_row_per_job_title"),
            models.CheckConstraint(
                condition=models.Q(role=None) | models.Q(decided_at__isnull=False),
                name="a_job_title_with_a_role_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.text
