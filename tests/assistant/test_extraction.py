import pytest

from careerforge.assistant.extraction import extract
from tests.assistant.passages import passage

KAFKA = passage(
    "# Streaming\n\nStart with Apache Kafka before you touch Flink. "
    "Consumers and partitions take two weeks to learn. "
    "Our office has a new coffee machine.",
    1,
    "Learning stream processing",
    start=1_000,
)
LADDER = passage(
    "A senior data engineer owns streaming pipelines. Readiness is reviewed twice a year. "
    "SQL at level 4 is expected of every data engineer.",
    2,
    "Ladder for data engineers",
)
COPY = passage("Start with Apache Kafka before you touch Flink.", 3, "A copy")
LUNCH = passage("The canteen opens at eight. Fish is served on Fridays with lemon and rice.", 4, "Canteen")
ALL = [LUNCH, LADDER, KAFKA, COPY]


def answer(question: str, facts: tuple[str, ...] = (), limit: int = 5) -> list[str]:
    return [found.text for found in extract(question, ALL, facts, limit)]


def test_the_sentence_that_answers_comes_first() -> None:
    assert (
        answer("What does a senior data engineer own?")[0]
        == "A senior data engineer owns streaming pipelines."
    )
    assert answer("Should I learn Kafka or Flink first?")[0].startswith("Start with Apache Kafka")


def test_each_sentence_is_word_for_word_where_it_says() -> None:
    for found in extract("How long does it take to learn Kafka partitions?", ALL):
        begin = found.start - found.passage.start
        assert found.passage.text[begin : begin + len(found.text)] == found.text
        assert found.end - found.start == len(found.text)


def test_the_same_sentence_is_not_said_twice() -> None:
    texts = answer("Should I learn Kafka or Flink first?")
    assert len(texts) == len(set(texts))


def test_what_concerns_the_person_moves_up() -> None:
    question = "What is expected of a data engineer?"
    plain, about_streams = answer(question), answer(question, ("Streaming pipelines",))
    assert plain[0].startswith("SQL at level 4")
    assert about_streams.index("A senior data engineer owns streaming pipelines.") < len(about_streams)
    assert about_streams[0] == "A senior data engineer owns streaming pipelines."


@pytest.mark.parametrize(
    "question",
    [
        "How do I negotiate a lease for a car?",
        "Who won the football match yesterday?",
        "What is the capital of Mongolia?",
        "Which vaccine protects against measles?",
        "What does a senior engineer earn in Peru?",
        "Which COBOL pipelines does an engineer own?",
        "",
        "?",
    ],
)
def test_a_question_nothing_speaks_of_gets_no_answer(question: str) -> None:
    assert answer(question) == []


def test_without_passages_there_is_no_answer() -> None:
    assert extract("What is Kafka?", []) == ()


def test_no_more_than_the_limit() -> None:
    assert len(answer("What should a data engineer learn about Kafka pipelines?", limit=1)) == 1


def test_headings_and_questions_are_no_answers() -> None:
    asked = passage("## What is Kafka used for in companies?\n\nHow is Kafka used in big companies today?", 9)
    assert extract("What is Kafka used for?", [asked]) == ()
