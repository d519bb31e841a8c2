"""What the jobs do for one person, stage by stage. Each stage that touches rows has its own transaction."""

from datetime import datetime
from typing import Any

from careerforge.jobs.running import Running
from careerforge.skills.models import Role
from learning import active
from learning.gaps import daily
from learning.gaps import gap as gaps
from learning.paths import grounds, versions
from learning.paths import path as paths
from learning.roles import suggestions as offers
from learning.words import writing


def path(running: Running, person_id: str, role_id: str, now: datetime) -> dict[str, Any]:
    """Build a path in the open: read, compare, order, choose, save. Running it twice changes nothing."""
    read_, compare, order, choose, save = running.stages
    running.stage(read_)
    with running.transaction():
        person, role = active.person(person_id), Role.objects.select_related("practice").get(pk=role_id)
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
    """Score all roles, store the best, and have them worded where a model may."""
    read_, compare, save, word = running.stages
    running.stage(read_)
    with running.transaction():
        person = active.person(person_id)
    running.stage(compare)
    with running.transaction():
        compared = offers.compare(person, now.date())
    found = compared.best()
    running.stage(save)
    with running.transaction():
        stored = offers.store(person, found, now)
        asked = writing.for_roles(person, [compared.gap(one.role) for one in found], now)
    return {"stored": stored, **writing.words(running, word, asked, now).told(person)}


def readiness(running: Running, person_id: str, now: datetime) -> dict[str, Any]:
    """Measure one person today, and have the gap worded where a model may."""
    read_, compare, word = running.stages
    running.stage(read_)
    with running.transaction():
        person = active.person(person_id)
    running.stage(compare)
    with running.transaction():
        measured = daily.measure([person.id], daily.rules(), now.date())
        role = paths.heading(person)
        asked = writing.for_gap(person, gaps.gap(person, role, now.date()), now) if role else None
    return {"measured": measured, **writing.words(running, word, asked, now).told(person)}
