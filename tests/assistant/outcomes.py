"""What came of answers, counted by tenths as the database counts them."""

from collections.abc import Iterable

from careerforge.assistant.confidence import Outcomes, Tenth, tenth_of

Told = tuple[float, bool]


def tenths(told: Iterable[Told], people: int = 30) -> list[Tenth]:
    """Of what was said, 0 to 1, and whether it came true; each tenth of so many people."""
    rows: dict[int, list[Told]] = {}
    for one in told:
        rows.setdefault(tenth_of(one[0]), []).append(one)
    return [_tenth(place, found, people) for place, found in sorted(rows.items())]


def _tenth(place: int, rows: list[Told], people: int) -> Tenth:
    said, came = sum(one for one, _ in rows), sum(one for _, one in rows)
    return Tenth(place, len(rows), people, said, came, sum((one - true) ** 2 for one, true in rows))


def outcomes(told: Iterable[Told], people: int = 30) -> Outcomes:
    """Enough different people, unless told otherwise."""
    return Outcomes(tenths(told, people), people)
