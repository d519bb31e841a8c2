from uuid import UUID

import pytest

from careerforge.assistant.golden import Answered, Sentence, Span
from careerforge.assistant.golden.scoring import Outcome, Scored, figures, outcome, same

ONE, TWO = UUID(int=1), UUID(int=2)
RIGHT = Span(ONE, ONE, 100, 160, "Senior data engineers review the queries of others.")
OTHER = Span(ONE, ONE, 500, 560, "Something else entirely stands in this place here.")


def scored(*, right: bool = True, supported: float = 1.0, refused: bool = False) -> Scored:
    return Scored(right, supported, refused, "rules")


def test_an_overlapping_span_of_the_same_version_is_right() -> None:
    assert same(Span(ONE, ONE, 150, 300), RIGHT)
    assert not same(Span(ONE, ONE, 160, 300), RIGHT)
    assert not same(OTHER, RIGHT)


def test_the_same_words_in_another_version_or_document_are_right() -> None:
    assert same(Span(TWO, TWO, 0, 50, "Senior data engineers  review the\nqueries of others."), RIGHT)
    assert same(Span(TWO, TWO, 0, 30, "review the queries of others."), RIGHT)
    assert not same(Span(TWO, TWO, 0, 6, "Senior"), RIGHT)


def test_an_answer_is_right_supported_or_refused() -> None:
    said = Answered((Sentence("A.", (OTHER,)), Sentence("B.", (RIGHT,)), Sentence("C.")), struck=1, model="m")
    assert Scored.of(said, [RIGHT]) == Scored(True, 0.75, False, "m")
    assert Scored.of(Answered((), refused=True), [RIGHT]) == Scored(False, 0.0, True, "rules")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (scored(), scored(), Outcome.SAME),
        (scored(right=False), scored(supported=0.5), Outcome.BETTER),
        (scored(), scored(right=False), Outcome.WORSE),
        (scored(right=False), scored(right=False, refused=True, supported=0), Outcome.WORSE),
        (scored(right=False, refused=True, supported=0), scored(right=False), Outcome.BETTER),
        (scored(supported=0.7), scored(supported=1.0), Outcome.BETTER),
        (scored(supported=1.0), scored(supported=0.95), Outcome.SAME),
    ],
)
def test_the_right_passage_counts_first(before: Scored, after: Scored, expected: Outcome) -> None:
    assert outcome(before, after) == expected


def test_shares_are_of_all_questions_and_support_is_of_what_was_said() -> None:
    found = figures([scored(supported=0.5), scored(right=False, refused=True, supported=0.0)])
    assert (found.questions, found.right, found.supported, found.refused, found.worded) == (
        2,
        0.5,
        0.5,
        0.5,
        0,
    )
    assert figures([]).questions == 0
