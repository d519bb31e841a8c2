import pytest

from careerforge.assistant.evaluating.ranking import (
    average_precision,
    interval,
    mean,
    ndcg,
    r_precision,
    ratio_interval,
    reciprocal_rank,
)

RANKED = ["a", "b", "c", "d"]


def test_average_precision_is_the_mean_at_the_places_of_the_relevant():
    assert average_precision(RANKED, {"a", "c"}) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(RANKED, {"a", "missing"}) == 0.5
    assert average_precision(RANKED, set()) == 0


def test_gain_counts_grades_by_place():
    assert ndcg(RANKED, {"a": 2, "c": 1}) == pytest.approx((2 + 0.5) / (2 + 1 / 1.5849625))
    assert ndcg(RANKED, {"b": 1}, cut=1) == 0


def test_the_first_relevant_place_decides_the_reciprocal_rank():
    assert reciprocal_rank(RANKED, {"c", "d"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(RANKED, {"x"}) == 0


def test_r_precision_asks_for_no_more_than_there_is():
    assert r_precision(RANKED, {"b"}, 5) == 1
    assert r_precision(RANKED, {"a", "x", "y"}, 2) == 0.5


def test_an_interval_holds_the_mean_and_is_always_the_same():
    values = [0.0, 1.0] * 20
    low, high = interval(values)
    assert low < mean(values) < high
    assert (low, high) == interval(values)


def test_a_ratio_of_equals_is_one():
    assert ratio_interval([0.2, 0.8], [0.2, 0.8]) == (1, 1)
