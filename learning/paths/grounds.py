"""What a person evidently stands on, although nobody has said a word about it.

Whoever works in a skill has its basis: nobody tests software without having seen a program. So the skills
that the position held now requires, and everything that they and the person's own skills build on, are no
step of a path as a mere basis. This is no level: a role that asks for such a skill itself finds it unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from careerforge.people.models import User
from careerforge.skills.models import Role
from learning.gaps.gap import AT_LEVEL
from learning.paths import reading
from learning.paths.plan import Wish
from learning.paths.planning import BASIS
from learning.paths.reading import Reading


def read(person: User, role: Role, on: date, follow: Wish | None = None) -> Reading:
    """As :func:`learning.paths.reading.read`, with what the person stands on: no query more."""
    found = reading.read(person, role, on, follow)
    needs = found.needs
    held = {skill for skill, level in found.held.items() if level >= BASIS}
    works_in = {s for s, have in found.levels.items() if have.known and have.level >= BASIS - AT_LEVEL / 2}
    ground = _below(works_in, needs) | held | _below(held, needs)
    known = tuple(sorted(ground & set(found.inputs.skills)))
    return replace(found, inputs=replace(found.inputs, ground=known))


def _below(skills: Iterable[UUID], needs: Mapping[UUID, Sequence[UUID]]) -> set[UUID]:
    """Everything these skills build on, directly or not."""
    found: set[UUID] = set()
    waiting = list(skills)
    while waiting:
        fresh = set(needs.get(waiting.pop(), ())) - found
        found |= fresh
        waiting += fresh
    return found
