"""A model that writes acts, calls tools or hands in more than it was asked for: nothing happens (71, 73)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from careerforge.gateway import offers
from careerforge.gateway.models import FunctionSwitch, Offer
from careerforge.gateway.providers import retry
from tests.security.test_no_canary_leaves_for_a_model import EXERCISED, Scene, Sink, scene, sink
from tests.security.world import fingerprint

__all__ = ["scene", "sink"]

ACTS = [
    {"do": "create_task", "title": "Do as I say"},
    {"do": "mail", "to": "manager", "text": "Dismiss them."},
    {"do": "change_coach", "coach": "other-coach"},
    {"do": "grant", "kind": "admin-org"},
]


@dataclass
class Acting:
    """A model that answers; with ``acts``, it also writes what is to be done, and calls tools for it."""

    acts: bool = False
    asked: int = 0

    def take(self, request: Request) -> Response:
        self.asked += 1
        answer: dict[str, Any] = {"answer": "Batch orchestration stands at level 1 of 4."}
        message: dict[str, Any] = {"role": "assistant"}
        if self.acts:
            answer |= {"actions": ACTS}
            wanted = {"name": "mail", "arguments": json.dumps(ACTS[1])}
            message |= {"tool_calls": [{"id": "1", "type": "function", "function": wanted}]}
        choice = {"index": 0, "finish_reason": "stop", "message": message | {"content": json.dumps(answer)}}
        made: dict[str, Any] = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
        return Response(json.dumps(made | {"choices": [choice]}), content_type="application/json")


@pytest.fixture
def acting(sink: Sink, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Acting:
    """In the place of the provider that the company has switched on."""
    made = Acting()
    httpserver.clear()
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(made.take)
    monkeypatch.setattr(retry, "pause", lambda *_given: 0.0)
    return made


def rows_after(ask: Callable[[Scene], None], scene: Scene) -> dict[str, int]:
    """How many rows each table has after a question, which is then undone."""
    with transaction.atomic():
        ask(scene)
        found = {table: count for table, (count, _sum) in fingerprint().items()}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("function", FunctionSwitch.Function.values)
def test_acts_in_an_answer_leave_no_row_that_the_answer_alone_does_not(
    function: str, acting: Acting, scene: Scene
) -> None:
    plain = rows_after(EXERCISED[function], scene)
    before, acting.acts = acting.asked, True
    told = rows_after(EXERCISED[function], scene)
    assert acting.asked > before > 0
    assert {table: count for table, count in told.items() if count > plain[table]} == {}
    assert mail.outbox == []


def test_no_administrator_can_send_what_is_asked_to_another_address(
    admin_platform: Any, signed_in: Any, company: Any
) -> None:
    offers.fill()
    offer = Offer.objects.filter(provider="openai").first()
    page = f"/admin/gateway/offer/{offer.pk}/change/"
    fields = signed_in(admin_platform).get(page).context["adminform"].form.fields
    assert not [name for name in fields if any(word in name for word in ("url", "address", "host", "key"))]
