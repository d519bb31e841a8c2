import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.gateway.growing import Growing


def grown(text: str, size: int = 1) -> list[str]:
    growing = Growing("answer")
    got = [growing.add(text[at : at + size]) for at in range(0, len(text), size)]
    return [*got, growing.rest(json.loads(text)["answer"])]


@given(st.text(max_size=80), st.integers(1, 9), st.booleans())
def test_the_pieces_are_the_text_whatever_is_in_it(text: str, size: int, ascii_only: bool) -> None:
    answer = json.dumps({"before": [1, {"answer": "no"}], "answer": text, "n": 1}, ensure_ascii=ascii_only)
    assert "".join(grown(answer, size)) == text


def test_it_comes_before_the_json_is_whole() -> None:
    growing = Growing("answer")
    assert growing.add('{"answer": "Take the ') == "Take the "
    assert growing.add("Kafka course") == "Kafka course"


@pytest.mark.parametrize("text", ["I cannot do that.", "[1, 2", '"answer', "{]"])
def test_of_what_is_no_object_nothing_is_given(text: str) -> None:
    assert Growing("answer").add(text) == ""


def test_a_second_value_for_the_field_is_not_mixed_with_the_first() -> None:
    growing = Growing("answer")
    assert growing.add('{"answer": "One", ') == "One"
    assert growing.add('"answer": "Two"}') == ""
