"""Who counts in which group of a manager's unit, week by week."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.people import access
from careerforge.people.models import Team, TeamMembership, User
from coaching.teams.disclosure import Values
from learning.models import Readiness

# How far back figures are made for a unit that has none yet.
WEEKS = 20

Groups = Mapping[date, Mapping[str, Values]]


def teams_of(manager: User) -> list[Team]:
    """The teams a manager leads, with all below them."""
    return list(access.managed_teams(manager).select_related("parent"))


def name_of(teams: Sequence[Team], manager: User) -> str:
    """What the unit is called: the teams that are led by the manager themselves."""
    return ", ".join(team.name for team in teams if team.manager_id == manager.pk)


def days_to_measure(after: date | None, on: date) -> list[date]:
    """The first day with figures of each week later than that of ``after``, the oldest first.

    Today is not among them: its figures may still be in the making.
    """
    monday = on - timedelta(days=on.weekday())
    weeks = [monday - timedelta(weeks=n) for n in range(WEEKS)]
    first, *others = (
        Readiness.objects.filter(day__gte=start, day__lt=min(start + timedelta(weeks=1), on))
        .order_by("day")
        .values_list("day", flat=True)[:1]
        for start in weeks
    )
    days = sorted(first.union(*others, all=True))
    return [day for day in days if after is None or _week(day) > _week(after)]


def _week(day: date) -> int:
    """The number of a calendar week, counted from the year 1; weeks begin on Mondays."""
    return (day.toordinal() - 1) // 7


def groups(manager: User, teams: Sequence[Team], by: str, days: Sequence[date]) -> Groups:
    """Day → group → person → readiness: each person once, in the group of their earliest membership then."""
    name = _namer(teams, manager, by)
    memberships: dict[UUID, list[tuple[UUID, date, date | None]]] = defaultdict(list)
    held = TeamMembership.objects.filter(team__in=teams, user__state=User.State.ACTIVE)
    for user, team, start, end in held.order_by("starts_on", "id").values_list(
        "user", "team", "starts_on", "ends_on"
    ):
        memberships[user].append((team, start, end))
    found: dict[date, dict[str, dict[UUID, float]]] = {day: defaultdict(dict) for day in days}
    for day, user, score, seniority in _scores(days, list(memberships)):
        holding = (t for t, start, end in memberships[user] if start <= day and (end is None or end >= day))
        home = next(holding, None)
        if home is not None and score is not None:
            found[day][name(home, seniority)][user] = score
    return found


def _scores(days: Sequence[date], people: list[UUID]) -> list[tuple[date, UUID, float | None, int]]:
    rows = Readiness.objects.filter(day__in=days, user__in=people, score__isnull=False)
    rows = rows.order_by("day", "user_id", "role_id").distinct("day", "user_id")
    return list(rows.values_list("day", "user_id", "score", "user__profile__seniority"))


def _namer(teams: Sequence[Team], manager: User, by: str) -> Callable[[UUID, int], str]:
    """From a person's team and seniority to the name of their group."""
    if by == "band":
        bands = {1: _("Junior and mid-level"), 2: _("Junior and mid-level"), 3: _("Senior")}
        return lambda _team, seniority: bands.get(seniority, _("Staff and principal"))
    own = {team.pk for team in teams if team.manager_id == manager.pk}
    parents = {team.pk: team.parent_id for team in teams}
    names = {team.pk: team.name for team in teams}

    def sub_team(team: UUID, _seniority: int) -> str:
        at = team
        while (above := parents.get(at)) is not None and at not in own and above not in own:
            at = above
        return names[at]

    return sub_team
