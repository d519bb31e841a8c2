"""Thousands of people with practices, levels and regions in the shares of a software company."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from careerforge.demo.growth import names
from careerforge.people import joining
from careerforge.people.identity import Person
from careerforge.people.models import User
from careerforge.skills.models import Practice

T = TypeVar("T")

FIRST_NUMBER = 30_001
BATCH = 1000
# One coach for about this many people.
COACHED_BY_ONE = 60
PRACTICES = {
    "backend": 24,
    "frontend": 16,
    "data": 16,
    "ml": 8,
    "cloud": 12,
    "security": 8,
    "qa": 10,
    "pmo": 6,
}
LEVELS = {1: 20, 2: 38, 3: 26, 4: 12, 5: 4}
REGIONS = {"North": 4, "South": 3, "West": 3}


@dataclass(frozen=True)
class Joined:
    """Somebody new, as the other parts of growth need them."""

    user: User
    practice: str
    level: int
    is_coach: bool


def join(count: int, chance: random.Random) -> list[Joined]:
    """Store ``count`` new people, active and without a password."""
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    persons = names.draw(chance, FIRST_NUMBER + User.objects.count())
    found: list[Joined] = []
    while len(found) < count:
        size = min(BATCH, count - len(found))
        found += _some(list(islice(persons, size)), practices, chance)
    return found


def _some(persons: list[Person], practices: dict[str, Practice], chance: random.Random) -> list[Joined]:
    drawn = [(person, *_place(number, chance)) for number, person in enumerate(persons)]
    newcomers = [
        joining.Newcomer(
            person=person,
            practice=practices[practice],
            seniority=level,
            years_of_experience=max(level * 3 - 3 + chance.randint(0, 4), 0),
            region=weighted(REGIONS, chance),
            hours_per_week=chance.randint(2, 8),
            kinds=("coach",) if coach else ("employee",),
            state=User.State.ACTIVE,
        )
        for person, practice, level, coach in drawn
    ]
    users = joining.add_many(newcomers, chance)
    return [
        Joined(u, practice, level, coach) for u, (_, practice, level, coach) in zip(users, drawn, strict=True)
    ]


def _place(number: int, chance: random.Random) -> tuple[str, int, bool]:
    """Practice, level and whether they coach."""
    coach = number % COACHED_BY_ONE == COACHED_BY_ONE - 1
    return weighted(PRACTICES, chance), chance.randint(4, 5) if coach else weighted(LEVELS, chance), coach


def weighted(shares: Mapping[T, int], chance: random.Random) -> T:
    """One of the keys, as often as its share says."""
    return chance.choices(list(shares), weights=list(shares.values()))[0]
