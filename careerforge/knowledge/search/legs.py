"""The two ways a passage is found: by its words (BM25), while the question becomes a vector; by its meaning.

Statistics are those of the collections the asker may see, so that a score tells nothing about the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from careerforge.knowledge.search import filtering, lexical, nearest
from careerforge.knowledge.search.nearest import Near
from careerforge.knowledge.search.scope import Scope
from careerforge.knowledge.search.weights import DEPTH

if TYPE_CHECKING:
    from careerforge.knowledge.search.bm25 import Ids

__all__ = ["DEPTH", "Legs", "Near", "Scope", "Soon", "both"]

# Where a filter leaves many passages, so many candidates are tried against it, then more, until as many pass.
TRIED, ENOUGH = (200, 1_600, 12_800), 30

# A chunk has so many vectors at most, mostly fewer; the nearest counts.
PARTS = 2

Ranking = list[tuple[int, float]]
# A question's vector, which is waited for when it is called.
Soon = Callable[[], Near | None]


@dataclass(frozen=True)
class Legs:
    """What each leg has found: (chunk, score), best first, the lower chunk first where scores are equal.

    Attributes:
        words: BM25, above 0.
        meaning: cosine, -1 to 1; empty without a vector.
    """

    words: Ranking = field(default_factory=list)
    meaning: Ranking = field(default_factory=list)


def both(scope: Scope, words: str, near: Soon, *, depth: int = DEPTH) -> Legs:
    """Search the scope by words, already made readable, and by a vector: each leg's first ``depth``.

    Args:
        near: asked for after the words have been searched.
    """
    few = filtering.few(scope) if scope.is_filtered else None
    headers = lexical.found(scope, words)
    if scope.is_filtered and few is None:
        return _tried(scope, words, headers, near, depth)
    by_words = lexical.ranked(scope, words, headers, depth, few)
    return Legs(by_words, _meaning(scope, near(), depth, few)[:depth])


def _tried(scope: Scope, words: str, headers: Sequence[lexical.Header], near: Soon, depth: int) -> Legs:
    """Both legs, each followed until enough passages pass the filter."""
    by_words = _enough(scope, lambda tried: lexical.ranked(scope, words, headers, tried), depth)
    place = near()
    return Legs(by_words, _enough(scope, lambda tried: _meaning(scope, place, tried), depth))


def _enough(scope: Scope, rank: Callable[[int], Ranking], depth: int) -> Ranking:
    left: Ranking = []
    for tried in TRIED:
        ranking = rank(tried)[:tried]
        passing = filtering.passing(scope, [chunk for chunk, _ in ranking])
        left = [one for one in ranking if one[0] in passing]
        if len(left) >= ENOUGH or len(ranking) < tried:
            break
    return left[:depth]


def _meaning(scope: Scope, near: Near | None, depth: int, among: "Ids | None" = None) -> Ranking:
    """The nearest chunks: settings and statement are sent as one."""
    if near is None:
        return []
    wide = depth * PARTS
    statement = nearest.statement(scope, near, wide) if among is None else nearest.among(near, wide)
    parameters = nearest.parameters(scope, near)
    if among is not None:
        parameters["among"] = among.tolist()
    # pgvector gives negative inner products.
    cosines: dict[int, float] = {}
    for chunk, far in _rows(nearest.settings(wide) + statement, parameters):
        cosines[chunk] = max(cosines.get(chunk, -1.0), round(-far, 6))
    return sorted(cosines.items(), key=lambda one: (-one[1], one[0]))[:depth]


def _rows(sql: str, parameters: dict[str, Any]) -> list[Any]:
    """The rows of the one statement that gives any."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while not cursor.description:
            cursor.nextset()
        return list(cursor.fetchall())
