"""Readiness over time: the stored days, and what moved it over 30 and 90 days."""

from datetime import date, timedelta
from typing import Any

from careerforge.people.models import User
from careerforge.skills.models import Role
from learning import readiness
from learning.gap import Gap
from learning.models import Readiness
from learning.readiness import Change

SPANS = (30, 90)
# A day without a row is filled by an earlier one, as long as it is not older than this.
SLACK = timedelta(days=15)


def points(person: User, role: Role, since: date) -> list[tuple[date, float]]:
    """Day and readiness (0 to 1) of the days that have a figure: one query."""
    rows = Readiness.objects.filter(user=person, role=role, day__gte=since).order_by("day")
    return [(day, score) for day, score in rows.values_list("day", "score") if score is not None]


def changes(person: User, gap: Gap) -> dict[int, Change | None]:
    """What moved readiness over the last 30 and 90 days, None where nothing was stored: one query a span."""
    return {days: _since(person, gap, gap.on - timedelta(days=days)) for days in SPANS}


def _since(person: User, gap: Gap, day: date) -> Change | None:
    rows = Readiness.objects.filter(user=person, role=gap.role, day__lte=day, day__gte=day - SLACK)
    before: dict[str, Any] | None = rows.order_by("-day").values_list("receipt", flat=True).first()
    return readiness.change(before, gap.receipt) if before else None
