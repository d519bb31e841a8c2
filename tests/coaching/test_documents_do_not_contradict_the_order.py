from dataclasses import replace

import pytest

from coaching.answers.answering import compose
from coaching.quoting.agreeing import agrees
from tests.coaching.test_advice_by_rules_cites_every_sentence import FACTS, QUESTION, quote, skill

ETL, BATCH, TESTS = (
    skill("ETL pipelines", 2.4, 0.07, ("Batch orchestration",)),
    skill("Batch orchestration", 0.5, 0.12),
    skill("Data quality testing", 1.4, 0.09),
)
SKILLS = (ETL, BATCH, TESTS, skill("SQL", 4.2, 0, met=True))
ORDER = [TESTS, ETL, BATCH]


@pytest.mark.parametrize(
    "text",
    [
        "Batch orchestration was named in 45 of 52 adverts.",
        "Batch orchestration comes after the first ETL pipeline works by hand.",
        "Data quality testing comes first, because bad rows travel far.",
        "Data quality testing and ETL pipelines are the two skills to build first.",
        "ETL pipelines come second for a senior data engineer.",
        "SQL comes before batch orchestration.",
        "A test of data quality testing stopped a wrong figure before a customer saw it.",
    ],
)
def test_what_says_the_same_or_nothing_of_an_order_agrees(text):
    assert agrees(text, ORDER, SKILLS)


@pytest.mark.parametrize(
    "text",
    [
        "The two skills to build first are batch orchestration and data quality testing.",
        "The course joins both batch orchestration and data quality testing because they are the two skills "
        "to build first.",
        "Batch orchestration comes before data quality testing, because a test needs a run to stop.",
        "Batch orchestration comes first.",
        "Batch orchestration stands second because carriers repeat messages.",
        "Someone who builds batch orchestration and data quality testing first closes two gaps.",
        "Data quality testing should start in the same month as batch orchestration.",
        "SQL is the skill to build first.",
    ],
)
def test_other_skills_or_another_order_do_not(text):
    assert not agrees(text, ORDER, SKILLS)


LADDER = (
    "The two skills to build first are batch orchestration and data quality testing, because jobs failed."
)


def said(*quotes):
    return [s.text for s in compose(QUESTION, replace(FACTS, skills=SKILLS), quotes).sentences]


def test_a_document_that_picks_others_is_named_as_general_advice():
    texts = said(quote(LADDER, 7), quote("45 of 52 adverts named ETL pipelines.", 8))
    assert LADDER not in texts
    assert sum(LADDER in text for text in texts) == 1
    assert any(text.startswith(f"For people in general, “Ladder” says: “{LADDER}”") for text in texts)
    assert "45 of 52 adverts named ETL pipelines." in texts


def test_general_advice_cites_its_document_and_the_gap():
    found = compose(QUESTION, replace(FACTS, skills=SKILLS), [quote(LADDER, 7)])
    general = next(s for s in found.sentences if s.text.startswith("For people in general"))
    assert {found.sources[n - 1].chunk_id for n in general.cites} == {7, None}


def test_who_asks_whether_a_skill_comes_first_hears_what_it_builds_on_and_this_persons_order():
    question = "Should they build batch orchestration first?"
    answer = compose(question, replace(FACTS, skills=SKILLS), [quote(LADDER, 7)])
    texts = [sentence.text for sentence in answer.sentences]
    assert "Batch orchestration builds on ETL pipelines, which therefore comes before it." in texts
    assert LADDER not in texts
    assert any(
        text.endswith("is ETL pipelines, Batch orchestration and then Data quality testing.")
        for text in texts
    )


def test_of_documents_that_differ_one_is_enough():
    other = "Batch orchestration comes before data quality testing, because a test needs a run to stop."
    assert sum("For people in general" in text for text in said(quote(LADDER, 7), quote(other, 8))) == 1
