from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel

TOP_LEVEL = 5
LEVEL = (MinValueValidator(1), MaxValueValidator(TOP_LEVEL))


def between(field: str, low: float, high: float, name: str) -> models.CheckConstraint:
    """A check that ``field`` lies in ``low..high``."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__gte": low, f"{field}__lte": high}), name=name
    )


class Practice(TenantModel):
    """A field of work with a ladder of its own: data, cloud, security."""

    slug = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("practice")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_practice_per_slug")
        ]

    def __str__(self) -> str:
        return self.name


class PracticeLevel(TenantModel):
    """One rung of a practice's ladder."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL)
    title = models.CharField(_("title"), max_length=80)
    expectation = models.TextField(_("what is expected"))

    class Meta:
        verbose_name = _("ladder level")
        ordering: ClassVar = ["practice", "level"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "practice", "level"], name="one_rung_per_level"),
            between("level", 1, TOP_LEVEL, "ladder_level_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.level})"


class Skill(TenantModel):
    """Something a person can do, in the field's own words."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("summary"), blank=True)
    # None: shared by all practices.
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="skills"
    )
    # Typical hours of study and practice to climb one level.
    hours = models.PositiveSmallIntegerField(_("hours per level"), default=30)
    half_life_months = models.PositiveSmallIntegerField(_("half-life in months"), default=36)
    prerequisites = models.ManyToManyField(
        "self", through="Prerequisite", symmetrical=False, related_name="opens"
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("skill")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_skill_per_slug"),
            models.UniqueConstraint("organisation", Lower("name"), name="one_skill_per_name"),
            between("half_life_months", 1, 240, "skill_half_life_between_1_and_240_months"),
        ]

    def __str__(self) -> str:
        return self.name


class Alias(LargeTenantModel):
    """Another way to write a skill's name, in one language."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("alias"), max_length=120)
    language = models.CharField(_("language"), max_length=8, default="en")
    # Came with a concept that the skill was mapped to; None: the company's own.
    mapping = models.ForeignKey(
        "skills.Mapping", on_delete=models.CASCADE, null=True, editable=False, related_name="words"
    )

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisation", Lower("text"), "language", name="an_alias_belongs_to_one_skill"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Prerequisite(LargeTenantModel):
    """``skill`` builds on ``requires``. The importer refuses cycles."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="needs")
    requires = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="needed_by")

    class Meta:
        verbose_name = _("prerequisite")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "skill", "requires"], name="one_row_per_prerequisite"
            ),
            models.CheckConstraint(
                condition=~models.Q(skill=models.F("requires")), name="a_skill_does_not_require_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} needs {self.requires_id}"


class Neighbour(LargeTenantModel):
    """Knowing ``neighbour`` gives part of the credit for ``skill``."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="neighbours")
    neighbour = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="neighbour_of")
    credit = models.FloatField(_("share of the level credited"), default=0.3)

    class Meta:
        verbose_name = _("neighbouring skill")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "skill", "neighbour"], name="one_row_per_neighbour"
            ),
            models.CheckConstraint(
                condition=~models.Q(skill=models.F("neighbour")), name="a_skill_is_not_its_own_neighbour"
            ),
            between("credit", 0, 0.9, "neighbour_credit_between_0_and_0_9"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} near {self.neighbour_id}"


class Role(TenantModel):
    """A job as the company defines it, at one rung of a practice's ladder."""

    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=120)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="roles")
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL)
    summary = models.TextField(_("summary"), blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("role")
        ordering: ClassVar = ["practice__name", "level", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_role_per_slug"),
            between("level", 1, TOP_LEVEL, "role_level_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return self.title


class RoleAlias(LargeTenantModel):
    """A vacancy's or another system's title for a role."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("alias"), max_length=160)
    language = models.CharField(_("language"), max_length=8, default="en")
    # Came with a concept that the role was mapped to; None: the company's own.
    mapping = models.ForeignKey(
        "skills.Mapping", on_delete=models.CASCADE, null=True, editable=False, related_name="titles"
    )

    class Meta:
        verbose_name = _("role alias")
        verbose_name_plural = _("role aliases")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "organisation", Lower("text"), "language", name="a_title_belongs_to_one_role"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Requirement(LargeTenantModel):
    """A role asks for a skill at a level, and how much it matters (1 to 5)."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="requirements")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="required_by")
    level = models.PositiveSmallIntegerField(_("required level"), validators=LEVEL)
    weight = models.PositiveSmallIntegerField(_("weight"), validators=LEVEL)

    class Meta:
        verbose_name = _("requirement")
        ordering: ClassVar = ["-weight", "skill__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "role", "skill"], name="a_role_asks_for_a_skill_once"
            ),
            between("level", 1, TOP_LEVEL, "required_level_between_1_and_5"),
            between("weight", 1, TOP_LEVEL, "requirement_weight_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} at {self.level}"
