"""A follow-up means what was asked before; sentences come whole out of any pieces."""

import pytest

from coaching.answers.answer import Answer, Sentence, Source
from coaching.chat import context, pieces
from coaching.chat.context import Names, Turn
from coaching.chat.sieve import LONGEST_ANSWER, whole

FIRST = "Should I build SQL first?"
# What the answers say that they followed.
ANSWER = "For Data engineer, build Python first: the role asks for level 4."
TEXT = "SQL is at level 2.5, e.g. in joins [1]. Python comes later! Is that all? It is"


def naming(*known):
    return lambda text: [one for one in known if one.lower() in text.lower()]


NAMES = Names(naming("SQL", "Python", "Kafka"), naming("data engineer", "ML engineer"))


def read(question, *before):
    return context.read(question, [Turn(one, "") for one in before], NAMES)


@pytest.mark.parametrize(
    "question", ["And why?", "What about Python?", "More", "How so?", "Which one?", "In the North?"]
)
def test_it_goes_on(question):
    assert read(question, FIRST).follows


@pytest.mark.parametrize(
    "question",
    [
        "Which certificates are worth it for a data engineer?",
        "How far am I from my target role?",
        "And now something longer that has nothing at all to do with what was asked before, please",
        "And what is the holiday policy?",
        "Who won the elections?",
        "Why is Python worth learning?",
        "How do I use it all in this company with my whole team next year?",
    ],
)
def test_it_asks_anew(question):
    assert not read(question, FIRST).follows
    assert read(question, FIRST).text == question


def test_the_first_question_goes_on_from_nothing():
    assert context.read("And why?", []).text == "And why?"


def test_another_skill_takes_the_place_of_the_first():
    asked = read("What about Python?", FIRST)
    assert "Python" in asked.text
    assert "SQL" not in asked.text


def test_it_is_the_skill_that_was_asked_about_last():
    assert read("how long would that take?", FIRST).text == "how long would that take? SQL"
    assert "Kafka" in read("How many hours does it need?", FIRST, "What about Kafka?", "And why?").text


def test_it_is_the_skill_that_the_answer_began_with_when_none_was_asked_about():
    turns = [Turn("What is my biggest gap?", ANSWER)]
    assert context.read("how long would that take?", turns, NAMES).text == "how long would that take? Python"


def test_it_is_the_role_that_was_asked_about_last():
    text = read("And what would I have to learn for that?", "How far am I from ML engineer?").text
    assert text == "And what would I have to learn for that? ML engineer"


def test_who_asks_something_else_of_another_skill_asks_for_nothing_from_before():
    assert read("And how long does Python take?", FIRST).text == "And how long does Python take?"


@pytest.mark.parametrize(
    ("question", "points"),
    [("What should I build first?", 3), ("Name five skills to build", 5), ("List all of them in detail", 10)],
)
def test_three_points_unless_more_is_asked_for(question, points):
    assert context.read(question, []).points == points


@pytest.mark.parametrize("size", [1, 2, 5, 11, 500])
def test_sentences_are_the_same_however_they_are_cut(size):
    cut = [TEXT[at : at + size] for at in range(0, len(TEXT), size)]
    assert list(whole(cut)) == [
        "SQL is at level 2.5, e.g. in joins [1].", "Python comes later!", "Is that all?", "It is",
    ]  # fmt: skip


def test_a_sentence_is_given_out_when_the_next_one_has_begun():
    came = []

    def coming():
        for piece in ["One. ", "Two", " goes on. ", "Three"]:
            came.append(piece)
            yield piece

    assert next(whole(coming())) == "One."
    assert came == ["One. ", "Two"]


def test_half_a_sentence_of_what_was_cut_is_given_out_to_nobody():
    assert list(whole(["One is here. Two is"], lambda: False)) == ["One is here."]


def test_nothing_is_read_of_an_answer_without_end():
    endless = iter(["word " * 100] * 10_000)
    list(whole(endless, lambda: False))
    assert (10_000 - len(list(endless))) * 500 <= LONGEST_ANSWER + 500


def test_few_points_hold_own_facts_and_documents():
    sources = tuple(Source(str(n), "", None, "/", "", chunk_id=n if n > 4 else None) for n in range(1, 9))
    every = Answer(tuple(Sentence(f"S{n}", (n,)) for n in range(1, 9)), sources)
    three = pieces.few(every, 3)
    assert [one.text for one in three.sentences] == ["S1", "S2", "S5"]
    assert [source.title for source in three.sources] == ["1", "2", "5"]
    assert [one.cites for one in three.sentences] == [(1,), (2,), (3,)]
    assert pieces.few(every, 10) == every
