import json
from pathlib import Path

import pytest

from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection
from coaching.advising import advice
from coaching.questions.strange import strange
from tests.coaching.conftest import NOW

UNANSWERED = Path(__file__).parents[2] / "bench" / "asked" / "unanswered.jsonl"
SALARY = "For data engineers the median was EUR 74,000 at senior level (n = 112)."
GUIDE = "The examination of the cloud certificate costs EUR 300 and is valid for two years."


@pytest.fixture
def ask(coach, senior, library):
    shelf = Collection.objects.create(name="Market", about="market")
    rows = (("salary", "salary_report", SALARY), ("guide", "certification_guide", GUIDE))
    for key, kind, text in rows:
        row = Incoming(external_id=key, kind=kind, published_at=NOW, title=key, topics=("data",), text=text)
        store(shelf, row, NOW)
    return lambda question: advice.prepare(coach, senior, question, NOW).answer


@pytest.mark.parametrize(
    "question",
    [
        "What does an accountant in Nairobi earn?",
        "How much does a pastry chef make in Vienna?",
        "What is the pass mark of the CISSP examination?",
        "How hard is the Cisco CCNA examination?",
        "How many days of parental leave does Tarnvale grant?",
        "When does the winter party take place?",
    ],
)
def test_there_is_no_answer_from_what_is_only_like_it(question, ask):
    found = ask(question)
    assert found.dont_know
    assert found.sentences == ()


def test_what_was_not_found_is_named(ask):
    note = ask("How hard is the Cisco CCNA examination?").note
    assert note == "No source that I may quote speaks of Cisco, CCNA."


def test_what_is_spoken_of_is_answered(ask):
    assert [one.text for one in ask("What does a senior data engineer earn?").sentences] == [SALARY]
    assert GUIDE in [one.text for one in ask("What does the cloud certificate cost?").sentences]


def test_a_handle_is_nothing_strange():
    assert strange("Which certificate should Quiet Otter 4417 take?", ["A certificate"], "take") == []
    assert strange("Which certificate should Cisco Otter take?", ["A certificate"], "take") == [
        "Cisco",
        "Otter",
    ]


def test_the_hundred_questions_are_a_hundred():
    lines = UNANSWERED.read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["question"] for line in lines}) == 100
