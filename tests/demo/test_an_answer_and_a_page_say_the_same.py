"""Over everybody of the demo company: a fact that is given can be repeated, and has one figure everywhere."""

from datetime import UTC, datetime

import pytest

from careerforge.assistant.support import Fate
from careerforge.gateway.redact import Directory
from careerforge.people.models import User
from coaching.advising.making import Asked
from coaching.advising.wording import checked, ready
from coaching.answers.answering import agreement
from coaching.chat.checking import Evidence
from coaching.chat.preparing import prepare
from coaching.chat.sieve import whole
from learning.gaps.gap import gap
from learning.gaps.inventory import inventory
from learning.paths import path
from learning.roles import target
from learning.words.wordings import Standing

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PEOPLE = ("emp-backend", "emp-cloud", "emp-data", "emp-frontend", "emp-ml", "emp-qa", "emp-security")
QUESTIONS = ("Which five skills should {} build first, and why?", "What should {} work on next?")


def _person(name):
    return User.objects.select_related("organisation", "profile__practice").get(username=name)


@pytest.mark.parametrize("join", ["\n", ". "])
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", PEOPLE[:5])
def test_whoever_repeats_a_fact_word_for_word_is_supported(tarnvale, name, question, join):
    person, coach = _person(name), _person("coach-backend")
    asked = Asked(coach, person, question.format("they"), NOW)
    told = ready(
        asked.question,
        asked.by_rules,
        asked.found,
        Directory.of([]),
        NOW,
        agreement(asked.question, asked.facts),
    )
    found = checked(join.join(fact.rstrip(".") for fact in told.sent.facts), told.evidence)
    assert len(found.answer.sentences) >= len(told.sent.facts) > 0
    assert (found.answer.struck, found.why) == (0, ())
    assert all(sentence.cites for sentence in found.answer.sentences)

    mine = prepare(person, question.format("I"), (), NOW)
    evidence = Evidence(mine, question.format("I"))
    text = join.join(fact.quote.rstrip(".") for fact in mine.facts)
    lines = [line for sentence in whole([text]) for line in evidence.lines(sentence)]
    pieces = [evidence.piece(line, str) for line in lines]
    assert len(pieces) >= len(mine.facts) > 0
    assert all(piece and piece.sources for piece in pieces)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_gap_takes_as_long_in_an_answer_as_on_the_page(tarnvale, name):
    person = _person(name)
    known = prepare(person, QUESTIONS[0].format("I"), (), NOW).known
    told = Asked(_person("coach-backend"), person, QUESTIONS[0].format("they"), NOW).facts
    role = target.current(person)
    page = inventory(person, gap(person, role, NOW.date()), path.mine(person), Standing({}, {}))
    hours = {line.row.skill.name: line.hours for line in page.lines}
    assert {skill.name: skill.hours for skill in known.skills} == hours
    assert {skill.name: skill.hours for skill in told.skills} == hours


def test_another_level_than_the_computed_one_is_still_struck(tarnvale):
    mine = prepare(_person("emp-backend"), QUESTIONS[0].format("I"), (), NOW)
    ground = Evidence(mine, QUESTIONS[0])._known.ground
    for skill in mine.known.gaps:
        other = f"{skill.name}: level {skill.required}.0 of {skill.required}."
        assert ground.one(other).fate is not Fate.STANDS
