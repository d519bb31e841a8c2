"""Both adapters, event by event: what comes out, and how it ends when something breaks."""

import time
from collections.abc import Iterator
from threading import Event

import pytest

from careerforge.gateway import errors
from careerforge.gateway.prompt import Completion, Usage
from careerforge.gateway.provider import Provider
from tests.gateway import streams
from tests.gateway.streams import CUT, END, ERROR, NOTHING, pieces
from tests.gateway.wire import GOOD, Reply, Wire, prompt

DIALECTS = ["anthropic", "compatible"]
both = pytest.mark.parametrize("dialect", DIALECTS)


def say(wire: Wire, dialect: str, texts: list[str], then: str = END, **stop: str) -> Wire:
    events = streams.EVENTS[dialect]
    return wire.answers_with(streams.response(events(texts, then, **stop), then))


def provider(wire: Wire, dialect: str, **changes: object) -> Provider:
    found: Provider = getattr(wire, dialect)(**changes)
    return found


def read(asked: Provider, timeout_s: float = 5.0) -> tuple[list[str], Completion | errors.ProviderError]:
    """Every piece, and how it ended."""
    got: list[str] = []
    stream = asked.stream(prompt(), timeout_s=timeout_s)
    while True:
        try:
            got.append(next(stream))
        except StopIteration as end:
            completion: Completion = end.value
            return got, completion
        except errors.ProviderError as error:
            return got, error


@both
def test_the_text_comes_piece_by_piece_without_thinking_and_then_the_answer(wire: Wire, dialect: str) -> None:
    got, answer = read(provider(say(wire, dialect, pieces()), dialect))
    assert got == pieces()
    assert isinstance(answer, Completion)
    assert (answer.text, answer.parsed) == (GOOD, Reply(title="Data engineer", score=0.5))
    assert wire.sent["stream"] is True


@pytest.mark.parametrize(
    ("dialect", "usage"), [("anthropic", Usage(10, 5, 7, 100)), ("compatible", Usage(8, 3, 4))]
)
def test_its_tokens_are_counted(wire: Wire, dialect: str, usage: Usage) -> None:
    _got, answer = read(provider(say(wire, dialect, pieces()), dialect))
    assert answer.usage == usage


@both
@pytest.mark.parametrize(
    ("then", "kind"), [(CUT, "no_connection"), (ERROR, "overloaded"), (NOTHING, "no_end")]
)
def test_what_breaks_off_is_a_cut_that_is_not_tried_again_and_is_paid_for(
    wire: Wire, dialect: str, then: str, kind: str
) -> None:
    got, error = read(provider(say(wire, dialect, pieces()[:4], then), dialect))
    assert got == pieces()[:4]
    assert isinstance(error, errors.Cut)
    assert (error.kind, error.text) == (kind, "".join(got))
    assert error.usage.input > 0
    assert error.usage.output >= len("".join(got)) // 4
    assert len(wire.requests) == 1


@pytest.mark.parametrize(("dialect", "stop"), [("anthropic", "max_tokens"), ("compatible", "length")])
def test_at_its_longest_an_answer_is_cut(wire: Wire, dialect: str, stop: str) -> None:
    _got, error = read(provider(say(wire, dialect, pieces(), stop=stop), dialect))
    assert isinstance(error, errors.Cut)
    assert error.kind == stop


@both
def test_an_error_before_the_first_piece_is_tried_again(wire: Wire, dialect: str) -> None:
    say(wire, dialect, [], ERROR)
    got, answer = read(provider(say(wire, dialect, pieces()), dialect))
    assert isinstance(answer, Completion)
    assert got == pieces()
    assert wire.waits == [0.5]


@both
@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, "{}", errors.BadKey),
        (402, "{}", errors.OutOfMoney),
        (404, "{}", errors.Unavailable),
        (429, '{"error": {"details": {"error_code": "enforced_spend_limit_reached"}}}', errors.OutOfMoney),
        (503, "<html>nginx</html>", errors.Unavailable),
        (200, "<html>captive portal</html>", errors.BadAnswer),
        (200, "", errors.BadAnswer),
    ],
)
def test_an_answer_that_is_no_stream_is_the_same_error_as_without_streaming(
    wire: Wire, dialect: str, status: int, body: str, error: type[errors.ProviderError]
) -> None:
    got, ended = read(provider(wire.fails(status, body), dialect))
    assert not got
    assert isinstance(ended, error)


@both
def test_a_wrong_answer_ends_as_one(wire: Wire, dialect: str) -> None:
    _got, error = read(provider(say(wire, dialect, ['{"title": "x", ', '"score": 7}']), dialect))
    assert isinstance(error, errors.BadAnswer)
    assert "score" in error.problem


@both
def test_who_goes_away_cancels_the_call_and_pays_for_what_has_come(wire: Wire, dialect: str) -> None:
    noticed = Event()

    def endless() -> Iterator[str]:
        try:
            for _ in range(2000):
                yield "x" * 50
                time.sleep(0.002)
        finally:
            noticed.set()

    events = streams.EVENTS[dialect]
    wire.answers_with(streams.response(events(endless())))
    stream = provider(wire, dialect).stream(prompt(), timeout_s=5)
    got = [next(stream) for _ in range(3)]
    with pytest.raises(errors.Cut) as caught:
        stream.close()
    assert caught.value.kind == "left"
    assert caught.value.usage.output >= len("".join(got)) // 4
    assert noticed.wait(5)


@both
def test_a_drip_lasts_no_longer_than_the_deadline(wire: Wire, dialect: str) -> None:
    def drip() -> Iterator[str]:
        for piece in pieces():
            yield piece
            time.sleep(0.2)

    events = streams.EVENTS[dialect]
    wire.answers_with(streams.response(events(drip())))
    _got, error = read(provider(wire, dialect), timeout_s=0.5)
    assert isinstance(error, errors.Cut)
    assert error.kind == "timeout"


def test_a_server_that_knows_no_stream_options_and_no_schemas_is_asked_without(wire: Wire) -> None:
    wire.fails(400, '{"error": {"message": "unknown field stream_options"}}')
    wire.fails(400, '{"error": {"message": "response_format is not supported"}}')
    _got, answer = read(provider(say(wire, "compatible", pieces()), "compatible"))
    assert isinstance(answer, Completion)
    assert "stream_options" not in wire.sent
    assert "response_format" not in wire.sent
    assert '"score"' in wire.sent["messages"][0]["content"]
