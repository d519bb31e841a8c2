import json
from uuid import uuid4

import pytest

from careerforge.assistant.models import Review
from careerforge.assistant.support import Fate, Ground, as_passage
from coaching.advising import advice
from coaching.answers import personal
from coaching.answers.voice import Voice
from coaching.chat.preparing import prepare
from learning.models import Target
from tests.coaching.conftest import NOW, SENTENCE
from tests.coaching.test_a_model_may_word_an_answer import provider, says, switched_on
from tests.coaching.test_advice_by_rules_cites_every_sentence import FACTS
from tests.gateway.conftest import wire

__all__ = ["provider", "switched_on", "wire"]

NEXT = "What should they work on next?"
EMPTY = "Ask a colleague, and take an hour a week for it."


@pytest.mark.parametrize(
    "said",
    ["Stream processing is at level 1.", "Take the Cloud data associate.", "Senior data engineer is near."],
)
def test_a_gap_a_step_or_the_target_is_theirs(said):
    assert personal.is_told(NEXT, [said], FACTS)


def test_what_fits_everybody_is_nobodys():
    assert not personal.is_told(NEXT, [EMPTY], FACTS)
    assert personal.is_told("Who pays the examination fee?", [EMPTY], FACTS)
    assert personal.is_told("How long is an exam valid?", [EMPTY], FACTS)


def test_a_coach_looks_first_at_a_models_answer_that_names_nothing_of_theirs(
    switched_on, provider, coach, senior, library, monkeypatch
):
    monkeypatch.setattr("coaching.advising.making.personal.is_told", lambda *_of: False)
    says(provider, "Batch orchestration stands at level 0.8 of 4.", f"{SENTENCE.removesuffix('.')} [1].")
    opened = advice.ask(coach, senior, NEXT, uuid4(), NOW)
    assert opened.model_used == "rules"
    assert Review.objects.get().why == ["not_theirs"]


def test_without_a_target_that_is_said_first_and_no_model_is_asked(
    switched_on, provider, coach, senior, library
):
    Target.objects.filter(user=senior).delete()
    provider.chat(json.dumps({"answer": SENTENCE}))
    opened = advice.ask(coach, senior, NEXT, uuid4(), NOW)
    assert opened.answer.note.startswith("This person has no target role yet")
    assert opened.model_used == "rules"
    assert not provider.requests


def test_without_a_target_the_chat_says_so_first(senior, library):
    Target.objects.filter(user=senior).delete()
    mine = prepare(senior, "What should I work on next?", (), NOW)
    assert mine.by_rules.note.startswith("You have no target role yet.")
    assert not personal.no_target("Who pays the examination fee?", None, Voice.TO)


@pytest.mark.parametrize(
    "echo",
    [
        "Asked: What should I build first?",
        "Asked: What should I build first.",
        "You asked what you should build first.",
        "The question was what I should build first.",
        "What should I build first?",
    ],
)
def test_an_echo_of_the_question_is_no_answer(echo):
    question = "What should I build first?"
    passages = [as_passage(-1, "Build ETL pipelines first."), as_passage(7, question), as_passage(8, echo)]
    assert Ground(passages, None, question).one(echo).fate is not Fate.STANDS
    assert Ground(passages, None, question).one("Build ETL pipelines first.").fate is Fate.STANDS
