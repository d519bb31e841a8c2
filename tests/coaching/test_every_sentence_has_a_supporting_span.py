"""Answers by rules to all kinds of questions: each sentence is quoted, grounded or computed."""

from dataclasses import replace

import pytest

from bench.asked.supporting import kind
from careerforge.skills.models import Role, Skill
from coaching.answers.answer import Source
from coaching.answers.answering import compose
from coaching.answers.voice import Voice
from coaching.persons.facts import facts_about, role_in_question
from coaching.quoting.looking import look
from learning.paths import path, progress
from tests.coaching.conftest import NOW

QUESTIONS = (
    "Which two skills should they build first, and why?",
    "Which three skills should they build first for a backend developer role?",
    "What are their biggest gaps?",
    "How ready are they?",
    "What is their next step?",
    "What are they good at?",
    "Which certificate should they take?",
    "Which evidence would prove that they are ready?",
    "Is batch orchestration in demand?",
    "Should they learn SQL?",
    "What comes before stream processing?",
    "How long does batch orchestration take?",
    "How long does SQL take?",
    "How long until they are ready?",
    "Which project would help them most?",
    "What have they finished so far?",
    "What did they skip?",
)


@pytest.fixture
def known(senior, claim, library):
    """Somebody with a path that has begun, and one of whom nothing was told."""
    claim(senior, "sql", 5)
    claim(senior, "message-queues", 2)
    path.ensure(senior, NOW)
    step = next(node.step for node in path.outline(senior) if node.step.type == "skill")
    progress.start(senior, step, NOW)
    return senior


def test_each_sentence_has_a_span_that_supports_it(known, coach):
    names = [*Skill.objects.values_list("name", flat=True), *Role.objects.values_list("title", flat=True)]
    for question in QUESTIONS:
        role = role_in_question(question, known)
        about = facts_about(known, role, NOW.date())
        found = look(coach, question, role, about, {"data"})
        for voice in Voice:
            facts = replace(about, voice=voice, hours_per_week=4 if voice is Voice.TO else 0)
            answer = compose(question, facts, found.quotes, found.nearest, found.note)
            assert answer.sentences, question
            for sentence in answer.sentences:
                sources = [answer.sources[number - 1] for number in sentence.cites]
                assert kind(sentence.text, sources, names) != "unsupported", sentence.text


def test_a_number_or_a_skill_that_is_in_no_span_is_not_supported():
    source = Source("Ledger", "", None, "/", "SQL: level 3.0 of 4.")
    assert kind("SQL is at level 3.0 of 4.", [source], ["SQL"]) in ("grounded", "computed")
    assert kind("Build SQL first, in 40 hours.", [source], ["SQL"]) == "unsupported"
    assert kind("Build Python first.", [source], ["SQL", "Python"]) == "unsupported"
    assert kind("SQL is at level 3.0 of 4.", [], ["SQL"]) == "unsupported"
