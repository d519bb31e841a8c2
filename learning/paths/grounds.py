"""What a person evidently stands on, although nobody has said a word about it.

Whoever works in a skill has its basis: nobody tests software without having seen a program. So the skills
that the position held now requires, and everything that they and the person's own skills build on, are no
step of a path as a mere basis. This is no level: a role that asks for such a skill itself finds it unknown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from careerforge.people.models import Position, User
from careerforge.skills.models import Prerequisite, Role
from learning.gaps.gap import AT_LEVEL
from learning.paths import reading
from learning.paths.planning import BASIS
from learning.paths.reading import Reading


def read(person: User, role: Role, on: date) -> Reading:
    """Everything a path is decided from, with what the person stands on: two queries more."""
    found = reading.read(person, role, on)
    needs = _needs()
    works_in = {s for s, have in found.levels.items() if have.known and have.level >= BASIS - AT_LEVEL / 2}
    ground = _below(works_in, needs) | (held := _held(person, on)) | _below(held, needs)
    known = tuple(sorted(ground & set(found.inputs.skills)))
    return replace(found, inputs=replace(found.inputs, ground=known))


def _held(person: User, on: date) -> set[UUID]:
    """What the position held now asks for at the level of a basis. Since when it is held is not read."""
    now = Position.objects.filter(user=person, starts_on__lte=on, ends_on__isnull=True)
    asked = now.filter(role__requirements__level__gte=BASIS)
    return {skill for skill in asked.values_list("role__requirements__skill_id", flat=True) if skill}


def _needs() -> Mapping[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for skill, requires in Prerequisite.objects.values_list("skill_id", "requires_id"):
        found[skill].append(requires)
    return found


def _below(skills: Iterable[UUID], needs: Mapping[UUID, list[UUID]]) -> set[UUID]:
    """Everything these skills build on, directly or not."""
    found: set[UUID] = set()
    waiting = list(skills)
    while waiting:
        fresh = set(needs.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found
