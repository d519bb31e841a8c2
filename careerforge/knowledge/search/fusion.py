"""Several rankings become one. Pure and deterministic."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from careerforge.knowledge.search.weights import AGE, BIAS, DEPTH, DISTRUST, HALF_LIFE_DAYS, WORDS

Key = TypeVar("Key", bound=Hashable)
Ranking = Sequence[tuple[Key, float]]


@dataclass(frozen=True, slots=True)
class Match:
    """How a candidate fits a query.

    Attributes:
        words: BM25; None where the leg by words has not named it.
        meaning: cosine; None where the leg by meaning has not named it.
        relevance: both together, 0 to 1, where 1 is the best candidate of this query.
    """

    words: float | None
    meaning: float | None
    relevance: float


def fuse(words: Ranking[Key], meaning: Ranking[Key], *, depth: int = DEPTH) -> dict[Key, Match]:
    """A weighted sum of the scores as they are, for all that either leg names, the best as 1.

    The scores are not stretched to the same range, as is usual: both scales mean the same for every query,
    and a query whose words say little then counts them little. On the development sets this was never below
    the better leg, where reciprocal ranks and ranges stretched to 0..1 were (``bench/baselines``).
    After Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", 2023.

    Args:
        words, meaning: keys with scores, best first, each key once.
        depth: how many each leg gives at most. What a full leg does not name is no better there than its
            last; what one that is not full does not name has nothing there.
    """
    left, right = dict(words), dict(meaning)
    last_left, last_right = (leg[-1][1] if len(leg) >= depth else 0.0 for leg in (words, meaning))
    if right and len(meaning) < depth:
        last_right = meaning[-1][1]
    scores = {
        key: max(right.get(key, last_right) + WORDS * left.get(key, last_left), 0.0)
        for key in left.keys() | right.keys()
    }
    best = max(scores.values(), default=0.0) or 1.0
    return {key: Match(left.get(key), right.get(key), score / best) for key, score in scores.items()}


def first(matches: dict[Key, Match], limit: int) -> dict[Key, Match]:
    """The most relevant; of equal ones those whose key sorts first."""
    ranked = sorted(matches.items(), key=lambda item: (-item[1].relevance, item[0]))
    return dict(ranked[:limit])


def freshness(kind: str, published_at: datetime | None, now: datetime) -> float:
    """1 for what is new or does not age, else halved each half-life; an unknown date counts as one."""
    half_life = HALF_LIFE_DAYS.get(kind)
    if half_life is None:
        return 1.0
    if published_at is None:
        return 0.5
    age = max(now - published_at, timedelta(0)) / timedelta(days=1)
    return float(0.5 ** (age / half_life))


def worth(relevance: float, freshness: float, trust: float, toward: float = 0.0) -> float:
    """A relevance with age, the source's trust and the asker's leaning counted in, all of them 0 to 1."""
    return relevance * (1 - AGE * (1 - freshness)) * (1 - DISTRUST * (1 - trust)) * (1 + BIAS * toward)


def diverse(ranked: Iterable[tuple[Key, Hashable, Hashable]], limit: int, each: int = 2) -> list[Key]:
    """The first ``limit`` keys of a ranking of (key, group, content).

    At most ``each`` of a group, and of the same content only the first.
    """
    taken: Counter[Hashable] = Counter()
    said: set[Hashable] = set()
    kept: list[Key] = []
    for key, group, content in ranked:
        if len(kept) == limit:
            break
        if taken[group] < each and content not in said:
            taken[group] += 1
            said.add(content)
            kept.append(key)
    return kept
