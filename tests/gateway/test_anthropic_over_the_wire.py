import logging
import traceback

import pytest

from careerforge.gateway import errors
from careerforge.gateway.prompt import WebSource
from tests.gateway.wire import GOOD, KEY, QUESTION, Reply, Wire, prompt


def ask(wire: Wire, **changes):
    return wire.anthropic().complete(prompt(**changes), timeout_s=5)


def test_a_good_answer_is_parsed_and_its_tokens_counted(wire: Wire) -> None:
    answer = ask(wire.message())
    assert answer.parsed == Reply(title="Data engineer", score=0.5)
    assert answer.text == GOOD
    usage = answer.usage
    assert (usage.input, usage.output, usage.cache_write, usage.cache_read) == (10, 5, 100, 7)


def test_the_data_stays_in_the_message(wire: Wire) -> None:
    ask(wire.message())
    assert wire.sent["system"] == [{"type": "text", "text": "You are a test."}]
    assert [part["text"] for part in wire.sent["messages"][0]["content"]] == ["Some data.", QUESTION]


def test_the_schema_is_sent_with_the_request(wire: Wire) -> None:
    ask(wire.message())
    shape = wire.sent["output_config"]["format"]
    assert shape["type"] == "json_schema"
    assert set(shape["schema"]["properties"]) == {"title", "score"}


@pytest.mark.parametrize(
    ("mode", "thinking", "max_tokens"),
    [
        ("budget", {"type": "enabled", "budget_tokens": 2048}, 2148),
        ("adaptive", {"type": "adaptive"}, 2148),
        ("off", None, 100),
    ],
)
def test_thinking_follows_the_model_and_leaves_the_answer_its_room(
    wire: Wire, mode, thinking, max_tokens
) -> None:
    wire.message().anthropic(mode).complete(prompt(thinking=2048), timeout_s=5)
    assert wire.sent.get("thinking") == thinking
    assert wire.sent["max_tokens"] == max_tokens


@pytest.mark.parametrize(("tokens", "effort"), [(2048, "medium"), (4096, "high")])
def test_a_model_that_thinks_as_long_as_it_needs_is_told_how_hard(wire: Wire, tokens, effort) -> None:
    wire.message().anthropic("adaptive").complete(prompt(thinking=tokens), timeout_s=5)
    assert wire.sent["output_config"]["effort"] == effort
    wire.anthropic("budget").complete(prompt(thinking=tokens), timeout_s=5)
    assert "effort" not in wire.sent["output_config"]


LONG = "You advise people on their careers. " * 120


@pytest.mark.parametrize(
    ("model", "blocks", "marked"),
    [
        ("claude-sonnet-4-6", (LONG, "Own part."), [True, True]),
        ("claude-sonnet-4-6", ("Short. ", "Own part."), [False, False]),
        ("claude-sonnet-4-6", ("Short. ", LONG), [False, True]),
        ("claude-haiku-4-5", (LONG, "Own part."), [False, False]),
        ("claude-haiku-4-5-20251001", (LONG * 4, "Own part."), [True, True]),
        ("claude-opus-4-6", (LONG * 3, LONG), [False, True]),
        ("claude-sonnet-4-6", (LONG, *"abcde"), [False, False, True, True, True, True]),
    ],
)
def test_a_prefix_is_marked_for_the_cache_where_this_model_keeps_one_so_long(
    wire: Wire, model, blocks, marked
) -> None:
    wire.message().anthropic(model=model).complete(prompt(system=blocks), timeout_s=5)
    assert [block["text"] for block in wire.sent["system"]] == list(blocks)
    assert ["cache_control" in block for block in wire.sent["system"]] == marked


def test_citations_of_pages_are_kept_as_untrusted_sources(wire: Wire) -> None:
    page = {"type": "web_search_result_location", "url": "https://example.org/a", "title": "A"}
    cited = [{**page, "cited_text": "Said there."}, {"type": "char_location", "cited_text": "No page."}]
    wire.message(content=[{"type": "text", "text": GOOD, "citations": cited}])
    assert ask(wire).web_sources == (WebSource("https://example.org/a", "A", "", "Said there."),)


def test_an_overloaded_provider_is_asked_again_after_a_pause(wire: Wire) -> None:
    body = '{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}'
    answer = ask(wire.fails(529, body).message())
    assert answer.parsed
    assert wire.waits == [0.5]


