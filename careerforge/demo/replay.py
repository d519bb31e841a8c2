"""Plays the last 90 days, so that trends are computed from what was known on each day, not invented.

Claims appear on the day of their evidence; the accounts build paths and work on them through the same
functions as the pages; everybody's readiness is measured each evening.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from careerforge.demo import advice, careers, walks
from careerforge.demo.cast import Company, Told
from careerforge.demo.structure import Users
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.gaps import daily

DAYS = 90
# A target chosen today has no history; these were chosen between half a year and a good three months ago.
CHOSEN_FROM, CHOSEN_TO = 95, 190


def play(company: Company, users: Users, now: datetime, chance: random.Random) -> None:
    """Everything of the company that has a day, from the oldest to today."""
    by_age = _by_age(company, users)
    slugs = careers.skills()
    roles = dict(Role.objects.values_list("slug", "id"))
    careers.claims(_older_than(DAYS, by_age), slugs, now.date())
    careers.targets(_targets(company, users, roles, now, chance))
    shared, heading = daily.rules(), [users[one.number].id for one in company.people if one.target]
    walking = walks.begin(company, users)
    for age in range(DAYS, -1, -1):
        then = now - timedelta(days=age)
        if told := by_age.get(age):
            careers.claims(told, slugs, now.date())
        walks.on(walking, age, then)
        advice.ask(company, users, age, then)
        daily.measure(heading, shared, then.date())


def _by_age(company: Company, users: Users) -> dict[int, list[tuple[User, Told]]]:
    found: dict[int, list[tuple[User, Told]]] = defaultdict(list)
    for one in company.people:
        for told in one.claims:
            found[told.age].append((users[one.number], told))
    return found


def _older_than(days: int, by_age: dict[int, list[tuple[User, Told]]]) -> Iterable[tuple[User, Told]]:
    return [pair for age, told in by_age.items() if age > days for pair in told]


def _targets(
    company: Company, users: Users, roles: dict[str, UUID], now: datetime, chance: random.Random
) -> list[tuple[User, UUID, datetime]]:
    return [
        (users[one.number], roles[one.target], now - timedelta(days=chance.randint(CHOSEN_FROM, CHOSEN_TO)))
        for one in company.people
        if one.target
    ]
