"""The roles that a title may mean, the likeliest first."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from careerforge.skills.titles.index import TitleIndex
from careerforge.skills.titles.wording import read

Id = TypeVar("Id", bound=Hashable)
USUAL = 5


@dataclass(frozen=True, slots=True)
class Match(Generic[Id]):
    """A role that a title may mean.

    Attributes:
        score: 0 to 1, to compare the candidates of one title; no probability.
        level_words: what the title says about how high the job is: ("senior",).
    """

    role_id: Id
    score: float
    level_words: tuple[str, ...]


def match(title: str, index: TitleIndex[Id], limit: int = USUAL) -> list[Match[Id]]:
    """The likeliest roles; none for a title without a letter. Equal scores keep the index's order."""
    if not index.ids or not any(letter.isalpha() for letter in title):
        return []
    scores = index.rank([title])[0]
    said = read(title).level
    places = sorted(range(len(index.ids)), key=lambda place: (-float(scores[place]), place))[:limit]
    return [Match(index.ids[p], round(min(max(float(scores[p]), 0.0), 1.0), 4), said) for p in places]
