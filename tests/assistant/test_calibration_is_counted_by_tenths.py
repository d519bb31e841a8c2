"""What was said and what came of it is compared tenth by tenth, and not over wider steps (case 130)."""

import pytest

from careerforge.assistant.confidence import calibrated, calibration_error
from tests.assistant.outcomes import outcomes, tenths


def test_two_tenths_that_are_off_in_opposite_ways_do_not_make_up_for_each_other() -> None:
    # By hand: 0.65 was right, off by 0.35; 0.75 was wrong, off by 0.75; each weighs a half.
    assert calibration_error(tenths([(0.65, True), (0.75, False)])) == pytest.approx(0.55)


def test_within_a_tenth_they_do() -> None:
    # By hand: said 0.71 and 0.79, one of two right: 0.75 against 0.5.
    assert calibration_error(tenths([(0.71, True), (0.79, False)])) == pytest.approx(0.25)


def test_a_number_is_that_of_its_own_tenth() -> None:
    found = outcomes([(0.65, True)] * 60 + [(0.75, False)] * 60)
    told = [calibrated(said, found) for said in (0.65, 0.75, 0.85)]
    assert [one and one.right / one.n for one in told] == [1.0, 0.0, None]
