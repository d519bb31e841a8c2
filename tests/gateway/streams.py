"""Answers event by event, in both wire formats."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from werkzeug import Response

from tests.gateway.wire import GOOD

OVERLOADED = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
# What follows the last piece.
END, CUT, ERROR, NOTHING = "end", "cut", "error", "nothing"


def pieces(text: str = GOOD, size: int = 7) -> list[str]:
    """A text in pieces."""
    return [text[at : at + size] for at in range(0, len(text), size)]


def event(name: str, **fields: Any) -> str:
    """One event of Anthropic's."""
    return f"event: {name}\ndata: {json.dumps({'type': name} | fields)}\n\n"


def delta(text: str, kind: str = "text") -> str:
    """A piece of text, or of thinking."""
    return event("content_block_delta", index=0, delta={"type": f"{kind}_delta", kind: text})


def message_events(texts: Iterable[str], then: str = END, stop: str = "end_turn") -> Iterator[str]:
    """An answer of the Messages API, which thinks first."""
    usage = {
        "input_tokens": 10,
        "output_tokens": 1,
        "cache_creation_input_tokens": 100,
        "cache_read_input_tokens": 7,
    }
    head = {"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-sonnet-4-6"}
    empty: dict[str, Any] = {"content": [], "stop_reason": None, "stop_sequence": None, "usage": usage}
    yield event("message_start", message=head | empty)
    yield event("content_block_start", index=0, content_block={"type": "thinking", "thinking": ""})
    yield delta("Secret thoughts", "thinking")
    yield event("content_block_start", index=1, content_block={"type": "text", "text": ""})
    yield event("ping")
    for text in texts:
        yield delta(text)
    if then == ERROR:
        yield f"event: error\ndata: {json.dumps(OVERLOADED)}\n\n"
    if then == END:
        ended = {"stop_reason": stop, "stop_sequence": None}
        yield event("message_delta", delta=ended, usage={"output_tokens": 5})
        yield event("message_stop")


def chat_events(texts: Iterable[str], then: str = END, stop: str = "stop", **fields: Any) -> Iterator[str]:
    """An answer of chat completions."""
    same = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "local-model"} | fields

    def chunk(choices: list[dict[str, Any]], **more: Any) -> str:
        return f"data: {json.dumps(same | {'choices': choices} | more)}\n\n"

    yield chunk([{"index": 0, "delta": {"role": "assistant", "content": ""}, "finish_reason": None}])
    yield chunk([{"index": 0, "delta": {"reasoning_content": "Secret thoughts"}, "finish_reason": None}])
    for text in texts:
        yield chunk([{"index": 0, "delta": {"content": text}, "finish_reason": None}])
    if then == ERROR:
        yield f"data: {json.dumps(OVERLOADED)}\n\n"
    if then == END:
        yield chunk([{"index": 0, "delta": {}, "finish_reason": stop}])
        counts = {"prompt_tokens": 12, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 4}}
        yield chunk([], usage=counts)
        yield "data: [DONE]\n\n"


def response(events: Iterable[str], then: str = END) -> Response:
    """Events as an answer; cut off, it is shorter than it said it would be."""
    if then != CUT:
        return Response(events, content_type="text/event-stream")
    body = "".join(events)
    # From an iterator, so that the length it names is not corrected.
    longer = {"content-length": str(len(body) + 9)}
    return Response(iter([body]), content_type="text/event-stream", headers=longer)


def drip(seconds: float) -> Response:
    """A byte now and then, for two seconds."""

    def bytes_of_it() -> Iterator[str]:
        for _ in range(round(2 / seconds)):
            yield " "
            time.sleep(seconds)

    return Response(bytes_of_it(), content_type="text/event-stream")


EVENTS: dict[str, Callable[..., Iterator[str]]] = {"anthropic": message_events, "compatible": chat_events}
