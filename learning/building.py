"""What the jobs do for one person, stage by stage. Each stage that touches rows has its own transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.jobs.running import Failed, Running
from careerforge.people.models import User
from careerforge.skills.models import Role
from learning import daily, grounds, versions
from learning import path as paths
from learning import suggestions as offers


def path(running: Running, person_id: str, role_id: str, now: datetime) -> dict[str, Any]:
    """Build a path in the open: read, compare, order, choose, save. Running it twice changes nothing."""
    read_, compare, order, choose, save = running.stages
    running.stage(read_)
    with running.transaction():
        person, role = active(person_id), Role.objects.select_related("practice").get(pk=role_id)
    running.stage(compare)
    with running.transaction():
        read = grounds.read(person, role, now.date())
    running.stage(order)
    undecided = paths.decide(read)
    running.stage(choose)
    with running.transaction():
        draft = paths.explain(undecided)
    running.stage(save)
    with running.transaction():
        version = versions.save(draft, now)
    return {"version": str(version.id), "role": str(role.id), "nodes": len(draft.plan.nodes)}


def suggestions(running: Running, person_id: str, now: datetime) -> dict[str, Any]:
    """Score all roles and store the best."""
    read_, compare, save = running.stages
    running.stage(read_)
    with running.transaction():
        person = active(person_id)
    running.stage(compare)
    with running.transaction():
        found = offers.suggest(person, now.date())
    running.stage(save)
    with running.transaction():
        return {"stored": offers.store(person, found, now)}


def readiness(running: Running, person_id: str, now: datetime) -> dict[str, Any]:
    """Measure one person today."""
    read_, compare = running.stages
    running.stage(read_)
    with running.transaction():
        person = active(person_id)
    running.stage(compare)
    with running.transaction():
        return {"measured": daily.measure([person.id], daily.rules(), now.date())}


def active(person_id: str) -> User:
    """The person, if anything may be computed about them."""
    person = User.objects.filter(pk=UUID(person_id), state=User.State.ACTIVE).first()
    if person is None:
        raise Failed(_("This person is not active, so nothing is computed about them."))
    return person
