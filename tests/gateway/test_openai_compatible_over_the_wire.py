import json

import pytest

from careerforge.gateway import errors
from careerforge.gateway.prompt import Completion, WebSource
from tests.gateway.streams import chat_events, pieces, response
from tests.gateway.test_streams_over_the_wire import read
from tests.gateway.wire import KEY, Reply, Wire, prompt

NO_SCHEMAS = '{"error": {"message": "response_format.type json_schema is not supported"}}'


def ask(wire: Wire, **changes):
    return wire.compatible(**changes).complete(prompt(), timeout_s=5)


def test_a_good_answer_is_parsed_and_cached_tokens_are_counted_apart(wire: Wire) -> None:
    answer = ask(wire.chat())
    assert answer.parsed == Reply(title="Data engineer", score=0.5)
    assert (answer.usage.input, answer.usage.output, answer.usage.cache_read) == (8, 3, 4)


def test_the_schema_is_sent_strict(wire: Wire) -> None:
    ask(wire.chat())
    shape = wire.sent["response_format"]["json_schema"]
    assert shape["strict"] is True
    assert shape["schema"]["additionalProperties"] is False


def test_a_server_without_schemas_is_told_in_words(wire: Wire) -> None:
    assert ask(wire.fails(400, NO_SCHEMAS).chat()).parsed
    assert "response_format" not in wire.sent
    assert '"score"' in wire.sent["messages"][0]["content"]


def test_sloppy_punctuation_is_mended_and_said_to_be(wire: Wire) -> None:
    answer = ask(wire.chat("{'title': 'x', 'score': 1,}"))
    assert answer.parsed == Reply(title="x", score=1)
    assert answer.repaired


def test_a_fence_around_the_answer_is_taken_off(wire: Wire) -> None:
    assert not ask(wire.chat('Here:\n```json\n{"title": "x", "score": 1}\n```')).repaired


@pytest.mark.parametrize(
    ("text", "stop", "error"),
    [
        ('{"title": "Data eng', "stop", errors.Cut),
        ('{"title": "x", "score": 1}', "length", errors.Cut),
        ('{"title": "x", "score": 1}', "content_filter", errors.Refused),
        ('{"title": "x", "score": NaN}', "stop", errors.BadAnswer),
        ('{"title": "x", "score": "0.9"}', "stop", errors.BadAnswer),
        ('{"title": "x", "title": "y", "score": 1}', "stop", errors.BadAnswer),
        (None, "stop", errors.BadAnswer),
    ],
)
def test_what_would_have_to_be_invented_is_refused(wire: Wire, text, stop, error) -> None:
    with pytest.raises(error):
        ask(wire.chat(text, stop))


def test_a_refusal_is_a_refusal(wire: Wire) -> None:
    with pytest.raises(errors.Refused):
        ask(wire.chat(None, refusal="I will not."))


def test_a_searching_providers_addresses_are_kept_if_they_are_https(wire: Wire) -> None:
    wire.chat(citations=["https://example.org/a", "javascript:alert(1)", "http://example.org", 7])
    assert ask(wire).web_sources == (WebSource("https://example.org/a"),)


def test_search_results_bring_title_date_and_snippet_and_are_bounded(wire: Wire) -> None:
    found = {"title": "T" * 900, "date": "2026-02-01", "snippet": "Two\nlines", "last_updated": None}
    wire.chat(
        citations=["https://example.org/a", "https://example.org/b"],
        search_results=[
            {"url": "https://example.org/b", **found},
            {"url": "https://me:secret@example.org/c", **found},
            {"url": "https://example.org/" + "x" * 600},
            {"url": ["https://example.org"], "title": 7},
            None,
        ],
    )
    first, second = ask(wire).web_sources
    assert second == WebSource("https://example.org/a")
    assert first.address == "https://example.org/b"
    assert (len(first.title), first.date, first.snippet) == (200, "2026-02-01", "Two lines")


def test_a_stream_brings_its_sources_too(wire: Wire) -> None:
    wire.answers_with(response(chat_events(pieces(), citations=["https://example.org/a"])))
    _got, answer = read(wire.compatible())
    assert isinstance(answer, Completion)
    assert answer.web_sources == (WebSource("https://example.org/a"),)


def test_an_empty_quota_is_about_money_not_about_speed(wire: Wire) -> None:
    with pytest.raises(errors.OutOfMoney):
        ask(wire.fails(429, '{"error": {"code": "insufficient_quota"}}', retry_after="1"))
    assert len(wire.requests) == 1


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": "many", "completion_tokens": -1}])
def test_an_answer_is_not_lost_for_a_strange_count(wire: Wire, usage) -> None:
    answer = ask(wire.chat(usage=usage))
    assert (answer.usage.input, answer.usage.output) == (0, 0)


def test_the_bound_of_the_length_goes_by_the_servers_name_for_it(wire: Wire) -> None:
    ask(wire.chat(), tokens_name="max_completion_tokens")
    assert wire.sent["max_completion_tokens"] == 100
    assert "max_tokens" not in wire.sent


def test_the_key_goes_to_the_server_and_nowhere_else(wire: Wire) -> None:
    ask(wire.chat())
    assert wire.requests[-1].headers["Authorization"] == f"Bearer {KEY}"
    assert KEY not in json.dumps(wire.sent)
    assert KEY not in repr(wire.compatible())
