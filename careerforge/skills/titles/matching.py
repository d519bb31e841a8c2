"""The roles that a title may mean, the likeliest first."""

from collections.abc import Hashable, Sequence
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
    return match_all([title], index, limit)[0]


def match_all(titles: Sequence[str], index: TitleIndex[Id], limit: int = USUAL) -> list[list[Match[Id]]]:
    """The likeliest roles of each title, as :func:`match` gives them; the titles are read together."""
    asked = [place for place, title in enumerate(titles) if any(letter.isalpha() for letter in title)]
    found: list[list[Match[Id]]] = [[] for _ in titles]
    if index.ids and asked:
        scores = index.rank([titles[place] for place in asked])
        for place, row in zip(asked, scores, strict=True):
            best = sorted(range(len(index.ids)), key=lambda at: (-float(row[at]), at))[:limit]
            said = read(titles[place]).level
            found[place] = [
                Match(index.ids[at], round(min(max(float(row[at]), 0.0), 1.0), 4), said) for at in best
            ]
    return found
