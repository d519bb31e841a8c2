"""Everybody's readiness, once a day, in slices that each are one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from careerforge.jobs.running import Running
from careerforge.people.models import User
from careerforge.skills.levels import Neighbours
from careerforge.skills.models import Role
from learning.gaps import facts
from learning.gaps.facts import Asked
from learning.gaps.gap import measure as measure_gap
from learning.models import Path, Readiness, Target

SLICE = 200
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Rules:
    """What is the same for everybody: roles, what they ask for, and who lends credit."""

    roles: dict[UUID, Role]
    asked: dict[UUID, list[Asked]]
    near: Neighbours


def run(running: Running, now: datetime) -> dict[str, Any]:
    """All active people, on from where an earlier attempt stopped. Measuring twice changes nothing."""
    (stage,) = running.stages
    with running.transaction():
        shared, everybody = rules(), User.objects.filter(state=User.State.ACTIVE).count()
    last = UUID(running.cursor() or str(NOBODY))
    seen = measured = 0
    while True:
        with running.transaction():
            ids = after(last)
            measured += measure(ids, shared, now.date())
        if not ids:
            return {"people": seen, "measured": measured}
        seen, last = seen + len(ids), ids[-1]
        running.stage(stage, seen / max(everybody, 1), cursor=str(last))


def after(last: UUID) -> list[UUID]:
    """The next slice of active people."""
    people = User.objects.filter(state=User.State.ACTIVE, pk__gt=last).order_by("pk")
    return list(people.values_list("pk", flat=True)[:SLICE])


def rules() -> Rules:
    """Three queries, once a run."""
    roles = {role.id: role for role in Role.objects.select_related("practice")}
    return Rules(roles, facts.requirements(roles), facts.neighbours())


def today(person: User, day: date) -> None:
    """Measure one person again, so that all who look see what was just done: eight queries."""
    role_id = headings([person.id]).get(person.id)
    if role_id is None:
        return
    asked = facts.requirements([role_id])
    role = Role.objects.select_related("practice").get(pk=role_id)
    near = facts.neighbours(row.skill_id for row in asked[role_id])
    measure([person.id], Rules({role_id: role}, asked, near), day)


def measure(ids: Sequence[UUID], shared: Rules, day: date) -> int:
    """Store readiness of these people for where they are heading: five queries. Gives back how many rows."""
    heading = headings(ids)
    known = facts.of_people(list(heading), day)
    rows = []
    for person, role in heading.items():
        found = measure_gap(shared.roles[role], shared.asked.get(role, []), known, shared.near, person, day)
        rows.append(
            Readiness(
                user_id=person,
                role_id=role,
                day=day,
                score=found.readiness,
                known_share=found.known_share,
                receipt=found.receipt,
            )
        )
    Readiness.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation", "user", "role", "day"],
        update_fields=["score", "known_share", "receipt"],
    )
    return len(rows)


def headings(ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Person → role: the chosen target, else the role of the newest path. Others have none."""
    newest = Path.objects.filter(user_id__in=ids).order_by("user_id", "-made_at").distinct("user_id")
    found = dict(newest.values_list("user_id", "role_id"))
    found |= Target.objects.filter(user_id__in=ids, ended_at__isnull=True).values_list("user_id", "role_id")
    return found
