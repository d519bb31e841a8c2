import pytest

from careerforge.assistant.confidence import brier, calibrated, calibration_error, helped, how_sure
from tests.assistant.outcomes import outcomes, tenths


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((3, 4, 2), "Fairly sure: 3 of 4 sentences are supported by 2 sources."),
        ((4, 4, 2), "Sure: 4 of 4 sentences are supported by 2 sources."),
        ((4, 4, 1), "Fairly sure: 4 of 4 sentences are supported by 1 source."),
        ((1, 1, 1), "Fairly sure: 1 of 1 sentence is supported by 1 source."),
        ((1, 2, 3), "Not sure: 1 of 2 sentences are supported by 3 sources."),
        ((0, 3, 0), "Not sure: nothing that I may quote supports an answer."),
        ((0, 0, 0), "Not sure: nothing that I may quote supports an answer."),
    ],
)
def test_the_word_comes_with_what_it_was_counted_from(counts: tuple[int, int, int], sentence: str) -> None:
    found = how_sure(*counts)
    assert found.sentence == sentence
    assert sentence.startswith(found.word)
    assert "%" not in found.sentence


@pytest.mark.parametrize(
    ("counts", "level"),
    [((7, 10, 3), "medium"), ((69, 100, 3), "low"), ((10, 10, 2), "high"), ((0, 0, 0), "low")],
)
def test_under_seventy_of_a_hundred_sentences_is_low(counts: tuple[int, int, int], level: str) -> None:
    assert how_sure(*counts).level == level


@pytest.mark.parametrize(("n", "figure"), [(99, ""), (100, "99"), (101, "98")])
def test_below_a_hundred_outcomes_there_is_no_number(n: int, figure: str) -> None:
    # Nothing came of all those beyond 99.
    found = helped(0.85, outcomes([(0.85, place < 99) for place in range(n)]))
    said = f"Of 100 such answers, {figure} were rated useful by their readers (n = {n})."
    assert found == (said if figure else "")


@pytest.mark.parametrize(("people", "is_told"), [(29, False), (30, True)])
def test_a_pilot_of_fewer_than_thirty_people_calibrates_nothing(people: int, is_told: bool) -> None:
    assert bool(helped(0.85, outcomes([(0.85, True)] * 500, people))) is is_told


def test_a_tenth_in_which_nothing_has_come_out_has_no_number_either() -> None:
    assert calibrated(0.15, outcomes([(0.85, True)] * 200)) is None
    assert helped(None, outcomes([(0.85, True)] * 200)) == ""


def test_the_brier_score_is_its_golden_value() -> None:
    # (0.1² + 0.2² + 0.7² + 0.4²) ÷ 4, by hand.
    told = [(0.9, True), (0.2, False), (0.3, True), (0.4, False)]
    assert brier(tenths(told)) == pytest.approx((0.01 + 0.04 + 0.49 + 0.16) / 4)
    assert brier(tenths([(1.0, True), (0.0, False)])) == 0


def test_the_calibration_error_is_its_golden_value() -> None:
    # In the tenth up to 0.9: said 0.85 and 0.9, one of two right, off by 0.375. Up to 0.2: off by 0.2. Up to
    # 0.6: said 0.6 three times, two right, off by 0.0667. Weighted by 2, 1 and 3 of 6.
    told = [
        (0.85, True),
        (0.9, False),
        (0.2, False),
        (0.6, True),
        (0.6, True),
        (0.6, False),
    ]
    assert calibration_error(tenths(told)) == pytest.approx((0.75 + 0.2 + 0.2) / 6)


def test_what_is_said_as_often_as_it_comes_is_calibrated() -> None:
    told = [(0.75, place < 75) for place in range(100)]
    assert calibration_error(tenths(told)) == pytest.approx(0.0)
    # Both ends and the rounding of 0.3 belong to one tenth each.
    assert calibration_error(tenths([(0.3, False), (0.1 * 3, False)])) == pytest.approx(0.3)
    assert calibration_error(tenths([(0.0, False), (1.0, True)])) == 0


def test_nothing_can_be_said_of_no_outcomes() -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        brier([])
    with pytest.raises(ValueError, match="no outcomes"):
        calibration_error([])
