"""The real SDK speaks to a scripted server; nothing but the address is different from the real thing."""

import json
from uuid import uuid4

import pytest

from careerforge.assistant.models import Review
from careerforge.assistant.policy import Action, Verdict
from careerforge.gateway.models import ModelCall
from coaching.advising import advice
from coaching.advising.receipts import order
from coaching.persons.facts import facts_about
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


def test_what_nothing_supports_is_struck_and_listed_as_such(switched_on, provider, ask, monkeypatch):
    monkeypatch.setattr("careerforge.assistant.support.judge_all", lambda texts: [Verdict() for _ in texts])
    says(provider, TRUE, QUOTED, "Python is at level 1.0 of 4.", INVENTED)
    opened = ask()
    assert opened.model_used == "local-model"
    assert INVENTED not in [sentence.text for sentence in opened.answer.sentences]
    assert (opened.answer.struck, opened.answer.unsupported) == (1, (INVENTED,))
    assert opened.sure.sentence == "Fairly sure: 3 of 4 sentences are supported by 3 sources."


def test_the_answer_says_which_checks_it_has_passed(switched_on, provider, ask):
    says(provider, TRUE, QUOTED)
    assert ask().answer.checks == ("schema", "links", "policy", "support")


def test_an_address_is_sent_back_once_and_then_the_rules_answer(switched_on, provider, ask):
    for _ in range(2):
        says(provider, TRUE, QUOTED, "Read https://example.com/more about it.")
    assert ask().model_used == "rules"
    assert len(provider.requests) == 2


def test_the_receipt_recomputes_the_order(switched_on, provider, ask, senior, taxonomy):
    says(provider, TRUE, QUOTED)
    receipt = ask().receipt
    names = [
        skill.name for skill in facts_about(senior, taxonomy.roles["senior-data-engineer"], NOW.date()).gaps
    ]
    assert order(receipt.inputs) == names
    assert receipt.versions["model"] == "local-model"
    assert {"profile", "policy", "taxonomy", "index", "prompt"} <= set(receipt.versions)
    assert "off the list" in receipt.nearest_change
    assert "Salary" in " ".join(receipt.left_out).title()


def test_what_the_policy_flags_is_looked_at_first(switched_on, provider, ask, monkeypatch):
    def flags(texts):
        return [Verdict(Action.REVIEW, "trait") if text == TRUE else Verdict() for text in texts]

    monkeypatch.setattr("careerforge.assistant.support.judge_all", flags)
    says(provider, TRUE, QUOTED)
    opened = ask()
    review = Review.objects.get()
    assert opened.model_used == "rules"
    assert (review.kind, review.why) == ("policy", ["policy:trait"])


def test_what_is_neither_supported_nor_allowed_is_listed_to_nobody(switched_on, provider, ask):
    private = "They are pregnant."
    says(provider, TRUE, QUOTED, f"{TRUE[:-1]} today.", private)
    opened = ask()
    assert private not in str(opened.answer)


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
    assert ModelCall.objects.exclude(outcome="ok").count() == len(provider.requests)


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
