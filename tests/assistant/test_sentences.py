import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.assistant.sentences import sentences


def split(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Smith earns 3.5 % more. See e.g. Fig. 3.", ["Dr. Smith earns 3.5 % more.", "See e.g. Fig. 3."]),
        ("J. Doe agrees. Version 3.11 is out.", ["J. Doe agrees.", "Version 3.11 is out."]),
        ("Skills:\n- SQL. Use it.\n- Kafka\n1. Begin", ["Skills:", "SQL.", "Use it.", "Kafka", "Begin"]),
        ("# Title\nText begins. And ends", ["Title", "Text begins.", "And ends"]),
        ("A line\nthat wraps. Next.\n\nNew paragraph", ["A line\nthat wraps.", "Next.", "New paragraph"]),
        ("It is used. [1] So is this [2]. End.", ["It is used. [1]", "So is this [2].", "End."]),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ("No. 5 is alive. No. It is not.", ["No. 5 is alive.", "No.", "It is not."]),
        ("We use C++, etc. Then Go.", ["We use C++, etc.", "Then Go."]),
        ("See https://a.example/b.c?d=e. Then go.", ["See https://a.example/b.c?d=e.", "Then go."]),
        ("", []),
        (" \n - \n * ", []),
    ],
)
def test_texts_fall_into_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@given(st.text(alphabet="aB1.!?\"'- \n#*[]", max_size=200) | st.text(max_size=200))
def test_each_sentence_stands_where_it_says_and_nothing_that_is_said_gets_lost(text: str) -> None:
    found = sentences(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    spoken = [character for character in text if character.isalpha()]
    assert [character for one in found for character in one.text if character.isalpha()] == spoken


@pytest.mark.parametrize(
    "text", ["a. " * 200_000, "." * 500_000, "- " * 300_000, ". [1]" * 100_000, " \n" * 300_000]
)
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    start = time.process_time()
    sentences(text)
    assert time.process_time() - start < 4
