"""Builds the demo company, whole or not at all, through the code that any company goes through."""

import random
from datetime import datetime

from django.conf import settings

from careerforge.demo import careers, cast, contacts, password, replay, shelves, structure
from careerforge.demo.problem import Refused
from careerforge.skills import starter as taxonomy
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.teams import weekly
from learning.catalogue import starter as catalogue

NAME = "Tarnvale"
SEED = 20_417


def load(now: datetime, chance: random.Random | None = None) -> bool:
    """Build the company as it would be on ``now``; False when there is a company already.

    Args:
        chance: for handles and days; the same one gives the same company but for ids and keys.

    Raises:
        Refused: demo accounts have no place in this installation.
    """
    if Organisation.objects.exists():
        return False
    if not settings.DEMO_ALLOWED:
        raise Refused("The demo company loads only into the embedded database, or with CAREERFORGE_DEMO=1.")
    organisation = Organisation(name=NAME, is_demo=True, time_zone="Europe/Berlin", currency="EUR")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        _fill(now, chance or random.Random(SEED))
    return True


def _fill(now: datetime, chance: random.Random) -> None:
    company = cast.company()
    with password.drawn(len(company.accounts)) as give:
        taxonomy.load()
        catalogue.load()
        users = structure.people(company, chance)
        structure.teams(company, users, now.date())
        structure.assignments(company, users, now.date(), chance)
        careers.positions(company, users, now.date())
        contacts.write_down()
        shelves.fill(now)
        replay.play(company, users, now, chance)
        measure_teams(now)
        give([users[one.number] for one in company.accounts])


def measure_teams(now: datetime) -> None:
    """Make every manager's weekly figures, as the job does each night."""
    for manager in weekly.managers_now():
        for by in weekly.KINDS:
            weekly.catch_up(manager, by, now.date())
