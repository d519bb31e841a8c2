from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.people.models.user import User
from careerforge.tenancy.models import TenantModel


class PersonKey(TenantModel):
    """The data key of one person, wrapped by the installation's key. Destroying it erases the person."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="key")
    wrapped = models.BinaryField(max_length=128)

    def __str__(self) -> str:
        return str(self.user_id)


class Identity(TenantModel):
    """What names a person, each field sealed under their own key. Read through ``people.identity``."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="identity")
    sealed_name = models.BinaryField()
    sealed_email = models.BinaryField(null=True)
    sealed_city = models.BinaryField(null=True)
    sealed_phone = models.BinaryField(null=True)
    sealed_employee_number = models.BinaryField(null=True)
    # A person is keyed on the employee number: marriages and reused addresses change nothing.
    employee_number_index = models.CharField(max_length=64, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "employee_number_index"], name="one_person_per_employee_number"
            )
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Profile(TenantModel):
    """What the work needs to know of a person, without naming them."""

    class Seniority(models.IntegerChoices):
        JUNIOR = 1, _("Junior")
        MID = 2, _("Mid-level")
        SENIOR = 3, _("Senior")
        STAFF = 4, _("Staff")
        PRINCIPAL = 5, _("Principal")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    # HMAC of organisation and user under a key outside the database; stored once, never recomputed.
    pseudo_id = models.CharField(max_length=32, unique=True, editable=False)
    # What coaches see in place of a name; another one than admins see.
    coaching_handle = models.CharField(max_length=40, editable=False)
    practice = models.ForeignKey(
        "skills.Practice", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seniority = models.PositiveSmallIntegerField(
        _("seniority"), choices=Seniority.choices, default=Seniority.MID
    )
    years_of_experience = models.PositiveSmallIntegerField(_("years of experience"), default=0)
    region = models.CharField(_("region"), max_length=40, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    locale = models.CharField(_("locale"), max_length=16, default="en")
    hours_per_week = models.PositiveSmallIntegerField(_("learning hours a week"), default=4)
    shares_path_with_manager = models.BooleanField(_("share my path with my manager"), default=False)
    # Grows with every change that a result depends on; cached answers carry it.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "coaching_handle"], name="one_profile_per_coaching_handle"
            )
        ]

    def __str__(self) -> str:
        return self.coaching_handle

    @property
    def experience_band(self) -> str:
        """Years in bands of three, so that a number does not single somebody out: "6-8"."""
        low = self.years_of_experience // 3 * 3
        return f"{low}–{low + 2}" if low < 15 else "15+"


class Position(TenantModel):
    """A role held from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="positions")
    role = models.ForeignKey("skills.Role", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_position_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(ends_on__isnull=True),
                name="a_person_holds_one_position_now",
                violation_error_message=_(
                    "This person holds a position now. Give that one its last day first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} ({self.level})"
