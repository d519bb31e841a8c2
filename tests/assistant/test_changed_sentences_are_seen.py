"""A sentence that was changed is struck, and one in other words is kept: on sentences of our own."""

import pytest

from bench.asked.changed import Example, examples, figures
from careerforge.assistant.grounding import support

EVERY = tuple(examples())


def struck(example: Example) -> bool:
    return not support(example.text, example.passages).holds


@pytest.mark.parametrize(("held_out", "n"), [(False, 112), (True, 112)])
def test_nearly_every_change_is_seen_and_few_other_wordings_are_struck(held_out: bool, n: int) -> None:
    half = [(one, struck(one)) for one in EVERY if one.held_out is held_out]
    found = figures(half)
    assert len(half) == n
    assert found["recall"] >= 0.92
    assert found["false_alarms"] <= 0.15
    assert found["supported"] == 0


@pytest.mark.parametrize("kind", ["number", "unit", "date", "name", "negation", "added"])
def test_no_change_of_a_hard_kind_is_missed(kind: str) -> None:
    missed = [one.text for one in EVERY if one.kind == kind and not struck(one)]
    assert missed == []
