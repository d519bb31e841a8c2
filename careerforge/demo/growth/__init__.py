"""Makes the demo company as large as a real one: the same code in bulk, the same company for a seed."""

import random
from collections.abc import Callable
from datetime import datetime

from careerforge.demo import loading
from careerforge.demo.growth import careers, documents, people, structure, traces
from careerforge.demo.problem import Refused
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

Say = Callable[[str], None]


def grow(size: int, seed: int, now: datetime, say: Say) -> None:
    """Grow the demo company to ``size`` people, with documents, audit events and job runs to match.

    Each part is one transaction; running it again adds only what is missing to the size.

    Raises:
        Refused: there is no demo company.
    """
    company = Organisation.objects.filter(is_demo=True).first()
    if company is None:
        raise Refused("There is no demo company to grow. ./run.sh serve makes one in an empty database.")
    chance = random.Random(seed)
    with context.organisation(company.id):
        missing = size - User.objects.exclude(state=User.State.LEFT).count()
    if missing <= 0:
        say(f"The company has {size} people already.")
        return
    with context.organisation(company.id):
        joined = people.join(missing, chance)
        say(f"{len(joined)} people have joined.")
        structure.settle(joined, now.date(), chance)
        say("They have teams and coaches.")
    with context.organisation(company.id):
        claims = careers.begin(joined, now, chance)
        say(f"They have positions, targets and {claims} claims; a month's readiness is measured.")
    with context.organisation(company.id):
        say(f"{documents.collect(now, chance)} documents are stored and indexed.")
    with context.organisation(company.id):
        loading.measure_teams(now)
        traces.leave(joined, now, chance)
        say("Audit events and job runs are there.")
