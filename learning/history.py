"""Readiness over time: the stored days, and what moved it over 30 and 90 days."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, Subquery

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
    """What moved readiness over the last 30 and 90 days, None where nothing was stored: one query."""
    ends = {days: gap.on - timedelta(days=days) for days in SPANS}
    near = reduce(or_, (Q(day__lte=end, day__gte=end - SLACK) for end in ends.values()))
    rows = Readiness.objects.filter(near, user=person, role=gap.role)
    stored: dict[date, dict[str, Any]] = dict(_baselines(rows, list(ends.values())))
    return {
        days: readiness.change(stored[end], gap.receipt) if end in stored else None
        for days, end in ends.items()
    }


def _baselines(rows: QuerySet[Readiness], ends: list[date]) -> Iterator[tuple[date, dict[str, Any]]]:
    """For each end its newest row: of all the days only those receipts are read."""
    newest = [
        Q(pk=Subquery(rows.filter(day__lte=end, day__gte=end - SLACK).order_by("-day").values("pk")[:1]))
        for end in ends
    ]
    for day, receipt in rows.filter(reduce(or_, newest)).values_list("day", "receipt"):
        yield from ((end, receipt) for end in ends if end - SLACK <= day <= end)
