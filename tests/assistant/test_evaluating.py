import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from careerforge.assistant.evaluation import alarms, auc


def test_auc_is_the_chance_that_a_right_one_scores_higher() -> None:
    assert auc([0.9, 0.8, 0.2, 0.1], [True, True, False, False]) == 1
    assert auc([0.9, 0.1, 0.8, 0.2], [True, False, False, True]) == 0.75
    assert auc([0.5, 0.5], [True, False]) == 0.5
    assert auc([0.5], [True]) == 0.5
    assert auc([], []) == 0.5


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_auc_agrees_with_counting_every_pair(pairs) -> None:
    scores, right = [score for score, _ in pairs], [truth for _, truth in pairs]
    above = [score for score, truth in pairs if truth]
    below = [score for score, truth in pairs if not truth]
    wins = sum((one > other) + (one == other) / 2 for one in above for other in below)
    assert auc(scores, right) == pytest.approx(wins / len(above) / len(below) if above and below else 0.5)


def test_alarms_are_counted_against_the_truth() -> None:
    found = alarms([0.1, 0.2, 0.8, 0.9, 0.3], [False, True, False, True, True], 0.5)
    assert (found.hits, found.misses, found.false, found.quiet) == (1, 1, 2, 1)
    assert found.recall == 0.5
    assert found.precision == pytest.approx(1 / 3)
    assert found.false_alarms == pytest.approx(2 / 3)


def test_lists_of_different_length_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        alarms([0.1], [], 0.5)


def measured(tmp_path, *examples) -> dict[str, float]:
    file, out = tmp_path / "examples.jsonl", StringIO()
    file.write_text("\n".join(json.dumps(example) for example in examples))
    call_command("evaluate", "grounding", str(file), stdout=out)
    found: dict[str, float] = json.loads(out.getvalue())
    return found


EXAMPLE = {
    "question": "What does Kafka need?",
    "answer": "Kafka needs 3 brokers. It needs 9 brokers.",
    "passages": ["Kafka needs 3 brokers."],
    "supported": [True, False],
}


def test_the_command_prints_one_line_of_json(tmp_path) -> None:
    found = measured(tmp_path, EXAMPLE)
    assert {name: found[name] for name in ("auc", "precision", "recall", "false_alarms")} == {
        "auc": 1.0,
        "precision": 1.0,
        "recall": 1.0,
        "false_alarms": 0.0,
    }
    assert (found["n"], found["unaligned"]) == (2, 0)


def test_an_answer_with_another_number_of_flags_is_judged_whole(tmp_path) -> None:
    found = measured(tmp_path, EXAMPLE | {"supported": [True, True, False]})
    assert (found["n"], found["unaligned"]) == (1, 1)


@pytest.mark.parametrize("line", ["not json", "{}", "[]"])
def test_a_file_that_is_something_else_is_a_mistake_with_a_sentence(tmp_path, line: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(line)
    with pytest.raises(CommandError, match=r"x\.jsonl"):
        call_command("evaluate", "grounding", str(file))
