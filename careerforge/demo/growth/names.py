"""Names that nobody has and no dictionary holds, made of syllables; the same ones for the same chance."""

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

from careerforge.demo.cast import MAIL
from careerforge.people.identity import Person

FILE = Path(__file__).with_name("syllables.toml")


@cache
def _syllables() -> dict[str, list[str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def draw(chance: random.Random, first_number: int) -> Iterator[Person]:
    """Endless new people; their surnames do not repeat, employee numbers count up from ``first_number``."""
    of = _syllables()
    families = ["".join(parts) for parts in product(of["family"], of["family_middles"], of["family_ends"])]
    chance.shuffle(families)
    for place in range(10**9):
        again = place // len(families)
        family = families[place % len(families)] + ("ez" * again)
        given = chance.choice(of["given"]) + chance.choice(of["given_ends"])
        yield Person(
            name=f"{given} {family}",
            email=f"{given}.{family}@{MAIL}".lower(),
            city=chance.choice(of["cities"]),
            phone=f"+999 30 {chance.randrange(1000):03d} {place % 10_000:04d}",
            employee_number=f"TV-{first_number + place}",
        )
