"""Teams of about eleven in areas of about ten teams, and a coach for everybody."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from careerforge.demo.growth.people import COACHED_BY_ONE, Joined
from careerforge.people import rooms
from careerforge.people.models import Assignment, Grant, Team, TeamMembership, User

TEAM, AREA = 11, 10
# Of so many areas one belongs to the unit of the demo's manager.
OURS = 8
PRACTICES_OF = {
    "coach-data-ml": ("data", "ml"),
    "coach-backend-frontend": ("frontend", "backend"),
    "coach-cloud-security": ("cloud", "security"),
    "coach-qa-pmo": ("qa", "pmo"),
    "coach-backend": ("backend",),
}


def settle(joined: Sequence[Joined], today: date, chance: random.Random) -> None:
    """Put everybody into a team and give every employee a coach from outside of it."""
    _teams([one for one in joined if not one.is_coach], today, chance)
    together = Team.objects.filter(name="Coaching and people").first()
    if together:
        _members([(together, one.user) for one in joined if one.is_coach], today, chance)
    _coaches(joined, today, chance)


def _teams(people: Sequence[Joined], today: date, chance: random.Random) -> None:
    """People of one practice work together; the most senior one leads."""
    shuffled = sorted(people, key=lambda one: one.practice)
    groups = [shuffled[start : start + TEAM] for start in range(0, len(shuffled), TEAM)]
    areas = _areas(-(-len(groups) // AREA))
    first = Team.objects.count()
    teams = [
        Team(
            name=f"{group[0].practice.title()} team {first + place}",
            parent=areas[place // AREA],
            manager=max(group, key=lambda one: one.level).user,
        )
        for place, group in enumerate(groups)
    ]
    Team.objects.bulk_create(teams)
    _members([(t, one.user) for t, group in zip(teams, groups, strict=True) for one in group], today, chance)


def _areas(count: int) -> list[Team]:
    tops = {team.name: team for team in Team.objects.filter(name__in=["Engineering", "Product engineering"])}
    first = Team.objects.filter(name__startswith="Area ").count() + 1
    areas = [
        Team(
            name=f"Area {first + place}",
            parent=tops.get("Product engineering" if place % OURS == OURS - 1 else "Engineering"),
        )
        for place in range(count)
    ]
    return Team.objects.bulk_create(areas)


def _members(pairs: Sequence[tuple[Team, User]], today: date, chance: random.Random) -> None:
    TeamMembership.objects.bulk_create(
        [
            TeamMembership(team=team, user=user, starts_on=today - timedelta(days=chance.randint(40, 1500)))
            for team, user in pairs
        ],
        batch_size=5000,
    )


def _coaches(joined: Sequence[Joined], today: date, chance: random.Random) -> None:
    """The accounts get sixty people of their practices each; the new coaches share the others."""
    waiting: dict[str, list[User]] = defaultdict(list)
    for one in joined:
        if not one.is_coach:
            waiting[one.practice].append(one.user)
    pairs = _to_accounts(waiting)
    for coach, employee in pairs:
        rooms.admit(rooms.open_for(employee), coach, by=employee)
    others = [user for practice in sorted(waiting) for user in waiting[practice]]
    coaches = [one.user for one in joined if one.is_coach]
    if coaches:
        pairs += [(coaches[place % len(coaches)], user) for place, user in enumerate(others)]
    Assignment.objects.bulk_create(
        [
            Assignment(coach=c, employee=e, starts_on=today - timedelta(days=chance.randint(30, 700)))
            for c, e in pairs
        ],
        batch_size=5000,
    )


def _to_accounts(waiting: dict[str, list[User]]) -> list[tuple[User, User]]:
    accounts = User.objects.filter(username__in=PRACTICES_OF, grants__kind=Grant.Kind.COACH).order_by(
        "username"
    )
    pairs: list[tuple[User, User]] = []
    for coach in accounts:
        room = COACHED_BY_ONE - Assignment.objects.filter(coach=coach, ends_on__isnull=True).count()
        practices = PRACTICES_OF[coach.username]
        for practice in practices:
            for _ in range(max(room, 0) // len(practices)):
                if waiting[practice]:
                    pairs.append((coach, waiting[practice].pop()))
    return pairs
