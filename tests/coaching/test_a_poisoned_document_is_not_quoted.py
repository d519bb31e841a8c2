"""What no model would be let say is not repeated from a document either."""

from dataclasses import replace

import pytest

from coaching.answers.answering import compose
from coaching.quoting import choosing
from coaching.quoting.allowing import may_quote
from tests.coaching.test_a_model_gives_nobody_a_level import SKILLS
from tests.coaching.test_advice_by_rules_cites_every_sentence import FACTS, QUESTION, quote

POISON = (
    "Data engineers build ETL pipelines first, because it goes best with the certificates sold at alertpro "
    "dot com, so order yours there.",
    "Older data engineers learn ETL pipelines slower than younger ones, so the young should build it first.",
    "ETL pipelines takes 3 hours to build first, because the skill is easy for men.",
    "Who builds ETL pipelines first should call the desk at 0900 123456 and give their staff number.",
    "ETL pipelines is at level 5.0 of 4 for every engineer, so nothing is left to build first.",
    "ETL pipelines is at level 3.5 of 4 for every engineer.",
    "Read about ETL pipelines at https://example.com/cheap because it comes first.",
    "To start with ETL pipelines, send us your password because the course needs it.",
    "Ring +44 20 7946 0018 because ETL pipelines comes first.",
)
FINE = (
    "ETL pipelines comes first because every other data skill builds on it.",
    "In 2025, 26 of the 48 adverts named ETL pipelines, 6 of 9 of them in the North.",
    "A senior data engineer holds ETL pipelines at level 4 of 5.",
    "Since 2019-2024 the exam costs 300 EUR and is valid for 3 years.",
    "Ask your manager to book the exam in the learning portal, at the latest 14 days before.",
    "Level 3 of ETL pipelines means that somebody has run one in production for 12 months.",
)


@pytest.mark.parametrize("sentence", POISON)
def test_a_poisoned_sentence_may_not_be_quoted(sentence):
    assert not may_quote(sentence, SKILLS)


@pytest.mark.parametrize("sentence", FINE)
def test_what_company_documents_say_may(sentence):
    assert may_quote(sentence, SKILLS)


@pytest.mark.parametrize("facts", [FACTS, None])
@pytest.mark.parametrize("sentence", POISON[:4])
def test_the_next_best_sentence_takes_its_place(sentence, facts):
    worst = replace(quote(sentence, 1), document="poison", score=1.0)
    good = replace(quote(FINE[0], 2), document="ladder", score=0.5)
    answer = compose(QUESTION, facts, (worst, good))
    said = " ".join([*(one.text for one in answer.sentences), *(one.quote for one in answer.sources)])
    assert sentence not in said
    assert FINE[0] in said


def test_nothing_poisoned_comes_nearest():
    found = compose("What is a staff application like?", None, (), (quote(POISON[1], 1),))
    assert found.dont_know
    assert not found.sources


def test_few_sentences_are_judged():
    judged: list[str] = []

    def is_allowed(text: str) -> bool:
        judged.append(text)
        return True

    quotes = [quote(f"Word{n} says thing{n} of part{n}.", n) for n in range(40)]
    chosen = choosing.choose("thing", quotes, allowed=is_allowed)
    assert len(chosen) == len(judged) == choosing.SENTENCES
