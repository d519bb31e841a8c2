"""The real SDK speaks to a scripted server; nothing but the address is different from the real thing."""

import json
from uuid import uuid4

import pytest

from careerforge.gateway.models import ModelCall
from coaching import advice
from tests.coaching.conftest import NOW, SENTENCE
from tests.gateway.conftest import wire

__all__ = ["wire"]

QUESTION = "Which skill should Ottilie Varnhagen build first for a senior data engineer role?"
TRUE = "Batch orchestration stands at level 0.8 of 4."
QUOTED = f"{SENTENCE.removesuffix('.')} [1]."
INVENTED = "Their manager has promised a promotion to principal engineer in March 2031."


@pytest.fixture
def switched_on(company, coach):
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    coach.refresh_from_db()


@pytest.fixture
def provider(wire, httpserver, monkeypatch):
    """An OpenAI-compatible server on this machine."""
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "local-model")
    return wire


@pytest.fixture
def ask(coach, senior, library):
    return lambda question=QUESTION: advice.ask(coach, senior, question, uuid4(), NOW)


def says(wire, *sentences):
    wire.chat(json.dumps({"answer": " ".join(sentences)}))


def test_supported_sentences_are_shown_with_the_spans_they_stand_on(switched_on, provider, ask):
    says(provider, TRUE, QUOTED)
    opened = ask()
    assert opened.model_used == "local-model"
    assert opened.prompt_version.startswith("advice-")
    texts = [sentence.text for sentence in opened.answer.sentences]
    assert texts[0] == TRUE
    assert "[1]" not in texts[1]
    assert all(sentence.cites for sentence in opened.answer.sentences)
    assert "?v=1&start=" in opened.answer.sources[-1].url


def test_what_nothing_supports_is_struck_and_counted(switched_on, provider, ask):
    says(provider, TRUE, QUOTED, "ETL pipelines are asked for in 30 of the 38 adverts.", INVENTED)
    opened = ask()
    assert opened.model_used == "local-model"
    assert INVENTED not in str(opened.answer)
    assert opened.answer.struck == 1


def test_with_too_little_supported_the_rules_answer(switched_on, provider, ask):
    says(provider, TRUE, INVENTED, "They will earn twice as much by 2031.")
    opened = ask()
    assert opened.model_used == "rules"
    assert "first: the role asks for level 4" in opened.answer.sentences[0].text


def test_no_name_handle_or_address_leaves(switched_on, provider, ask, senior, handle, profile_of):
    says(provider, TRUE, QUOTED)
    ask(f"{QUESTION} Write to ottilie.varnhagen@northwind.example about {handle(senior)} in Quellmoor.")
    sent = provider.requests[-1].get_data(as_text=True)
    canaries = ("Ottilie", "Varnhagen", "northwind.example", handle(senior), "Quellmoor")
    assert not [canary for canary in (*canaries, profile_of(senior).pseudo_id) if canary in sent]
    assert "[person 1]" in sent


def test_who_was_named_stands_in_the_answer_again(switched_on, provider, ask):
    says(provider, TRUE.replace("Batch", "For [person 1], batch"), QUOTED)
    assert "[person 1]" not in str(ask().answer)


@pytest.mark.parametrize("status", [401, 429, 500, 529])
def test_a_provider_that_fails_leaves_the_rules_answer(switched_on, provider, ask, status, monkeypatch):
    monkeypatch.setattr("careerforge.gateway.providers.retry.FIRST_WAIT_S", 0.0)
    provider.fails(status)
    opened = ask()
    assert opened.model_used == "rules"
    assert opened.answer.sentences
    assert ModelCall.objects.exclude(outcome="ok").count() == 1


def test_nonsense_from_a_model_leaves_the_rules_answer(switched_on, provider, ask):
    provider.chat('{"answer": ')
    assert ask().model_used == "rules"


def test_each_call_is_a_row_without_its_text(switched_on, provider, ask):
    says(provider, TRUE, QUOTED)
    ask()
    call = ModelCall.objects.get()
    assert (call.function, call.provider, call.outcome) == ("coaching_advice", "openai", "ok")
    assert call.input_tokens > 0


def test_a_key_in_the_environment_is_no_consent(provider, ask):
    says(provider, TRUE)
    assert ask().model_used == "rules"
    assert provider.requests == []
    assert ModelCall.objects.get().outcome == "switched_off"


def test_without_a_provider_nothing_is_written(switched_on, ask):
    assert ask().model_used == "rules"
    assert not ModelCall.objects.exists()


def test_what_the_rules_cannot_answer_no_model_is_asked(switched_on, provider, ask):
    says(provider, INVENTED)
    assert ask("Who won the football on Mars?").answer.dont_know
    assert provider.requests == []
