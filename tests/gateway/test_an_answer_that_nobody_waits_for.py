"""Whoever has stopped an answer is not asked for money any more: no further call leaves."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event

import pytest

from careerforge.gateway.cache import Keeping, Patience
from careerforge.gateway.errors import Cut
from careerforge.gateway.models import Breaker, CachedAnswer, ModelCall, Spend
from careerforge.gateway.prompt import Completion
from careerforge.gateway.providers import retry
from tests.gateway import streams
from tests.gateway.wire import GOOD, Wire, prompt

KEPT = Keeping(("somebody",), 3600, lambda _key, text: text.encode(), lambda _key, sealed: sealed.decode())


@pytest.fixture
def stopped(wire: Wire):
    """Stopped once so many calls have left."""
    return lambda after=0: lambda: len(wire.requests) >= after


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(retry, "FIRST_WAIT_S", 0.0)


def test_stopped_before_it_began_it_asks_nobody_and_leaves_nothing(road, wire, stopped):
    going = road(stops=stopped())
    with going.stream(prompt(), KEPT, field="title") as flow:
        assert list(flow) == []
    assert (flow.ended, going.ask(prompt())) == (None, None)
    assert not wire.requests
    assert not ModelCall.objects.exists()
    assert not Spend.objects.exists()
    assert not CachedAnswer.objects.exists()


@pytest.mark.parametrize("status", [529, 402], ids=["no retry", "no other provider"])
def test_stopped_after_the_first_call_nothing_else_leaves(road, wire, stopped, status):
    wire.fails(status).message()
    assert road(stops=stopped(after=1)).ask(prompt(), KEPT) is None
    assert len(wire.requests) == 1
    assert ModelCall.objects.count() == 1


def test_what_is_stopped_keeps_nobody_else_from_asking(road, wire, stopped):
    wire.fails(529).message()
    assert road(stops=stopped(after=1)).ask(prompt(), KEPT) is None
    assert isinstance(road().ask(prompt(), KEPT), Completion)


def test_stopped_while_somebody_else_makes_the_answer_it_does_not_wait_for_it(road, wire):
    wire.message()
    road().ask(prompt(), KEPT)
    CachedAnswer.objects.update(sealed_text=None, claimed_until="2030-01-01T00:00Z")
    waits: list[float] = []

    def never_over(_seconds: float) -> None:
        waits.append(_seconds)
        assert len(waits) < 3

    going = road(stops=lambda: bool(waits), patience=Patience(seconds=60, sleep=never_over))
    assert going.ask(prompt(), KEPT) is None
    assert len(waits) == 1
    assert len(wire.requests) == 1


def test_nobody_stops_by_themselves(road, wire):
    wire.message()
    assert isinstance(replace(road(), stops=lambda: False).ask(prompt()), Completion)


@pytest.fixture
def silent(wire: Wire):
    """A provider that falls silent behind its first words until the test is over. Then somebody stops it."""
    stopped, over = Event(), Event()

    def writes(dialect: str, *words: str) -> Event:
        def texts() -> Iterator[str]:
            yield from words
            stopped.set()
            over.wait(30)

        wire.answers_with(streams.response(streams.EVENTS[dialect](texts())))
        return stopped

    yield writes
    over.set()


def only(environ: dict[str, str], dialect: str) -> dict[str, str]:
    """Keys of the provider that speaks it."""
    start = "ANTHROPIC" if dialect == "anthropic" else "OPENAI"
    return {name: value for name, value in environ.items() if name.startswith(start)}


@pytest.mark.parametrize("dialect", ["anthropic", "compatible"])
def test_stopped_while_the_provider_is_silent_the_call_ends_at_once_and_is_on_the_books(
    road, environ, silent, wire, dialect
):
    stopped = silent(dialect)
    with road(stops=stopped.is_set, environ=only(environ, dialect)).stream(prompt(), field="title") as flow:
        assert list(flow) == []
    call = ModelCall.objects.get()
    assert (call.outcome, call.error_kind) == ("cut", "left")
    assert call.input_tokens > 0
    assert Spend.objects.filter(calls=1, tokens__gte=call.input_tokens).exists()
    assert flow.ended is None
    assert len(wire.requests) == 1
    assert not Breaker.objects.exists()


def test_stopped_in_the_middle_of_an_answer_it_does_not_wait_for_the_next_word(road, environ, silent):
    stopped = silent("compatible", GOOD[:18])
    going = road(stops=stopped.is_set, environ=only(environ, "compatible"))
    with going.stream(prompt(), field="title") as flow:
        assert list(flow) == [GOOD[11:18]]
    assert isinstance(flow.ended, Cut)
    assert ModelCall.objects.get().error_kind == "left"
