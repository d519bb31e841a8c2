"""Figures of a manager's unit, made once a week and then kept as they were printed.

What HR puts right later, in teams, levels or dates, changes no week that was printed: whoever could see both
would read off the person in between.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from careerforge.jobs.running import Running
from careerforge.people.models import Team, User
from coaching.models import TeamWeek, TeamWeekPerson
from coaching.teams import units
from coaching.teams.disclosure import Values, hold, tally
from learning.models import Step

MONTH = timedelta(days=30)
# Readiness by bands of 20 points.
BAND, BANDS = 20, 5
KINDS = ("team", "band")


def run(running: Running, on: date) -> dict[str, Any]:
    """Every manager's figures, one transaction each; measuring twice changes nothing."""
    with running.transaction():
        managers = list(managers_now())
    made = 0
    for place, manager in enumerate(managers, 1):
        with running.transaction():
            made += sum(catch_up(manager, by, on) for by in KINDS)
        running.stage(running.stages[0], place / len(managers))
    return {"managers": len(managers), "weeks": made}


def managers_now() -> list[User]:
    """Everybody who leads a team."""
    leading = Team.objects.filter(manager__isnull=False).values("manager")
    return list(User.objects.filter(pk__in=leading, state=User.State.ACTIVE).order_by("pk"))


def catch_up(manager: User, by: str, on: date) -> int:
    """Make the weeks that are missing up to yesterday. Gives back how many.

    For a unit of which nothing was printed yet the past is told of those who count now, week by week back.
    """
    last = TeamWeek.objects.filter(manager=manager, by=by).order_by("-day").first()
    days = units.days_to_measure(last.day if last else None, on)
    if not days:
        return 0
    found = units.groups(manager, units.teams_of(manager), by, days)
    order = days if last else days[::-1]
    counted = _counted(last) if last else found[order[0]]
    weeks: dict[date, Mapping[str, Values]] = {}
    for day in order:
        weeks[day] = counted = hold(found[day], counted)
    TeamWeekPerson.objects.filter(week=last).delete()
    made = [_store(manager, by, day, weeks[day]) for day in days]
    TeamWeekPerson.objects.bulk_create(
        TeamWeekPerson(week=made[-1], user_id=person, group=name, score=score)
        for name, values in weeks[days[-1]].items()
        for person, score in values.items()
    )
    return len(days)


def _counted(week: TeamWeek) -> Mapping[str, Values]:
    groups: dict[str, dict[UUID, float]] = {}
    for user, name, score in week.people.values_list("user_id", "group", "score"):
        groups.setdefault(name, {})[user] = score
    return groups


def _store(manager: User, by: str, day: date, printed: Mapping[str, Values]) -> TeamWeek:
    """One week as it is printed from then on."""
    scores = {person: score for values in printed.values() for person, score in values.items()}
    bands = [0] * BANDS
    for score in scores.values():
        bands[min(int(score * 100 // BAND), BANDS - 1)] += 1
    tallies = {name: tally(values) for name, values in sorted(printed.items())}
    return TeamWeek.objects.create(
        manager=manager,
        by=by,
        day=day,
        groups=[[name, one.people, one.total] for name, one in tallies.items()],
        bands=bands,
        steps=_steps(list(scores), day),
    )


def _steps(people: list[UUID], day: date) -> dict[str, int]:
    """Steps of the paths of the people who are printed: all, done, done in the last 30 days."""
    steps = Step.objects.filter(user__in=people).exclude(type=Step.Type.MILESTONE)
    done = Q(status=Step.Status.DONE, ended_at__date__lte=day)
    return steps.exclude(status=Step.Status.SKIPPED).aggregate(
        people=Count("user", distinct=True),
        done=Count("id", filter=done),
        recent=Count("id", filter=done & Q(ended_at__date__gt=day - MONTH)),
        every=Count("id"),
    )
