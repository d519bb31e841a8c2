"""A result shows the part of a passage that speaks of the question, its words marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careerforge.knowledge.search.highlighting import excerpt


def marked(text: str, query: str) -> list[str]:
    return [one.text for one in excerpt(text, query).segments if one.marked]


@given(st.text(max_size=900), st.text(max_size=60), st.integers(20, 500))
def test_an_excerpt_is_a_stretch_of_the_text(text: str, query: str, longest: int):
    shown = excerpt(text, query, longest)
    words = "".join(one.text for one in shown.segments)
    assert words in text
    assert len(words) <= max(longest, 1)
    assert shown.cut_before == (not text.startswith(words)) or words in text[1:]


@pytest.mark.parametrize(("text", "query", "found"), [
    ("Testing costs time.", "how to test", ["Testing"]),
    ("A certificate helps.", "certificates", ["certificate"]),
    ("Modern C++ and C# here.", "C++ or c#", ["C++", "C#"]),
    ("The testament was read.", "test", []),
    ("Prüfungen sind teuer.", "Prüfung", ["Prüfungen"]),
    ("It is up to you.", "is it up to me?", []),
])  # fmt: skip
def test_forms_of_a_word_are_marked_and_other_words_are_not(text: str, query: str, found: list[str]):
    assert marked(text, query) == found


def test_of_a_long_passage_the_part_with_most_words_is_shown():
    text = (
        "Nothing here is about it. " * 30
        + "Kafka keeps order in a partition. "
        + "Later on more follows. " * 30
    )
    shown = excerpt(text, "kafka partition order")
    words = "".join(one.text for one in shown.segments)
    assert "Kafka keeps order in a partition." in words
    assert shown.cut_before
    assert shown.cut_after
