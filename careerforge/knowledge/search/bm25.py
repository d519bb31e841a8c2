"""Scoring by words, on packed postings. Pure; a term at a time, in numpy.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, without the constant
factor k1 + 1. A posting is eight bytes, high to low: 40 bits of chunk id, 8 of how often the word stands
there, 16 of how many words the chunk has. So postings sort by chunk, and joining rows is joining bytes.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from careerforge.knowledge.search.weights import K1, B

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Scores = NDArray[np.float64]

# What is left of packed postings, how many, the lowest and the highest chunk; None when nothing is.
Filter = Callable[[bytes], tuple[bytes, int, int, int] | None]

POSTING_BYTES = 8
# Scores are compared to so many decimal places, so that the order of additions never decides.
PLACES = 6
# Chunk ids this far apart are added up in an array; beyond it, by sorting.
WIDEST_SPAN = 8_000_000
# The bound of the best few is looked for among the best of so many.
BLOCK = 64


@dataclass(frozen=True)
class Term:
    """A word of the query.

    Attributes:
        weight: what it is worth, see :func:`weight`.
        rows: its packed postings, in any order; a chunk stands in one of them.
    """

    weight: float
    rows: Sequence[bytes]


def weight(passages: int, found_in: int) -> float:
    """Inverse document frequency: how much a word tells that stands in so many of the passages."""
    return math.log(1 + (max(passages - found_in, 0) + 0.5) / (found_in + 0.5))


def best(
    terms: Sequence[Term], average: float, depth: int, among: "Ids | None" = None
) -> list[tuple[int, float]]:
    """The chunks that match best: (chunk, score), best first, the lower id first where scores are equal.

    Args:
        average: words of a chunk, on average.
        depth: how many at most.
        among: only these chunks, ids in ascending order.
    """
    import numpy as np

    packed = b"".join(row for term in terms for row in term.rows)
    if not packed:
        return []
    postings = np.frombuffer(packed, dtype=">i8").astype(np.int64)
    sizes = [sum(map(len, term.rows)) // POSTING_BYTES for term in terms]
    scores = np.repeat([term.weight for term in terms], sizes)
    counts = ((postings >> 16) & 0xFF).astype(np.float64)
    lengths = (postings & 0xFFFF).astype(np.float64)
    scores *= counts
    lengths *= K1 * B / average
    lengths += K1 * (1 - B)
    lengths += counts
    scores /= lengths
    postings >>= 24
    if among is not None:
        wanted = _member(postings, among)
        postings, scores = postings[wanted], scores[wanted]
    return _top(*_summed(postings, scores), depth)


def chunks(rows: Sequence[bytes]) -> "Ids":
    """The chunks of packed postings, in ascending order."""
    import numpy as np

    return np.sort(np.frombuffer(b"".join(rows), dtype=">i8").astype(np.int64) >> 24)


def without(gone: Sequence[int]) -> Filter:
    """Packed postings but for those of some chunks."""
    import numpy as np

    ids = np.sort(np.asarray(gone, dtype=np.int64))
    return lambda packed: _kept(packed, lambda chunks: ~_member(chunks, ids))


def outside(first: int, last: int) -> Filter:
    """Packed postings but for those of a range of chunks."""
    return lambda packed: _kept(packed, lambda chunks: (chunks < first) | (chunks > last))


def _kept(packed: bytes, wanted: "Callable[[Ids], NDArray[np.bool_]]") -> tuple[bytes, int, int, int] | None:
    import numpy as np

    postings = np.frombuffer(packed, dtype=">i8")
    ids = postings.astype(np.int64) >> 24
    left = wanted(ids)
    if not left.any():
        return None
    return postings[left].tobytes(), int(left.sum()), int(ids[left].min()), int(ids[left].max())


def _member(ids: "Ids", among: "Ids") -> "NDArray[np.bool_]":
    import numpy as np

    if not len(among):
        return np.zeros(len(ids), dtype=np.bool_)
    places = np.searchsorted(among, ids)
    places[places == len(among)] = 0
    found: NDArray[np.bool_] = among[places] == ids
    return found


def _summed(ids: "Ids", scores: "Scores") -> "tuple[Ids, Scores]":
    """Each chunk once, or a range of ids in which those that have nothing have 0."""
    import numpy as np

    if not len(ids):
        return ids, scores
    first = int(ids.min())
    ids = ids - first
    if int(ids.max()) < WIDEST_SPAN:
        totals: Scores = np.bincount(ids, weights=scores)  # type: ignore[assignment]
        return np.arange(first, first + len(totals), dtype=np.int64), totals
    found, places = np.unique(ids, return_inverse=True)
    totals = np.bincount(places, weights=scores)  # type: ignore[assignment]
    return found + first, totals


def _top(ids: "Ids", scores: "Scores", depth: int) -> list[tuple[int, float]]:
    import numpy as np

    places = np.flatnonzero(scores > max(_bound(scores, depth) - 10.0**-PLACES, 0.0))
    # Equal but for rounding is equal.
    rounded = np.round(scores[places], PLACES)
    order = np.lexsort((ids[places], -rounded))[:depth]
    return list(zip(ids[places[order]].tolist(), rounded[order].tolist(), strict=True))


def _bound(scores: "Scores", depth: int) -> float:
    """A score that at least ``depth`` reach: the ``depth``-th best of the best of each block."""
    import numpy as np

    whole = len(scores) // BLOCK * BLOCK
    peaks = scores[:whole].reshape(-1, BLOCK).max(axis=1)
    if len(peaks) < depth:
        return 0.0
    return float(np.partition(peaks, len(peaks) - depth)[len(peaks) - depth])
