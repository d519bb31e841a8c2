from typing import ClassVar

from django.conf import settings
from django.db import models

from careerforge.tenancy.models import LargeTenantModel, TenantModel


class TeamWeek(TenantModel):
    """What a manager's page printed of a unit in one week; never changed afterwards."""

    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Grouped by sub-team or by level band.
    by = models.CharField(max_length=4)
    day = models.DateField()
    # [name, people, sum of their readiness] of each group, before small ones are hidden.
    groups = models.JSONField()
    # People by readiness in bands of 20 points.
    bands = models.JSONField()
    # people, every, done, recent
    steps = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "manager", "by", "day"], name="one_team_week_per_unit_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class TeamWeekPerson(LargeTenantModel):
    """Who was counted where in the newest week of a unit: the next week is compared with it."""

    week = models.ForeignKey(TeamWeek, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=120)
    score = models.FloatField()

    def __str__(self) -> str:
        return str(self.pk)
