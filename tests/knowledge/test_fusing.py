"""Two rankings become one by their scores; age, trust and the asker's skills count a little."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.knowledge.search import fusion, weights
from careerforge.knowledge.search.bias import leaning
from tests.knowledge.conftest import NOW

SCORES = st.lists(st.floats(0.01, 40), max_size=8)
COSINES = st.lists(st.floats(-1, 1), max_size=8)


def ranking(scores: list[float], first: int = 0) -> list[tuple[int, float]]:
    return list(enumerate(sorted(scores, reverse=True), first))


@given(SCORES, COSINES, st.integers(0, 6))
def test_every_candidate_of_either_leg_is_there_and_the_best_is_one(
    words: list[float], meaning: list[float], shift: int
):
    left, right = ranking(words), ranking(meaning, shift)
    found = fusion.fuse(left, right)
    assert found.keys() == dict(left).keys() | dict(right).keys()
    assert all(0 <= match.relevance <= 1 for match in found.values())
    assert not found or max(match.relevance for match in found.values()) in (0, 1)


@given(SCORES, COSINES)
def test_who_is_better_in_both_is_better(words: list[float], meaning: list[float]):
    found = fusion.fuse(ranking(words), ranking(meaning))
    both = [found[key].relevance for key in range(min(len(words), len(meaning)))]
    assert both == sorted(both, reverse=True)


def test_what_a_full_leg_does_not_name_is_no_worse_than_its_last():
    full = [(n, 0.9 - n / 100) for n in range(weights.DEPTH)]
    found = fusion.fuse([(999, 12.0), (49, 12.0)], full)
    assert found[999].relevance == found[49].relevance
    assert found[999].meaning is None


def test_words_alone_have_to_do_where_nothing_can_be_embedded():
    found = fusion.fuse([("a", 8.0), ("b", 4.0)], [])
    assert [found[key].relevance for key in "ab"] == [1.0, 0.5]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_age_trust_and_leaning_together_never_move_a_score_far(
    relevance: float, freshness: float, trust: float, toward: float
):
    worth = fusion.worth(relevance, freshness, trust, toward)
    assert 0.7 * relevance <= worth <= 1.1 * relevance + 1e-9


@pytest.mark.parametrize(("kind", "days", "share"), [
    ("posting", 60, 0.5),
    ("posting", 120, 0.25),
    ("article", 240, 0.5),
    ("course", 540, 0.5),
    ("policy", 5000, 1.0),
    ("ladder", 5000, 1.0),
    ("posting", -3, 1.0),
])  # fmt: skip
def test_a_kind_has_its_own_half_life(kind: str, days: int, share: float):
    assert fusion.freshness(kind, NOW - timedelta(days), NOW) == pytest.approx(share)


def test_an_unknown_date_counts_as_one_half_life():
    assert fusion.freshness("posting", None, NOW) == 0.5


def test_the_same_words_of_two_documents_come_once():
    rows = [("a", 1, "same"), ("b", 2, "same"), ("c", 2, "other"), ("d", 2, "third"), ("e", 2, "fourth")]
    assert fusion.diverse(rows, 9) == ["a", "c", "d"]


@pytest.mark.parametrize(("text", "share"), [
    ("We run Kafka.", 0.5),
    ("Kafka and machine learning.", 0.75),
    ("KAFKA, kafka and Kafka", 0.5),
    ("Kafkaesque learning", 0.0),
])  # fmt: skip
def test_a_text_leans_towards_the_names_it_says(text: str, share: float):
    assert leaning(["Kafka", "Machine learning", "kafka", " "])(text) == share


def test_no_names_lean_nowhere():
    assert leaning([])("Kafka") == 0
