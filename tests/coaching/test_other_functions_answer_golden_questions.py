"""The golden set proves more than advice: the chat, a gap's words, suggested roles and a path, of nobody."""

import json
from typing import Any

import pytest

from careerforge.assistant import golden
from careerforge.assistant.golden import gate, planning
from careerforge.assistant.golden.asking import answerer_of
from careerforge.assistant.golden.changing import of_version
from careerforge.assistant.golden.scoring import Scored
from careerforge.assistant.models import GoldenBar, PromptVersion
from careerforge.assistant.prompts import files, versions
from careerforge.gateway.models import ModelCall, SentText
from careerforge.knowledge.models import Document
from careerforge.people.models import User
from coaching.golden import paths
from tests.assistant.answering import ask
from tests.coaching.conftest import NOW, SENTENCE
from tests.coaching.test_a_model_may_word_an_answer import provider, switched_on
from tests.gateway.conftest import wire
from tests.learning.model import proposal

__all__ = ["provider", "switched_on", "wire"]
pytestmark = pytest.mark.usefixtures("switched_on", "provider", "library", "taxonomy")

QUESTION = "Which skill should somebody build first for a senior data engineer role?"
ABOUT = {
    "role": "Senior data engineer",
    "skills": [
        {"skill": "Batch orchestration", "level": 1, "required": 4},
        {"skill": "ETL pipelines", "level": 3, "required": 4},
    ],
}
UNTRUE = "The board of Northwind has promised five promotions in March 2031."


@pytest.fixture
def asked(coach: User) -> golden.Asked:
    assert coach.organisation_id is not None
    return golden.Asked(QUESTION, ABOUT, coach, golden.Desk(coach.organisation_id))


@pytest.fixture
def marked(coach: User, library: dict[str, Document]) -> None:
    GoldenBar.objects.create(fewest=1, most_worse=0)
    version = library["ladder"].current_version
    assert version is not None
    start = version.text.index(SENTENCE)
    span = golden.Span(library["ladder"].pk, version.pk, start, start + len(SENTENCE))
    golden.keep(golden.propose("coaching_advice", QUESTION, ABOUT, [span]), coach, NOW, acting="coach")


def answer(function: str, asked: golden.Asked) -> golden.Answered:
    answerer = answerer_of(function)
    assert answerer is not None
    return answerer.answer(asked, NOW)


def words_of(function: str, text: str, number: int) -> str:
    name, letter = {"skill_gap": ("skills", "s"), "role_suggestions": ("roles", "r")}[function]
    return json.dumps({name: [{"id": f"{letter}{n}", "text": text} for n in range(1, number + 1)]})


def test_the_chats_own_prompt_and_checks_are_used(asked: golden.Asked, wire: Any) -> None:
    told = "ETL pipelines stands at level 3.0 of 4."
    wire.chat(json.dumps({"answer": f"{told} {UNTRUE}"}))
    found = answer("coaching_chat", asked)
    assert [one.text for one in found.sentences] == [told]
    assert (found.struck, found.model, found.quotes) == (1, "local-model", True)
    assert ModelCall.objects.get().function == "coaching_chat"
    assert not SentText.objects.exclude(subject=None).exists()


def test_an_answer_that_nobody_can_use_is_not_taken_for_the_rules(asked: golden.Asked, wire: Any) -> None:
    for function in ("coaching_chat", "coaching_advice"):
        wire.chat(json.dumps({"answer": UNTRUE}))
        found = answer(function, asked)
        assert (found.model, found.sentences, found.wrong != ()) == ("local-model", (), True), function


@pytest.mark.parametrize("function", ["skill_gap", "role_suggestions"])
def test_words_are_right_when_they_pass_every_check(asked: golden.Asked, wire: Any, function: str) -> None:
    wire.chat(words_of(function, "Senior data engineer asks for Batch orchestration at level 4.", 1))
    found = answer(function, asked)
    assert [one.text for one in found.sentences] == [
        "Senior data engineer asks for Batch orchestration at level 4."
    ]
    assert (found.quotes, found.wrong, found.model) == (False, (), "local-model")
    wire.answers.clear()
    for _try in range(2):
        wire.chat(words_of(function, "Batch orchestration takes 977 hours.", 1))
    found = answer(function, asked)
    assert (found.sentences, found.wrong != (), found.model) == ((), True, "local-model")


def test_a_path_of_nobody_is_asked_for_as_a_persons_is(asked: golden.Asked, wire: Any) -> None:
    # Twice the path and each time once more, and every time it leaves out what the rules require.
    nothing = {
        "target_role": "Senior data engineer",
        "summary": "A path.",
        "nodes": [
            {"id": "s1", "description": "A step.", "estimated_hours": 1, "prerequisites": [], "resources": []}
        ],
    }
    for _try in range(2):
        wire.chat(json.dumps(nothing))
    found = answer("learning_path", asked)
    assert (found.wrong != (), found.model, found.quotes) == (True, "local-model", False)
    assert {call.function for call in ModelCall.objects.all()} == {"learning_path"}


def test_a_path_of_nobody_that_passes_every_check_is_right(asked: golden.Asked, wire: Any) -> None:
    ready = paths._ready(asked, NOW)
    assert ready is not None
    wire.chat(json.dumps(proposal(ready.offer)))
    found = answer("learning_path", asked)
    assert (found.wrong, found.refused, found.model, found.quotes) == ((), False, "local-model", False)
    assert found.sentences
    scored = Scored.of(found, ())
    assert (scored.right, scored.supported) == (True, 1.0)
    # Twice: the two have to agree.
    assert ModelCall.objects.filter(function="learning_path", outcome="ok").count() == 2


def test_two_questions_about_the_same_nobody_are_one_case(asked: golden.Asked) -> None:
    gap, advice = answerer_of("skill_gap"), answerer_of("coaching_advice")
    assert gap is not None
    assert advice is not None
    one, two = asked.reader.pk, asked.desk.organisation
    assert gap.case(one, ABOUT) == gap.case(two, ABOUT) != ""
    assert advice.case(one, ABOUT) != advice.case(two, ABOUT)
    assert gap.case(one, {}) == gap.case(one, {"role": "X", "skills": [{"skill": "Y", "level": None}]}) == ""


@pytest.mark.usefixtures("marked")
def test_a_prompt_of_a_gap_that_breaks_its_checks_cannot_go_live(admin_lnd: User, wire: Any) -> None:
    text = files.shipped("gap").replace("<!-- part: question -->\n", "<!-- part: question -->\nInvent. ")
    other = versions.write("gap", text, "Freer", owner=None, by=admin_lnd, now=NOW)
    assert gate.verdict_of(other).standing == "unasked"
    assert [case.function for case in planning.cases(of_version(other))] == ["skill_gap"]
    wire.chat(words_of("skill_gap", "Senior data engineer asks for Batch orchestration at level 4.", 1))
    for _try in range(2):
        wire.chat(words_of("skill_gap", "It takes 977 hours.", 1))
    run = ask(of_version(other), admin_lnd)
    found = gate.verdict_of(other)
    assert (run.worse, found.standing, found.may_go_live) == (1, "below", False)
    assert "Skill gaps: 0% of the answers are right, of what is live 100%." in found.why


@pytest.mark.usefixtures("marked")
def test_what_all_prompts_begin_with_is_asked_of_every_function(admin_lnd: User) -> None:
    frame = PromptVersion(name="frame", text="Be brief.")
    planned = planning.cases(of_version(frame))
    assert {case.function for case in planned} == {
        "coaching_advice", "coaching_chat", "learning_path", "role_suggestions", "skill_gap",
    }  # fmt: skip
