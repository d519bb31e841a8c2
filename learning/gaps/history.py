"""Readiness over time: the stored days, and what moved it over 30 and 90 days."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Subquery, When

from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.gaps import readiness
from learning.gaps.gap import Gap
from learning.gaps.readiness import Change
from learning.models import Readiness

SPANS = (30, 90)
# A day without a row is filled by an earlier one, as long as it is not older than this.
SLACK = timedelta(days=15)


def points(person: User, role: Role, since: date) -> list[tuple[date, float]]:
    """Day and readiness (0 to 1) of the days that have a figure: one query."""
    rows = Readiness.objects.filter(user=person, role=role, day__gte=since).order_by("day")
    return [(day, score) for day, score in rows.values_list("day", "score") if score is not None]


def changes(person: User, gap: Gap) -> dict[int, Change | None]:
    """What moved readiness over the last 30 and 90 days, None where nothing was stored: one query."""
    rows = Readiness.objects.filter(user=person, role=gap.role)
    return _changes(gap, rows.filter(_newest(rows, _ends(gap).values())).values_list("day", "receipt"))


def line(person: User, gap: Gap, since: date) -> tuple[list[tuple[date, float]], dict[int, Change | None]]:
    """:func:`points` and :func:`changes` in one query."""
    ends = _ends(gap)
    rows = Readiness.objects.filter(user=person, role=gap.role)
    first = min(since, *(end - SLACK for end in ends.values()))
    receipt = Case(When(_newest(rows, ends.values()), then=F("receipt")))
    found = list(rows.filter(day__gte=first).order_by("day").values_list("day", "score", receipt))
    drawn = [(day, score) for day, score, _receipt in found if day >= since and score is not None]
    return drawn, _changes(gap, ((day, receipt) for day, _score, receipt in found if receipt))


def _ends(gap: Gap) -> dict[int, date]:
    return {days: gap.on - timedelta(days=days) for days in SPANS}


def _newest(rows: QuerySet[Readiness], ends: Iterable[date]) -> Q:
    """For each end its newest row: of all the days only those receipts are read."""
    picked = (
        rows.filter(day__lte=end, day__gte=end - SLACK).order_by("-day").values("pk")[:1] for end in ends
    )
    return reduce(or_, (Q(pk=Subquery(one)) for one in picked))


def _changes(gap: Gap, receipts: Iterable[tuple[date, dict[str, Any]]]) -> dict[int, Change | None]:
    ends = _ends(gap)
    stored = {end: kept for day, kept in receipts for end in ends.values() if end - SLACK <= day <= end}
    return {
        days: readiness.change(stored[end], gap.receipt) if end in stored else None
        for days, end in ends.items()
    }
