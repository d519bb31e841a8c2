"""Passages are exact stretches of the text, small enough for the model, with their heading."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from careerforge.gateway.embedding import Hashing
from careerforge.knowledge.index.chunking import LEAST, MOST_WORDS, OVERLAP_WORDS, split, windows

starts = Hashing().token_starts


def count(text: str) -> int:
    """How many tokens."""
    return len(starts(text))


LINES = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=120),
    st.sampled_from(
        [
            "",
            "",
            "# Plan",
            "## What it pays for",
            "- an item",
            "1. first",
            "A sentence. Another one! And more?",
        ]
    ),
    st.lists(
        st.sampled_from(["pipeline", "retry", "Kubernetes", "and", "costs", "EUR 300."]), max_size=400
    ).map(" ".join),
    st.integers(1, 9000).map("x".__mul__),
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


@given(TEXTS)
def test_every_passage_is_a_stretch_of_the_text_and_repeats_little_of_the_one_before(text: str):
    pieces = split(text, starts)
    assert all(text[piece.start : piece.end] == piece.text for piece in pieces)
    for left, right in pairwise(pieces):
        assert left.start < right.start
        assert left.end < right.end
        assert len(text[right.start : left.end].split()) <= OVERLAP_WORDS


@given(TEXTS)
def test_no_passage_is_longer_than_the_model_reads_or_blank(text: str):
    pieces = split(text, starts)
    assert all(count(piece.text) <= 254 and len(piece.text) <= 254 * 12 + 11 for piece in pieces)
    assert all(any(map(str.isalpha, piece.text)) or len(piece.text) > 1 for piece in pieces)


@given(
    st.lists(st.sampled_from(["orchestration", "lineage", "Backfill", "quality."]), min_size=2, max_size=2000)
)
def test_no_word_of_a_text_is_lost(words: list[str]):
    text = "\n\n".join(" ".join(words[at : at + 300]) for at in range(0, len(words), 300))
    pieces = split(text, starts)
    ends = [0, *(piece.end for piece in pieces)]
    new = [piece.text[max(end - piece.start, 0) :] for piece, end in zip(pieces, ends, strict=False)]
    assert " ".join(new).split() == words


def test_a_passage_keeps_the_headings_above_it():
    text = (
        "# Pay\n\n"
        + "Bands are set each year. " * 6
        + "\n\n## North\n\n"
        + "The senior band starts at 64,000. " * 6
    )
    assert [piece.heading for piece in split(text, starts)] == ["Pay", "Pay › North"]


def test_a_section_of_a_few_words_is_joined_with_the_next():
    text = "## Amount\n\nEUR 1,500 a year.\n\n## Who agrees\n\nThe line manager, within five days."
    assert [piece.text for piece in split(text, starts)] == [text[11:]]


def test_a_long_paragraph_is_cut_between_sentences():
    pieces = split("Retries hide a failing source until the page is empty. " * 40, starts)
    assert len(pieces) > 2
    assert all(piece.text.startswith("Retries") and piece.text.endswith("empty.") for piece in pieces)


def test_page_furniture_is_left_out():
    text = (
        "Skip to main content\n\nKafka keeps events in order.\n\n© Northwind. All rights reserved.\n\n- - -"
    )
    assert [piece.text for piece in split(text, starts)] == ["Kafka keeps events in order."]


def test_a_sentence_about_cookies_in_a_policy_is_no_furniture():
    text = "Our sites set two cookies. One keeps you signed in for a day, the other remembers a language."
    assert [piece.text for piece in split(text, starts)] == [text]


def test_a_text_of_one_short_line_is_a_passage():
    assert [piece.text for piece in split("Introduction to Kubernetes", starts)] == [
        "Introduction to Kubernetes"
    ]


def test_a_section_that_goes_on_says_its_last_sentence_again():
    lines = [
        f"Rule {n} is that retries wait for {n} minutes before they ask the source again." for n in range(40)
    ]
    pieces = split("## Rules\n\n" + " ".join(lines), starts)
    assert len(pieces) > 3
    for left, right in pairwise(pieces):
        repeated = left.text[right.start - left.start :]
        assert repeated in lines or " ".join(lines).find(repeated) > 0
        assert repeated.startswith("Rule ")


def test_nothing_is_repeated_across_a_heading():
    text = "\n\n".join(f"## Part {n}\n\n" + f"Sentence {n} of its own. " * 12 for n in range(3))
    pieces = split(text, starts)
    assert all(left.end <= right.start for left, right in pairwise(pieces))


def test_title_and_headings_have_their_place_in_what_the_model_reads():
    title, heading = "A long title about many things " * 6, "Pay and bands of the company " * 5
    text = f"## {heading}\n\n" + "Bands are set each year by the board. " * 60
    for piece in split(text, starts, title=title):
        assert count(title) + count(piece.heading) + count(piece.text) <= 256 or count(piece.text) <= LEAST


def test_a_passage_never_has_more_than_512_words():
    pieces = split("a b c d e f g h " * 500, lambda text: range(0, len(text), 40))
    assert all(len(piece.text.split()) <= MOST_WORDS for piece in pieces)


@given(TEXTS)
def test_windows_of_a_passage_together_say_what_it_says(text: str):
    for piece in split(text, starts):
        parts = windows(piece.text, starts)
        assert parts
        assert all(part in piece.text for part in parts)
        assert all(count(part) <= 254 for part in parts)


def test_a_passage_of_half_the_length_is_one_window():
    assert windows("Kafka keeps its order. " * 10, starts) == ["Kafka keeps its order. " * 10]
    assert len(windows("Kafka keeps its order here. " * 30, starts)) == 2
