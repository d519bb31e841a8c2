"""People, teams and coaches of the demo company."""

import random
from collections.abc import Mapping
from datetime import date, timedelta

from careerforge.demo.cast import Company, Someone
from careerforge.people import joining, rooms
from careerforge.people.models import Assignment, Team, TeamMembership, User
from careerforge.skills.models import Practice

Users = Mapping[str, User]
# Whoever came before the present coaches did is assigned to them since then at the earliest.
COACHED_FROM, COACHED_TO = 95, 420


def people(company: Company, chance: random.Random) -> dict[str, User]:
    """Store everybody, active; gives them back by employee number."""
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    newcomers = [_newcomer(one, practices) for one in company.people]
    users = joining.add_many(newcomers, chance)
    return {one.number: user for one, user in zip(company.people, users, strict=True)}


def _newcomer(one: Someone, practices: Mapping[str, Practice]) -> joining.Newcomer:
    return joining.Newcomer(
        person=one.person,
        username=one.account,
        practice=practices[one.practice] if one.practice else None,
        seniority=one.seniority,
        years_of_experience=one.years,
        region=one.region,
        hours_per_week=one.hours,
        kinds=one.kinds,
        state=User.State.ACTIVE,
    )


def teams(company: Company, users: Users, today: date) -> None:
    """Teams from the top down, their leads, and who is in which since when."""
    made: dict[str, Team] = {}
    leads = _leads(company, users)
    for unit in company.teams:
        made[unit.name] = Team.objects.create(
            name=unit.name, parent=made.get(unit.parent), manager=leads.get(unit.name)
        )
    TeamMembership.objects.bulk_create(
        TeamMembership(
            team=made[one.team], user=users[one.number], starts_on=today - timedelta(days=_since(one))
        )
        for one in company.people
    )


def _leads(company: Company, users: Users) -> dict[str, User]:
    """Team → who leads it, whether the team names an account or a colleague names the team."""
    accounts = {one.account: users[one.number] for one in company.accounts}
    found = {unit.name: accounts[unit.manager] for unit in company.teams if unit.manager}
    return found | {name: users[one.number] for one in company.people for name in one.leads}


def _since(one: Someone) -> int:
    """Days in the team: as long as in the position."""
    return one.positions[0].since if one.positions else 700


def assignments(company: Company, users: Users, today: date, chance: random.Random) -> None:
    """Who coaches whom, who stands in, and the rooms they share."""
    coaches = {one.account: users[one.number] for one in company.accounts}
    rows = [
        Assignment(coach=coaches[one.coach], employee=users[one.number], starts_on=_begun(one, today, chance))
        for one in company.people
        if one.coach
    ]
    rows += [
        Assignment(
            coach=coaches[cover.coach],
            employee=users[cover.number],
            starts_on=today + timedelta(days=cover.starts),
            ends_on=today + timedelta(days=cover.ends),
            cover=True,
        )
        for cover in company.covers
    ]
    Assignment.objects.bulk_create(rows)
    for row in rows:
        rooms.admit(rooms.open_for(row.employee), row.coach, by=row.employee)


def _begun(one: Someone, today: date, chance: random.Random) -> date:
    return today - timedelta(days=min(_since(one), chance.randint(COACHED_FROM, COACHED_TO)))
