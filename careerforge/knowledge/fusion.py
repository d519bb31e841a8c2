"""Several rankings become one. Pure and deterministic."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning
# methods", 2009.
K = 60
# After so many days a document of this kind counts half as fresh. Kinds that are not here hold until they
# are replaced.
HALF_LIFE_DAYS: Mapping[str, int] = {
    "posting": 60,
    "market_report": 150,
    "article": 240,
    "salary_report": 300,
    "course": 540,
    "certification_guide": 540,
}
# Age takes away at most this share of a score: a fresh near miss never beats an old hit by much.
AGE_COUNTS = 0.25


def fuse(rankings: Iterable[Sequence[Key]]) -> dict[Key, float]:
    """Reciprocal rank fusion, scaled so that the first place in every ranking is 1."""
    scores: defaultdict[Key, float] = defaultdict(float)
    lists = list(rankings)
    for ranking in lists:
        for place, key in enumerate(ranking, 1):
            scores[key] += (K + 1) / (K + place) / len(lists)
    return dict(scores)


def freshness(kind: str, published_at: datetime | None, now: datetime) -> float:
    """1 for what is new or does not age, else halved each half-life; an unknown date counts as one."""
    half_life = HALF_LIFE_DAYS.get(kind)
    if half_life is None:
        return 1.0
    if published_at is None:
        return 0.5
    age = max(now - published_at, timedelta(0)) / timedelta(days=1)
    return float(0.5 ** (age / half_life))


def aged(score: float, kind: str, published_at: datetime | None, now: datetime) -> float:
    """A score with its document's age counted in."""
    return score * (1 - AGE_COUNTS * (1 - freshness(kind, published_at, now)))


def diverse(ranked: Iterable[tuple[Key, Hashable]], limit: int, each: int = 2) -> list[Key]:
    """The first ``limit`` keys of a ranking of (key, group), at most ``each`` of a group."""
    taken: Counter[Hashable] = Counter()
    kept: list[Key] = []
    for key, group in ranked:
        if len(kept) == limit:
            break
        if taken[group] < each:
            taken[group] += 1
            kept.append(key)
    return kept
