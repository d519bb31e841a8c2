"""What is judged or asked is looked at in no time, however long it is and whoever wrote it (case 52)."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from careerforge.assistant.policy import judge
from careerforge.assistant.policy.topics import topic_of
from coaching.questions.refusing import refusal

LENGTH = 100_000
# The goal is a tenth of it; a busy machine says nothing about a pattern.
LIMIT = 1.0


@pytest.mark.parametrize("unit", ["a ", "a@", "a.", " ", "they are ", "too old to ", "<a ", "1", "\n"])
@pytest.mark.parametrize("look", [judge, topic_of, refusal])
def test_a_hundred_thousand_characters(look: Callable[[str], Any], unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    began = time.process_time()
    look(text)
    assert time.process_time() - began < LIMIT
