"""Any stored answer's prompt is made again and held against what left, byte for byte."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from careerforge.assistant.models import PromptVersion
from careerforge.gateway.models import ModelCall, SentText
from careerforge.governance.models import AuditEvent
from coaching.advising import advice
from coaching.models import Advice
from tests.coaching.conftest import NOW, SENTENCE
from tests.coaching.test_a_model_may_word_an_answer import (
    QUESTION,
    QUOTED,
    TRUE,
    ask,
    provider,
    says,
    switched_on,
)
from tests.gateway.conftest import wire

__all__ = ["ask", "provider", "switched_on", "wire"]


def replay(answer, *options):
    out = StringIO()
    call_command("replay", str(answer), *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def answered(switched_on, provider, ask):
    """An advice that a model has worded."""
    says(provider, TRUE, QUOTED)
    opened = ask()
    assert opened.model_used == "local-model"
    return Advice.objects.get(pk=opened.id)


def test_the_prompt_of_an_advice_is_the_same_to_the_byte(answered, provider):
    told = replay(answered.pk)
    assert told["same"] is True
    assert told["parts"] == {"system": True, "context": True, "question": True}
    assert told["digest"]["sent"] == told["digest"]["rebuilt"] == SentText.objects.get().digest
    assert (told["kind"], told["function"]) == ("advice", "coaching_advice")
    assert (told["model_asked"], told["model_answered"]) == ("local-model", "local-model")
    assert told["prompt_version"] == answered.prompt_version
    assert told["chunks"][-1]["version"] == 1
    assert told["reviews"] == []


def test_one_that_was_too_long_and_left_shorter_is_the_same_too(switched_on, provider, ask):
    provider.fails(413)
    says(provider, TRUE)
    given = ask()
    calls = [ModelCall.objects.get(outcome=outcome) for outcome in ("unavailable", "ok")]
    whole, shorter = (replay(call.pk, "--text", "Audit 7") for call in calls)
    assert len(shorter["text"]["context"]) < len(whole["text"]["context"])
    assert (whole["same"], shorter["same"]) == (True, True)
    assert replay(given.id)["call"] == shorter["call"]


def test_it_is_what_really_left(answered, provider):
    told = replay(answered.pk, "--text", "A question of the person concerned")["text"]
    body = json.loads(provider.requests[-1].get_data(as_text=True))
    left = "".join(str(one["content"]) for one in body["messages"])
    for part in ("system", "context", "question"):
        assert told[part] in left
    assert json.loads(told["answer"])["answer"].startswith(TRUE)


def test_a_call_of_the_ledger_is_replayed_too(answered):
    call = ModelCall.objects.get()
    assert answered.call == call.pk
    told = replay(call.pk)
    assert (told["kind"], told["same"]) == ("call", True)


def test_without_a_reason_no_text_is_printed_and_it_is_on_record(answered, senior):
    told = json.dumps(replay(answered.pk))
    for text in (TRUE, SENTENCE[:30], "Which skill", "Ottilie"):
        assert text not in told
    row = AuditEvent.objects.get(act="answer.replayed")
    assert (row.subject, row.actor_kind, row.actor) == (senior.pk, "operator", None)


def test_with_a_reason_the_text_is_printed_and_the_reason_is_on_record(answered, senior):
    assert "Which skill should [person 1]" in replay(answered.pk, "--text", "Audit 7")["text"]["question"]
    row = AuditEvent.objects.get(act="answer.text_opened")
    assert (row.subject, row.reason) == (senior.pk, "Audit 7")


def test_the_text_of_a_private_chat_is_never_printed(answered):
    ModelCall.objects.update(function="coaching_chat")
    assert replay(answered.pk)["same"] is True
    with pytest.raises(CommandError, match="the person's alone"):
        replay(answered.pk, "--text", "Curiosity")
    assert not AuditEvent.objects.filter(act="answer.text_opened").exists()


def test_what_was_changed_afterwards_is_found_out(answered):
    SentText.objects.update(digest="0" * 64)
    with pytest.raises(CommandError, match="differs"):
        replay(answered.pk)
    assert AuditEvent.objects.filter(act="answer.replayed").exists()


def test_an_answer_by_rules_has_no_prompt_and_says_so(switched_on, ask):
    told = replay(ask().id)
    assert told["same"] is None
    assert "rules made it" in told["why"]


def test_a_text_that_is_kept_no_more_is_said_to_be_gone(answered):
    SentText.objects.all().delete()
    told = replay(answered.pk)
    assert told["same"] is None
    assert "is kept no more" in told["why"]
    assert told["model_answered"] == "local-model"


def test_a_prompt_that_was_changed_since_is_made_again_from_its_own_version(answered, monkeypatch):
    """An update ships another text; the one that was asked is kept as a version."""
    shipped = "careerforge.assistant.prompts.versions.shipped"
    monkeypatch.setattr(shipped, lambda name: f"<!-- part: system -->\nAnother {name}.\n")
    assert PromptVersion.objects.exists()
    assert replay(answered.pk)["same"] is True


def test_an_id_of_nothing_is_refused_in_words(company):
    with pytest.raises(CommandError, match="no answer and no call"):
        replay(uuid4())


def test_the_same_question_from_the_cache_leads_to_the_call_that_made_it(answered, provider, coach, senior):
    again = advice.ask(coach, senior, QUESTION, uuid4(), NOW)
    assert len(provider.requests) == 1
    assert replay(again.id)["call"] == str(answered.call)
