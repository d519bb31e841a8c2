from dataclasses import replace
from datetime import date

import pytest

from coaching.answers.answer import Answer
from coaching.answers.answering import compose
from coaching.persons.known import Facts, SkillFact, StepFact
from coaching.quoting.choosing import Quote

DAY = date(2026, 11, 20)
QUESTION = "Which two skills should they build first for a senior data engineer role, and why?"


def skill(
    name: str, now: float | None, points: float, opens: tuple[str, ...] = (), met: bool = False
) -> SkillFact:
    return SkillFact(name, 4, 5, now, points, 30, opens, at_level=met)


FACTS = Facts(
    role="Senior data engineer",
    role_url="/roles/senior-data-engineer/",
    role_changed_on=DAY,
    skills_url="/console/people/abc/#skills",
    path_url="/console/people/abc/#path",
    computed_on=DAY,
    readiness=0.5,
    skills=(
        skill("SQL", 4.2, 0, met=True),
        skill("Stream processing", 1.0, 0.20),
        skill("ETL pipelines", 1.2, 0.12, ("Stream processing",)),
        skill("Giving feedback", None, 0.05),
        skill("Data modelling", 3.0, 0.01),
    ),
    steps=(
        StepFact("ETL pipelines", "skill", "in_progress", "In progress", 1, 60),
        StepFact("Cloud data associate", "cert", "todo", "To do", 2, 46),
    ),
    path_made_on=DAY,
)
LADDER = "ETL pipelines come first, because retries are learnt there."


def quote(text: str, number: int, **values: object) -> Quote:
    fields = {
        "title": "Ladder",
        "url": f"/d/{number}",
        "published_on": DAY,
        "kind": "ladder",
        "kind_name": "Ladder",
    }
    return Quote(text=text, chunk_id=number, document=str(number), **{**fields, **values})


QUOTES = (quote(LADDER, 7), quote("The canteen opens at eight.", 8))


def answer(question: str = QUESTION, facts: Facts | None = FACTS) -> Answer:
    return compose(question, facts, QUOTES, QUOTES)


@pytest.mark.parametrize("question", [QUESTION, "How ready are they?", "Which certificate?", "What now?"])
def test_every_sentence_names_at_least_one_source(question):
    found = answer(question)
    assert found.sentences
    assert all(1 <= n <= len(found.sources) for s in found.sentences for n in s.cites or (0,))


def test_a_basis_comes_before_what_builds_on_it():
    first, second, third, *_rest = answer().sentences
    assert "build ETL pipelines first" in first.text
    assert "level 4" in first.text
    assert "1.2" in first.text
    assert "Build Stream processing second" in second.text
    assert third.text == "Stream processing builds on ETL pipelines, which therefore comes before it."


def test_a_basis_that_is_missing_comes_first_however_far_it_is():
    stands = (*FACTS.skills[:2], skill("ETL pipelines", 2.4, 0.12, ("Stream processing",)))
    facts = Facts(**{**FACTS.__dict__, "skills": stands})
    assert "build ETL pipelines first" in answer(facts=facts).sentences[0].text


def test_the_order_is_that_of_the_path_to_the_role():
    placed = tuple(
        replace(one, place=place) for one, place in zip(FACTS.skills[1:], (3, 2, 1, 0), strict=True)
    )
    assert [one.name for one in replace(FACTS, skills=placed).gaps] == [
        "Data modelling",
        "ETL pipelines",
        "Stream processing",
    ]


def test_the_largest_gap_that_has_to_wait_is_named_with_what_it_waits_for():
    found = answer("Which one skill should they build first?")
    assert any(
        s.text == "Stream processing is the largest gap, worth 20 points of readiness; it comes after ETL "
        "pipelines, which it builds on."
        for s in found.sentences
    )


def test_a_basis_of_which_nothing_was_told_is_to_be_asked_about():
    untold = (skill("ETL pipelines", None, 0.1, ("Stream processing",)), skill("Stream processing", 1.0, 0.2))
    texts = [s.text for s in answer(facts=replace(FACTS, skills=untold)).sentences]
    assert (
        "Stream processing builds on ETL pipelines, of which nothing has been told: ask about it first."
        in texts
    )


def test_hours_of_the_gap_are_the_only_ones_beside_it():
    assert "60 hours" not in str(answer())


def test_a_finished_step_is_not_to_be_built_again():
    done = (replace(FACTS.skills[2], waiting=True), FACTS.skills[1])
    texts = " ".join(s.text for s in answer(facts=replace(FACTS, skills=done)).sentences)
    assert "build Stream processing first" in texts
    assert "uild ETL pipelines" not in texts


def test_without_a_figure_no_points_of_it_are_promised():
    assert "points of readiness" not in str(answer(facts=replace(FACTS, readiness=None)))


def test_the_gap_that_costs_most_is_the_largest_not_the_first():
    assert "costs most is Stream processing" in str(answer("How ready are they?"))


def test_readiness_names_what_was_told():
    said = answer("How ready are they?").sentences[0].text
    assert said == (
        "Readiness for Senior data engineer is 50%, in the 4 of 5 required skills told so far; 1 of them are "
        "at level."
    )


def test_only_as_many_skills_are_named_as_were_asked_for():
    assert sum("points of readiness" in s.text for s in answer().sentences) == 2


def test_a_skill_that_the_question_names_is_what_the_answer_is_about():
    found = answer("Is data modelling worth it?")
    assert "Data modelling at level 4; their evidence supports 3.0" in found.sentences[0].text
    assert not any("Stream processing" in s.text for s in found.sentences)


def test_a_document_is_quoted_word_for_word_and_only_where_it_helps():
    texts = [s.text for s in answer().sentences]
    assert LADDER in texts
    assert QUOTES[1].text not in texts


def test_what_was_not_told_is_said_and_not_counted_as_a_gap():
    assert any("not told yet, Giving feedback" in s.text for s in answer().sentences)
    assert not any("Build Giving feedback" in s.text for s in answer().sentences)


def test_the_path_tells_what_is_under_way_and_the_gap_where_they_stand_in_it():
    found = answer("What are they doing now?")
    assert [s.text for s in found.sentences] == [
        "Their path has “ETL pipelines” in phase 1, about 60 hours: in progress.",
        "ETL pipelines is at level 1.2 of the 4 that Senior data engineer asks for.",
    ]


def test_a_question_about_certificates_starts_with_those_on_the_path():
    assert "Cloud data associate" in answer("When should the certificate come?").sentences[0].text


def test_their_strengths_are_what_they_can_do_best():
    assert answer("What are they good at?").sentences[0].text.startswith("SQL is at level 4.2")


def test_one_point_is_one_point():
    assert "1 point of readiness" in answer("Is data modelling worth it?").sentences[0].text


def test_without_facts_or_quotes_the_answer_is_i_dont_know_with_the_nearest_passages():
    found = compose("What is the meaning of life?", None, (), QUOTES)
    assert found.dont_know
    assert [source.quote for source in found.sources] == [one.text for one in QUOTES]


def test_two_skills_are_named_where_only_one_gap_is_known():
    few = (skill("SQL", 4.2, 0, met=True), skill("Stream processing", 1.0, 0.2), skill("Modelling", None, 0))
    said = [sentence.text for sentence in answer(facts=Facts(**{**FACTS.__dict__, "skills": few})).sentences]
    assert "build Stream processing first" in said[0]
    assert said[1].startswith("Senior data engineer asks for Modelling at level 4, and nothing has been told")
