"""Scoring by words, on packed postings."""

import math

import numpy as np
import pytest

from careerforge.knowledge.search import bm25
from careerforge.knowledge.search.weights import K1, B


def row(*postings: tuple[int, int, int]) -> bytes:
    """(chunk, how often, how long) as the database packs them."""
    return b"".join((c << 24 | n << 16 | words).to_bytes(8, "big") for c, n, words in postings)


def by_the_book(weight: float, count: int, length: int, average: float) -> float:
    norm = 1 - B + B * length / average
    return round(weight * count / (count + K1 * norm), 6)


def test_a_score_is_that_of_the_book():
    terms = [bm25.Term(2.0, [row((7, 3, 120))]), bm25.Term(0.5, [row((7, 1, 120), (9, 2, 80))])]
    assert dict(bm25.best(terms, 100.0, 10)) == {
        7: pytest.approx(by_the_book(2.0, 3, 120, 100) + by_the_book(0.5, 1, 120, 100), abs=2e-6),
        9: by_the_book(0.5, 2, 80, 100),
    }


def test_a_rare_word_weighs_more():
    assert bm25.weight(1000, 3) > bm25.weight(1000, 400) > bm25.weight(1000, 1000) > 0
    assert bm25.weight(10, 1) == pytest.approx(math.log(1 + 9.5 / 1.5))


def test_of_equal_scores_the_lower_chunk_comes_first():
    assert [chunk for chunk, _ in bm25.best([bm25.Term(1.0, [row((9, 1, 5), (4, 1, 5))])], 5.0, 2)] == [4, 9]


@pytest.mark.parametrize("gap", [1, 50_000_000])
def test_how_rows_are_cut_and_how_far_apart_chunks_are_changes_nothing(gap: int):
    chance = np.random.default_rng(3)
    drawn = zip(chance.integers(1, 6, 3000).tolist(), chance.integers(20, 400, 3000).tolist(), strict=True)
    postings = [(at * gap + 1, count, words) for at, (count, words) in enumerate(drawn)]
    one = bm25.best([bm25.Term(1.5, [row(*postings)]), bm25.Term(0.3, [row(*postings[:900])])], 90.0, 50)
    cut = [row(*postings[2000:]), row(*postings[:700]), row(*postings[700:2000])]
    assert bm25.best([bm25.Term(1.5, cut), bm25.Term(0.3, [row(*postings[:900])])], 90.0, 50) == one
    slow = sorted(
        by_the_book(1.5, n, words, 90.0) + (by_the_book(0.3, n, words, 90.0) if at < 900 else 0)
        for at, (_, n, words) in enumerate(postings)
    )
    assert [score for _, score in one] == pytest.approx(slow[:-51:-1], abs=3e-6)


def test_only_among_the_chunks_that_are_wanted():
    terms = [bm25.Term(1.0, [row((1, 5, 9), (2, 4, 9), (3, 3, 9))])]
    assert [chunk for chunk, _ in bm25.best(terms, 9.0, 5, np.array([2, 3, 8]))] == [2, 3]
    assert bm25.best(terms, 9.0, 5, np.array([], dtype=np.int64)) == []


def test_nothing_is_found_by_no_words():
    assert bm25.best([], 10.0, 5) == []


def test_taking_chunks_out_leaves_the_others_as_they_were():
    packed = row((3, 1, 9), (5, 2, 9), (8, 1, 9))
    assert bm25.without([5])(packed) == (row((3, 1, 9), (8, 1, 9)), 2, 3, 8)
    assert bm25.outside(3, 5)(packed) == (row((8, 1, 9)), 1, 8, 8)
    assert bm25.without([3, 5, 8])(packed) is None