def test_after_two_retries_it_gives_up(wire: Wire) -> None:
    with pytest.raises(errors.Unavailable):
        ask(wire.fails(500))
    assert len(wire.requests) == 3
    assert wire.waits == [0.5, 1.0]


def test_no_retry_begins_that_cannot_end_in_time(wire: Wire) -> None:
    with pytest.raises(errors.RateLimited):
        wire.fails(429, retry_after="9").anthropic().complete(prompt(), timeout_s=3)
    assert wire.waits == []


def test_a_rate_limit_is_waited_for_as_long_as_the_provider_says(wire: Wire) -> None:
    assert ask(wire.fails(429, retry_after="2").message())
    assert wire.waits == [2.0]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (429, "{}", errors.RateLimited),
        (429, '{"error": {"details": {"error_code": "enforced_spend_limit_reached"}}}', errors.OutOfMoney),
        (
            400,
            '{"error": {"message": "You have reached your specified API usage limits."}}',
            errors.OutOfMoney,
        ),
        (402, "{}", errors.OutOfMoney),
        (401, "{}", errors.BadKey),
        (403, "{}", errors.BadKey),
        (404, '{"error": {"type": "not_found_error", "message": "model: gone"}}', errors.Unavailable),
        (413, "{}", errors.Unavailable),
    ],
)
def test_what_will_not_change_is_not_tried_again(wire: Wire, status, body, error) -> None:
    with pytest.raises(error):
        ask(wire.fails(status, body))
    assert len(wire.requests) == 1


def test_a_retired_model_is_told_from_a_provider_that_is_down(wire: Wire) -> None:
    with pytest.raises(errors.Unavailable) as caught:
        ask(wire.fails(404))
    assert caught.value.kind == "model_not_found"


@pytest.mark.parametrize(
    ("text", "stop", "error"),
    [
        ('{"title": "Data eng', "max_tokens", errors.Cut),
        ('{"title": "Data eng', "end_turn", errors.Cut),
        (GOOD, "max_tokens", errors.Cut),
        (GOOD, "refusal", errors.Refused),
        ("I can't help with that.", "end_turn", errors.Refused),
        ("Here you are: nothing", "end_turn", errors.BadAnswer),
        ("", "end_turn", errors.BadAnswer),
        ('{"title": "x", "score": 1.7}', "end_turn", errors.BadAnswer),
        ("{'title': 'x', 'score': 1,}", "end_turn", errors.BadAnswer),
    ],
)
def test_an_unusable_answer_is_an_error_that_still_counts_its_tokens(wire: Wire, text, stop, error) -> None:
    with pytest.raises(error) as caught:
        ask(wire.message(text, stop))
    assert caught.value.usage.output == 5
    assert caught.value.model_answered == "claude-sonnet-4-6"


@pytest.mark.parametrize(
    ("answered", "other"),
    [
        ("claude-sonnet-4-6", False),
        ("claude-sonnet-4-6-20260101", False),
        ("claude-sonnet-4-6-mini", True),
        ("", True),
    ],
)
def test_another_model_than_asked_is_noticed(wire: Wire, answered, other) -> None:
    assert ask(wire.message(model=answered)).other_model is other


@pytest.mark.parametrize(
    "body", ["<html>captive portal</html>", "", "[]", "null", '{"type": "message"}', '{"content": 3}']
)
def test_status_200_with_something_else_is_no_answer(wire: Wire, body) -> None:
    with pytest.raises(errors.BadAnswer):
        ask(wire.fails(200, body))


def test_neither_key_nor_question_gets_into_an_error_or_a_log(wire: Wire, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    echoed = f'{{"error": {{"message": "bad key {KEY} for {QUESTION}"}}}}'
    with pytest.raises(errors.BadKey) as caught:
        ask(wire.fails(401, echoed))
    told = "".join([*traceback.format_exception(caught.value), repr(caught.value), caplog.text])
    assert KEY not in told
    assert QUESTION not in told
    assert KEY not in repr(wire.anthropic())


def test_nobody_listening_is_a_quick_failure(wire: Wire) -> None:
    nowhere = wire.anthropic(base_url="http://127.0.0.1:9", patience=wire.patience(0))
    with pytest.raises(errors.Unavailable) as caught:
        nowhere.complete(prompt(), timeout_s=5)
    assert caught.value.kind == "no_connection"
