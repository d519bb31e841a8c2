from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.people.models.user import User
from careerforge.tenancy.models import TenantModel


def _holds_on(day: date, prefix: str = "") -> models.Q:
    ends = models.Q(**{f"{prefix}ends_on__isnull": True}) | models.Q(**{f"{prefix}ends_on__gte": day})
    return models.Q(**{f"{prefix}starts_on__lte": day}) & ends


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
        name=name,
        violation_error_message=_("The last day is before the first."),
    )


class Team(TenantModel):
    """People who work together under one manager."""

    name = models.CharField(_("name"), max_length=120)
    manager = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="manages"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = _("team")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_team_per_name"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="a_team_is_not_its_own_parent",
                violation_error_message=_("A team cannot be part of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["TeamMembership"]):
    def on(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on ``day``."""
        return self.filter(_holds_on(day))


class TeamMembership(TenantModel):
    """A person in a team from a day to a day."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("team membership")
        constraints: ClassVar = [_ends_after_start("a_membership_ends_after_it_starts")]
        indexes: ClassVar = [models.Index(fields=["organisation", "team"], name="memberships_of_a_team")]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"

    def clean(self) -> None:
        """Nobody is in one team twice at a time."""
        super().clean()
        if not (self.user_id and self.team_id and self.starts_on):
            return
        others = TeamMembership.objects.filter(user=self.user_id, team=self.team_id).exclude(pk=self.pk)
        if self.ends_on:
            others = others.filter(starts_on__lte=self.ends_on)
        if others.exclude(ends_on__lt=self.starts_on).exists():
            raise ValidationError(_("This person is in this team at that time. End that membership first."))


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, day: date) -> "AssignmentQuerySet":
        """Assignments that hold on ``day``, cover included."""
        return self.filter(_holds_on(day))


class Assignment(TenantModel):
    """A coach looks after an employee from a day to a day, or covers for another coach."""

    coach = models.ForeignKey(User, on_delete=models.CASCADE, related_name="coaches")
    employee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="coached_by")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    cover = models.BooleanField(_("covers for the regular coach"), default=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("coach assignment")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(coach=models.F("employee")),
                name="nobody_coaches_themselves",
                violation_error_message=_("Nobody can coach themselves."),
            ),
            _ends_after_start("an_assignment_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["organisation", "employee"],
                condition=models.Q(ends_on__isnull=True, cover=False),
                name="a_person_has_one_regular_coach",
                violation_error_message=_(
                    "This person has a regular coach. End that assignment first, or mark this one as cover."
                ),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "coach"], name="assignments_of_a_coach")]

    def __str__(self) -> str:
        return f"{self.coach} for {self.employee}"
