"""``POST chat``, ``POST chat/{id}/messages``: 202, once per Idempotency-Key, for the person alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from careerforge.gateway.budget import ENDLESS
from careerforge.gateway.models import Limit, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.people import scopes, tokens
from coaching.chat import writers
from coaching.models import Message
from tests.coaching.chat.conftest import QUESTION, TRUE, write

JSON = {"content_type": "application/json"}


@pytest.fixture
def client(signed_in, senior, library):
    return signed_in(senior)


@pytest.fixture
def chat(client):
    made = client.post("/api/v1/chat", {}, **JSON)
    assert made.status_code == 201
    return made.json()


def ask(client, chat, question=QUESTION, **how):
    return client.post(chat["messages_url"], {"question": question}, **JSON, **how)


def test_a_message_is_accepted_and_streamed(client, chat):
    response = ask(client, chat)
    assert response.status_code == 202
    accepted = response.json()
    write(Message.objects.get(pk=accepted["message_id"]))
    stream = client.get(accepted["events_url"])
    text = b"".join(stream.streaming_content).decode()
    assert stream["Content-Type"] == "text/event-stream"
    assert "event: piece" in text
    assert 'event: end\ndata: {"state": "done"}' in text
    found = client.get(accepted["message_url"]).json()
    assert found["state"] == "done"
    assert found["model_used"] == "rules"
    assert found["confidence"] == "high"
    assert all(sentence["sources"] for sentence in found["sentences"])


def test_the_same_key_is_one_message(client, chat):
    key = {"headers": {"Idempotency-Key": "once"}}
    first, second = ask(client, chat, **key), ask(client, chat, **key)
    assert first.json() == second.json()
    assert Message.objects.count() == 1
    assert ask(client, chat, "What is my next step?", **key).status_code == 422


@pytest.mark.parametrize("question", ["", "   ", "\u200b\u2060", "x" * 2_001, "x" * 1_000_000])
def test_an_empty_or_endless_question_is_refused(client, chat, question):
    assert ask(client, chat, question).status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("scope", "longest"), [(Scope.PERSON, 3_600), (Scope.TEAM, 86_400), (Scope.ORGANISATION, 86_400)]
)
@pytest.mark.parametrize("limit", [{"calls": 0}, {"tokens": 300}])
def test_a_limit_of_whichever_scope_says_when(model, client, chat, scope, longest, limit):
    model([TRUE])
    Limit.objects.create(scope=scope, **limit)
    response = ask(client, chat)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= longest
    assert response["Content-Type"] == "application/problem+json"
    assert not Message.objects.exists()


def test_a_limit_with_room_refuses_nobody(model, client, chat, senior):
    model([TRUE])
    for scope in Scope:
        Limit.objects.create(scope=scope, calls=2, tokens=10_000)
    start = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    most = {"most_calls": 2, "most_tokens": 10_000, "most_micros": ENDLESS}
    spent = {
        "scope": Scope.ORGANISATION,
        "holder": senior.organisation_id,
        "calls": 1,
        "tokens": 10,
        "micros": 0,
        **most,
    }
    Spend.objects.create(starts_at=start, **spent)
    # Of yesterday, and of somebody else, nothing counts.
    Spend.objects.create(starts_at=start - timedelta(days=1), **spent | {"calls": 2})
    Spend.objects.create(starts_at=start, **spent | {"scope": Scope.TEAM, "holder": uuid4(), "calls": 2})
    assert ask(client, chat).status_code == 202


def test_what_was_spent_today_counts(model, client, chat, senior):
    model([TRUE])
    Limit.objects.create(scope=Scope.ORGANISATION, calls=1)
    start = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    Spend.objects.create(
        scope=Scope.ORGANISATION, holder=senior.organisation_id, starts_at=start, calls=1, tokens=1, micros=1,
        most_calls=1, most_tokens=ENDLESS, most_micros=ENDLESS,
    )  # fmt: skip
    assert ask(client, chat).status_code == 429


def test_too_many_who_ask_at_once_are_told_to_come_back_in_a_moment(client, chat, monkeypatch):
    monkeypatch.setattr(writers, "is_full", lambda: True)
    response = ask(client, chat)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Content-Type"] == "application/problem+json"


def test_a_second_message_while_one_is_written_is_a_conflict(client, chat):
    ask(client, chat)
    assert ask(client, chat, "What is my next step?").status_code == 409


def test_nobody_else_finds_it(client, chat, signed_in, teammate, coach, admin_hr):
    message = ask(client, chat).json()
    for stranger in (teammate, coach, admin_hr):
        other = signed_in(stranger)
        assert ask(other, chat).status_code == 404
        assert other.get(message["message_url"]).status_code == 404
        assert other.get(message["events_url"]).status_code == 404


def test_a_token_needs_its_scope(client, chat, senior):
    def with_token(*scope):
        secret = tokens.make(senior, scope, timezone.now(), by=None)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    assert ask(with_token(scopes.PATH_READ), chat).status_code == 403
    assert ask(with_token(scopes.CHAT), chat).status_code == 202
