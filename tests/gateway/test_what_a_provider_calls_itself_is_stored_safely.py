"""Names and words of a provider that go into rows and onto pages: none of them costs an answer or a row."""

import pytest

from careerforge.gateway import errors
from careerforge.gateway.prompt import Completion
from careerforge.gateway.providers.wire import web_sources
from tests.gateway import streams
from tests.gateway.streams import END, pieces
from tests.gateway.test_streams_over_the_wire import both, provider, read, say
from tests.gateway.wire import Wire, prompt

EVIL = "evil\x00\u202emodel\n"
NAMES = {"anthropic": "claude-sonnet-4-6", "compatible": "local-model"}


def whole(wire: Wire, dialect: str, **fields: str) -> Wire:
    return wire.message(**fields) if dialect == "anthropic" else wire.chat(**fields)


@both
def test_a_models_name_in_a_whole_answer_is_printable(wire: Wire, dialect: str) -> None:
    asked = provider(whole(wire, dialect, model=EVIL), dialect)
    assert asked.complete(prompt(), timeout_s=5).model_answered == "evilmodel"


@both
def test_a_models_name_in_a_stream_is_printable(wire: Wire, dialect: str) -> None:
    events = streams.EVENTS[dialect](pieces(), END)
    evil = [one.replace(f'"{NAMES[dialect]}"', '"evil\\u0000\\u202emodel"') for one in events]
    _got, answer = read(provider(wire.answers_with(streams.response(evil)), dialect))
    assert isinstance(answer, Completion)
    assert answer.model_answered == "evilmodel"


@both
def test_an_unknown_word_for_the_end_is_bounded_and_printable(wire: Wire, dialect: str) -> None:
    asked = provider(whole(wire, dialect, stop="odd\x00" + "x" * 100), dialect)
    with pytest.raises(errors.BadAnswer) as found:
        asked.complete(prompt(), timeout_s=5)
    assert found.value.kind == "odd" + "x" * 37


@both
@pytest.mark.parametrize("text", ["garbage", 'garbage isn"t', '"garb'])
def test_a_stream_that_ends_properly_without_json_is_unusable_and_not_cut(
    wire: Wire, dialect: str, text: str
) -> None:
    _got, error = read(provider(say(wire, dialect, [text]), dialect))
    assert isinstance(error, errors.BadAnswer)
    assert error.problem


def test_titles_of_pages_are_printable() -> None:
    (page,) = web_sources([{"url": "https://example.org/", "title": "A\x00B\u202e"}])
    assert page.title == "AB"
