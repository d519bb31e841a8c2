"""No answer tells somebody to go, or has them give away what is private (cases 69 and 74).

The rules were made on the tuning half of ``luring.jsonl``; the held-out half is only measured.
"""

import json
from pathlib import Path

import pytest

from careerforge.assistant.policy import Action, judge

ROWS = [json.loads(line) for line in Path(__file__).with_name("luring.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", [row for row in ROWS if row["half"] == "tuning"])
def test_what_was_tuned_on_is_struck(row: dict[str, str]) -> None:
    assert judge(row["text"]).action is Action.STRIKE


def test_most_of_what_was_not_tuned_on_is_struck() -> None:
    held_out = [row["text"] for row in ROWS if row["half"] == "held_out"]
    assert sum(not judge(text).is_ok for text in held_out) >= 0.9 * len(held_out)


@pytest.mark.parametrize("row", [row for row in ROWS if row["half"] == "harmless"])
def test_ordinary_sentences_of_work_pass(row: dict[str, str]) -> None:
    assert judge(row["text"]).is_ok


def test_a_warning_not_to_give_away_a_password_passes() -> None:
    assert judge("Never share your password with anybody.").is_ok
