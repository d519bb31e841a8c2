"""The real SDK and a server that writes event by event: what is kept, and what happens when it breaks."""

import json

import pytest

from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.sent import open_text
from coaching.chat.generation import State
from coaching.models import Delta
from tests.coaching.chat.conftest import MODEL, QUESTION, QUOTED, TRUE, write
from tests.gateway import streams
from tests.gateway.conftest import wire

__all__ = ["wire"]

WRITTEN = json.dumps({"answer": f"{TRUE} {QUOTED}"})


@pytest.fixture
def provider(wire, httpserver, monkeypatch, company, senior, library):
    """An OpenAI-compatible server on this machine, switched on by the company."""
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    senior.refresh_from_db()
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", MODEL)
    return lambda text=WRITTEN, then=streams.END, size=7: wire.answers_with(
        streams.response(streams.chat_events(streams.pieces(text, size), then), then)
    )


@pytest.mark.parametrize("size", [1, 7, 4_000])
def test_an_answer_comes_sentence_by_sentence(provider, ask, size):
    provider(size=size)
    answer = ask()
    assert answer.state == State.DONE
    assert answer.generation.model_used == MODEL
    assert len(answer.sentences) == 2
    assert Delta.objects.count() == 2


def test_one_question_is_one_call_and_what_left_is_sealed_for_the_person(provider, ask, senior):
    sent = provider()
    answer = ask(f"{QUESTION} Thaddeus Brinkhof asked me.")
    call = ModelCall.objects.get()
    assert call.function == "coaching_chat"
    assert call.outcome == "ok"
    assert answer.generation.call == call.pk
    text = SentText.objects.select_related("subject__key").get(call=call)
    assert text.subject == senior
    assert text.about == answer.generation.message.conversation_id
    assert "[person 1] asked me." in open_text(text).question
    assert "Thaddeus" not in sent.requests[-1].get_data(as_text=True)


@pytest.mark.parametrize("then", [streams.CUT, streams.ERROR])
def test_what_breaks_after_text_is_incomplete_costs_what_it_cost_and_asks_nobody_else(
    provider, ask, wire, then
):
    provider(WRITTEN[: len(WRITTEN) - 20], then)
    answer = ask()
    assert answer.state == State.INCOMPLETE
    assert [text for text, _cites in answer.sentences] == [TRUE]
    assert answer.generation.model_used == ""
    assert ModelCall.objects.get().outcome != "ok"
    assert len(wire.requests) == 1


def test_closing_the_tab_changes_nothing_and_stopping_cancels(provider, store, shown, monkeypatch):
    provider()
    message = store()
    write(message, lambda: Delta.objects.exists())
    assert shown(message).state == State.STOPPED
    assert ModelCall.objects.get().outcome != "ok"


def test_a_tag_split_over_pieces_is_never_shown(provider, ask):
    bad = f"{TRUE} {QUOTED} Python stands at level 1.0 of 4. <script>alert(1)</script> Go."
    provider(json.dumps({"answer": bad}), size=3)
    answer = ask()
    assert "script" not in str(answer.told)
    assert answer.generation.struck == 1
