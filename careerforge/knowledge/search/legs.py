"""The two ways a passage is found, in one round trip: by its words (BM25), by its meaning (vectors).

Statistics are those of the collections the asker may see, so that a score tells nothing about the others.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import connection

from careerforge.knowledge.search import filtering, lexical, nearest
from careerforge.knowledge.search.nearest import Near
from careerforge.knowledge.search.scope import Scope
from careerforge.knowledge.search.weights import DEPTH

if TYPE_CHECKING:
    from careerforge.knowledge.search.bm25 import Ids

__all__ = ["DEPTH", "Legs", "Near", "Scope", "both"]

# Where a filter leaves many passages, so many candidates are tried against it, then more, until as many pass.
TRIED, ENOUGH = (200, 1_600, 12_800), 30

# A chunk has so many vectors at most, mostly fewer; the nearest counts.
PARTS = 2

Ranking = list[tuple[int, float]]


@dataclass(frozen=True)
class Legs:
    """What each leg has found: (chunk, score), best first, the lower chunk first where scores are equal.

    Attributes:
        words: BM25, above 0.
        meaning: cosine, -1 to 1; empty without a vector.
    """

    words: Ranking = field(default_factory=list)
    meaning: Ranking = field(default_factory=list)


def both(scope: Scope, words: str, near: Near | None, *, depth: int = DEPTH) -> Legs:
    """Search the scope by words, already made readable, and by a vector: each leg's first ``depth``."""
    if not scope.is_filtered:
        headers, found = _ask(scope, words, near, depth)
        return Legs(lexical.ranked(scope, words, headers, depth), found[:depth])
    few = filtering.few(scope)
    if few is None:
        return _tried(scope, words, near, depth)
    headers, found = _ask(scope, words, near, depth, few)
    return Legs(lexical.ranked(scope, words, headers, depth, few), found[:depth])


def _tried(scope: Scope, words: str, near: Near | None, depth: int) -> Legs:
    """Both legs, each followed until enough passages pass the filter."""
    headers, nearest_ones = _ask(scope, words, near, TRIED[0])

    def by_words(tried: int) -> Ranking:
        return lexical.ranked(scope, words, headers, tried)

    def by_meaning(tried: int) -> Ranking:
        first = tried == TRIED[0] or near is None
        return nearest_ones if first else _ask(scope, "", near, tried)[1]

    return Legs(_enough(scope, by_words, depth), _enough(scope, by_meaning, depth))


def _enough(scope: Scope, rank: Callable[[int], Ranking], depth: int) -> Ranking:
    left: Ranking = []
    for tried in TRIED:
        ranking = rank(tried)[:tried]
        passing = filtering.passing(scope, [chunk for chunk, _ in ranking])
        left = [one for one in ranking if one[0] in passing]
        if len(left) >= ENOUGH or len(ranking) < tried:
            break
    return left[:depth]


def _ask(
    scope: Scope, words: str, near: Near | None, depth: int, among: "Ids | None" = None
) -> tuple[list[lexical.Header], Ranking]:
    """Send the settings and both statements as one: the postings' headers, and the nearest chunks."""
    wide = depth * PARTS
    sql, parameters = nearest.settings(wide) + lexical.HEADERS, lexical.parameters(scope, words)
    if near:
        statement = nearest.statement(scope, near, wide) if among is None else nearest.among(near, wide)
        sql, parameters = f"{sql};{statement}", parameters | nearest.parameters(scope, near)
    if among is not None:
        parameters["among"] = among.tolist()
    results = _results(sql, parameters)
    # pgvector gives negative inner products.
    cosines: dict[int, float] = {}
    for chunk, far in results[1] if near else ():
        cosines[chunk] = max(cosines.get(chunk, -1.0), round(-far, 6))
    return results[0], sorted(cosines.items(), key=lambda one: (-one[1], one[0]))[:depth]


def _results(sql: str, parameters: dict[str, Any]) -> list[list[Any]]:
    """The rows of each statement that gives any."""
    results = []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        more: bool | None = True
        while more:
            if cursor.description:
                results.append(cursor.fetchall())
            more = cursor.nextset()
    return results
