from datetime import date

import pytest

from coaching.answering import Answer, Facts, Quote, SkillFact, compose, how_many

DAY = date(2026, 11, 20)
QUESTION = "Which two skills should they build first for a senior data engineer role, and why?"


def skill(name: str, now: float | None, points: float, opens: tuple[str, ...] = ()) -> SkillFact:
    return SkillFact(name, 4, 5, now, points, 30, opens)


FACTS = Facts(
    role="Senior data engineer",
    role_url="/roles/senior-data-engineer/",
    role_changed_on=DAY,
    person_url="/console/people/abc/",
    computed_on=DAY,
    readiness=0.5,
    skills=(
        skill("SQL", 4.2, 0),
        skill("Stream processing", 1.0, 0.20),
        skill("ETL pipelines", 2.0, 0.12, ("Stream processing",)),
        skill("Giving feedback", None, 0.05),
        skill("Data modelling", 3.5, 0.01),
    ),
)
QUOTES = (
    Quote("ETL pipelines come before streaming, because retries are learnt there.", "Ladder", "/d/1", DAY, "ladder", 7),
    Quote("The canteen opens at eight.", "Policy", "/d/2", DAY, "policy", 8),
)


def answer(question: str = QUESTION) -> Answer:
    return compose(question, FACTS, QUOTES)


def test_every_sentence_names_at_least_one_source() -> None:
    found = answer()
    assert found.sentences
    assert all(1 <= n <= len(found.sources) for s in found.sentences for n in s.cites or (0,))


def test_a_prerequisite_comes_before_what_builds_on_it() -> None:
    first, *_rest = answer().sentences
    assert "ETL pipelines first" in first.text
    assert "level 4" in first.text
    assert "2.0" in first.text


def test_only_as_many_skills_are_named_as_were_asked_for() -> None:
    assert sum("points of readiness" in s.text for s in answer().sentences) == 2


def test_a_document_is_quoted_word_for_word_and_only_where_it_helps() -> None:
    texts = [s.text for s in answer().sentences]
    assert QUOTES[0].text in texts
    assert QUOTES[1].text not in texts


def test_what_was_not_told_is_said_and_not_counted_as_a_gap() -> None:
    assert any("not told yet, Giving feedback" in s.text for s in answer().sentences)
    assert not any("Build Giving feedback" in s.text for s in answer().sentences)


def test_without_facts_or_quotes_the_answer_is_i_dont_know() -> None:
    assert compose("What is the meaning of life?", None, ()).dont_know


@pytest.mark.parametrize(
    ("question", "number"),
    [(QUESTION, 2), ("What next?", 3), ("Name 4 gaps", 4), ("the one most important skill", 1)],
)
def test_the_number_asked_for_is_read_from_the_question(question: str, number: int) -> None:
    assert how_many(question) == number
