import json
from datetime import timedelta
from uuid import uuid4

import pytest

from careerforge.gateway.models import CachedAnswer
from careerforge.knowledge.models import Collection
from careerforge.people import rooms
from coaching.advising import advice
from coaching.advising.keeping import Seal, keeping, words_of
from tests.coaching.conftest import NOW, SENTENCE
from tests.gateway.conftest import wire

__all__ = ["wire"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is the pass mark of PSM I?", "Tell me the pass mark PSM I has"),
        ("How many hours does the CKA take?", "Please tell me how many hours the CKA would take"),
        ("Which fee does Security+ have?", "What is the fee Security+ has?"),
    ],
)
def test_the_same_words_are_the_same_question(one, other):
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What does a senior data engineer earn?", "What does a mid-level data engineer earn?"),
        ("What is paid for the first attempt?", "What is paid for the second attempt?"),
        ("What is the fee of PSM I?", "What is the pass mark of PSM I?"),
        ("From level 2 to level 3?", "From level 3 to level 2?"),
        (
            "Should a developer learn Docker before Kubernetes?",
            "Should a developer learn Kubernetes before Docker?",
        ),
        ("What does it take from analyst to engineer?", "What does it take from engineer to analyst?"),
        ("Is Python more in demand than Java?", "Is Java more in demand than Python?"),
        ("Is a course paid?", "Is a course not paid?"),
        ("Before the exam?", "After the exam?"),
        ("When is it?", "Where is it?"),
        ("Is C enough?", "Is C++ enough?"),
        ("Is EUR 600 paid?", "Is EUR 1,500 paid?"),
    ],
)
def test_a_look_alike_is_another_question(one, other):
    assert words_of(one) != words_of(other)


QUESTION = "Which skill should they build first for a senior data engineer role?"


@pytest.fixture
def provider(wire, httpserver, monkeypatch, company, coach, senior, library):
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    coach.refresh_from_db()
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "local-model")
    wire.chat(json.dumps({"answer": f"{SENTENCE.removesuffix('.')} [1]."}))
    return wire


def ask(coach, employee, question=QUESTION, now=NOW):
    return advice.ask(coach, employee, question, uuid4(), now)


def test_the_same_question_about_the_same_person_is_asked_once_an_hour(provider, coach, senior):
    first, second = ask(coach, senior), ask(coach, senior, now=NOW + timedelta(minutes=59))
    assert second.answer == first.answer
    assert second.model_used == first.model_used == "local-model"
    assert len(provider.requests) == 1
    ask(coach, senior, now=NOW + timedelta(minutes=60))
    assert len(provider.requests) == 2


def test_what_is_kept_is_unreadable_in_the_table(provider, coach, senior):
    ask(coach, senior)
    kept = CachedAnswer.objects.get()
    assert b"orchestration" not in bytes(kept.sealed_text or b"").lower()
    assert str(senior.pk) not in kept.key


def test_a_source_that_is_closed_meanwhile_is_cited_no_more(provider, coach, senior, library):
    assert any(source.chunk_id for source in ask(coach, senior).answer.sources)
    Collection.objects.update(audience="hr")
    again = ask(coach, senior)
    assert not any(source.chunk_id for source in again.answer.sources)


def test_a_new_claim_of_the_person_is_a_new_question(provider, coach, senior, claim):
    ask(coach, senior)
    claim(senior, "batch-orchestration", 3)
    ask(coach, senior)
    assert len(provider.requests) == 2


def test_words_that_point_at_a_person_make_a_question_personal(provider, coach, senior):
    seal = Seal(*room_of(senior, coach))
    about = [
        keeping(coach, senior, question, (), (), seal, {}).parts[0]
        for question in ("What would help this person most?", "What does [person 1] lack?", "Is it for them?")
    ]
    assert about == ["about"] * 3
    assert keeping(coach, senior, "What is the fee of PSM I?", (), (), seal, {}).parts[0] == "general"
    assert (
        keeping(coach, senior, "What is the fee of PSM I?", ("SQL is at 2.",), (), seal, {}).parts[0]
        == "about"
    )


def room_of(employee, coach):
    room = rooms.open_for(employee)
    rooms.admit(room, coach, by=employee)
    return room, rooms.key_for(room, coach)
