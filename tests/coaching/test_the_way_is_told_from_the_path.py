"""How long it takes, which projects there are, what is done: told from the path, each with its line of it."""

from dataclasses import replace
from datetime import date

import pytest

from coaching.answers.answering import compose
from coaching.answers.voice import Voice
from coaching.persons.known import Facts, SkillFact, StepFact

DAY = date(2026, 11, 20)
SQL = SkillFact("SQL", 4, 3, 2.0, 0.1, 60, ())
KAFKA = SkillFact("Apache Kafka", 3, 3, None, 0.0, 115, (), aliases=("Kafka",))
STEPS = (
    StepFact("SQL", "skill", "todo", "To do", 1, 60),
    StepFact("Rebuild the sales load", "project", "todo", "To do", 1, 24),
    StepFact("SQL at level 4", "milestone", "todo", "To do", 1, 0),
    StepFact("Mentoring", "skill", "skipped", "Skipped", 2, 35, ended_on=DAY),
    StepFact("Code review", "skill", "done", "Done", 2, 20, ended_on=DAY),
)


def facts(**changed):
    found = Facts(
        "Data engineer", "/role", DAY, "/skills", "/path", DAY, 0.5, (SQL, KAFKA), STEPS, DAY,
        hours_per_week=4, voice=Voice.TO,
    )  # fmt: skip
    return replace(found, **changed)


def told(question, known=None):
    answer = compose(question, known or facts(), [])
    assert all(sentence.cites for sentence in answer.sentences)
    return [sentence.text for sentence in answer.sentences]


def test_a_skill_takes_its_hours_and_at_the_own_pace_so_many_weeks():
    text = told("How long does SQL take?")[0]
    assert "about 60 hours, from level 2.0 to level 4" in text
    assert "At your 4 hours a week, that is about 15 weeks." in text


def test_a_skill_that_nothing_was_told_about_takes_its_hours_from_the_beginning():
    assert "115 hours to level 3, from the beginning" in told("how long would that take? Kafka")[0]


def test_a_coach_is_not_told_how_many_hours_a_week_somebody_has():
    about = facts(voice=Voice.ABOUT, hours_per_week=0)
    assert "a week" not in " ".join(told("How long does SQL take?", about))


@pytest.mark.parametrize("question", ["How long until I get there?", "How much work is left on my path?"])
def test_the_whole_way_is_what_is_neither_done_nor_skipped_nor_a_milestone(question):
    assert "2 steps left, about 84 hours" in told(question)[0]


def test_without_a_path_to_the_role_it_is_what_is_known_to_be_missing():
    text = told("How long until I become a data engineer?", facts(steps=()))[0]
    assert "the one gap that is known takes about 60 hours" in text


def test_projects_are_those_of_the_path():
    assert "“Rebuild the sales load”" in told("Which project would help me most?")[0]
    assert told("Any projects for me?", facts(steps=STEPS[:1])) == ["There is no project on your path."]


def test_what_is_finished_and_what_is_skipped_are_told_apart():
    assert "Code review" in told("What have I finished so far?")[0]
    skipped = " ".join(told("What did I skip?"))
    assert "Mentoring" in skipped
    assert "Code review" not in skipped
    assert told("What did I skip?", facts(steps=STEPS[:2])) == ["No step is skipped."]


def test_what_takes_long_and_is_on_no_path_is_not_answered_from_it():
    assert not told("How long is the flight to Santiago?")
