"""The first provider is down for ten minutes, and fifty people ask all the while."""

import json
import time
from datetime import timedelta

import pytest

from careerforge.gateway.breakers import ENOUGH, SHORT
from careerforge.gateway.models import Breaker
from careerforge.gateway.prompt import Completion
from careerforge.gateway.road import Road
from tests.gateway import streams
from tests.gateway.conftest import NOW
from tests.gateway.streams import pieces
from tests.gateway.wire import Wire, prompt

# An answer that is not tried again at once, so that the test need not wait.
DOWN = 418


def play(wire: Wire, *, down: bool = True) -> None:
    """The first provider's next answer, and the second one's behind it."""
    wire.answers.clear()
    if down:
        wire.fails(DOWN)
    else:
        wire.message()
    wire.chat()


def asked(wire: Wire) -> list[str]:
    return ["anthropic" if "messages" in request.path else "openai" for request in wire.requests]


def ask(road: Road) -> Completion:
    answer = road.ask(prompt())
    assert isinstance(answer, Completion)
    return answer


@pytest.fixture
def down(road, wire: Wire):
    """After as many failures as open the breaker."""
    for _ in range(ENOUGH):
        play(wire)
        assert ask(road()).provider == "openai"
    assert Breaker.objects.get().open_until >= NOW + SHORT
    wire.requests.clear()


def test_after_five_failures_everybody_is_answered_by_the_next_one_at_once(road, wire, down):
    wire.answers.clear()
    wire.chat()
    began = time.monotonic()
    assert all(ask(road()).provider == "openai" for _ in range(50))
    assert (time.monotonic() - began) / 50 < 1.5
    assert asked(wire) == ["openai"] * 50


def test_each_minute_one_tries_it_again_and_the_others_do_not_wait_for_it(road, wire, down):
    for minute in range(1, 10):
        wire.requests.clear()
        play(wire)
        for _ in range(5):
            ask(road(NOW + minute * timedelta(seconds=61)))
        assert asked(wire).count("anthropic") == 1


def test_when_it_is_back_it_is_asked_as_before(road, wire, down):
    later = NOW + timedelta(minutes=10)
    play(wire, down=False)
    assert ask(road(later)).provider == "anthropic"
    wire.message()
    wire.answers.pop(0)
    assert ask(road(later)).provider == "anthropic"
    assert Breaker.objects.get().open_until is None


def test_a_stream_goes_to_the_next_one_at_once_too(road, wire, down):
    wire.answers.clear()
    wire.answers_with(streams.response(list(streams.chat_events(pieces()))))
    flow = road().stream(prompt(), field="title")
    assert "".join(flow) == "Data engineer"
    assert asked(wire) == ["openai"]
    assert json.loads(wire.requests[0].get_data())["stream"] is True


def test_streams_that_break_off_five_times_are_a_failure_of_the_provider(road, wire):
    for _ in range(ENOUGH):
        wire.answers.clear()
        wire.answers_with(streams.response(list(streams.message_events(pieces()[:3], streams.ERROR))))
        list(road().stream(prompt(), field="title"))
    assert Breaker.objects.get().open_until
    wire.answers.clear()
    wire.chat()
    assert ask(road()).provider == "openai"


def test_who_leaves_says_nothing_about_the_provider(road, wire):
    for _ in range(ENOUGH):
        wire.answers.clear()
        wire.answers_with(streams.response(list(streams.message_events(pieces(size=1)))))
        with road().stream(prompt(), field="title") as flow:
            next(flow)
    assert not Breaker.objects.exists()
