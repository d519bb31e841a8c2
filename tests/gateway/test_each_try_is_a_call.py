"""What leaves again is another call: on the books before it leaves, and only if there is room for it."""

from datetime import timedelta

import pytest

from careerforge.gateway.breakers import ENOUGH
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.models import Breaker, Limit, ModelCall, SentText, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.prompt import Completion
from careerforge.gateway.providers import retry
from careerforge.gateway.sent import open_text
from tests.gateway.conftest import NOW
from tests.gateway.streams import message_events, response
from tests.gateway.wire import GOOD, prompt


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(retry, "FIRST_WAIT_S", 0.0)


def outcomes() -> list[str]:
    return list(ModelCall.objects.order_by("started_at", "outcome").values_list("outcome", flat=True))


def test_a_try_that_failed_and_the_one_after_it_have_a_row_and_a_text_each(road, wire):
    wire.fails(529).fails(500).message()
    assert isinstance(road().ask(prompt()), Completion)
    assert sorted(outcomes()) == ["ok", "unavailable", "unavailable"]
    assert sorted(open_text(row).answer for row in SentText.objects.all()) == ["", "", GOOD]


def test_a_try_that_a_provider_could_not_answer_uses_up_nobodys_limit(road, wire):
    wire.fails(529).message()
    road().ask(prompt())
    assert {one.calls for one in Spend.objects.all()} == {1}


def test_what_was_used_is_the_sum_of_the_rows(road, wire):
    wire.message("Not JSON").message()
    assert isinstance(road().ask(prompt()), Completion)
    assert sorted(outcomes()) == ["bad_answer", "ok"]
    used = Spend.objects.get(scope=Scope.ORGANISATION)
    assert used.calls == 2
    assert used.micros == sum(ModelCall.objects.values_list("micros", flat=True))


@pytest.mark.parametrize("streaming", [False, True], ids=["whole", "stream"])
def test_without_room_for_a_second_call_a_wrong_answer_is_not_put_right(road, wire, streaming):
    Limit.objects.create(scope=Scope.PERSON, calls=1)
    if streaming:
        wire.answers_with(response(message_events(['{"score": 0.5}'])))
        flow = road().stream(prompt(), field="title")
        assert list(flow) == []
        ended = flow.ended
    else:
        ended = road().ask(prompt()) if wire.message("Not JSON") else None
    assert isinstance(ended, Exceeded)
    assert len(wire.requests) == 1


def test_a_server_that_does_not_know_schemas_is_asked_in_a_call_of_its_own(road, wire):
    wire.fails(400, '{"error": "response_format is unknown"}').chat()
    going = road(environ={"OPENAI_BASE_URL": wire.server.url_for("/v1"), "OPENAI_MODEL": "local-model"})
    assert isinstance(going.ask(prompt()), Completion)
    assert [(one.outcome, one.error_kind) for one in ModelCall.objects.order_by("outcome")] == [
        ("ok", ""),
        ("unavailable", "no_schemas"),
    ]


def test_a_provider_that_is_tried_out_again_gets_one_try(road, wire):
    over = NOW - timedelta(seconds=1)
    Breaker.objects.create(provider="anthropic", failures=ENOUGH, open_until=over)
    wire.fails(529).chat()
    assert isinstance(road().ask(prompt()), Completion)
    asked = ["anthropic" if "messages" in request.path else "openai" for request in wire.requests]
    assert asked == ["anthropic", "openai"]
