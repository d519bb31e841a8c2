"""The faults of a script, one a line, put on the wire of either dialect, whole or as a stream.

A line has a name, what is expected, and what happens: a status (or several in turn) with headers and a body,
a text that the model writes, events of a stream, or something below HTTP.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug import Response

from careerforge.assistant.schemas import LearningPath, RoleSuggestions
from careerforge.gateway.complete import complete
from careerforge.gateway.errors import Cut
from careerforge.gateway.prompt import Completion
from careerforge.gateway.provider import Provider
from careerforge.gateway.write import write
from tests.gateway import streams
from tests.gateway.streams import CUT, END, ERROR
from tests.gateway.test_completing import Rows
from tests.gateway.wire import Wire, prompt

Fault = dict[str, Any]

# What a fault must be called in the ledger; whatever is not named here is a bad answer.
OUTCOMES = {
    "429_retry_after": "rate_limited",
    "429_no_retry_after_spend_cap": "out_of_money",
    "400_usage_limit": "out_of_money",
    "402_no_credit": "out_of_money",
    "401_bad_key": "bad_key",
    "404_model_retired": "unavailable",
    "413_too_large": "unavailable",
    "529_overloaded": "unavailable",
    "500_x3_then_ok": "unavailable",
    "503_html_body": "unavailable",
    "200_refusal": "refused",
    "200_stop_reason_max_tokens": "cut",
    "json_fenced": "ok",
    "json_extra_fields": "ok",
    "json_10MB": "unavailable",
    "sse_cut_midway": "cut",
    "sse_error_event_after_200": "unavailable",
    "sse_error_event_after_text": "cut",
}
# For these nobody is asked twice.
FINAL = {
    "429_no_retry_after_spend_cap",
    "400_usage_limit",
    "402_no_credit",
    "401_bad_key",
    "404_model_retired",
}
WRITTEN = re.compile(r'"delta":"([^"]*)"')


def faults(path: Path) -> list[Fault]:
    """The script."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def is_answered(fault: Fault) -> bool:
    """Whether there is a server that answers."""
    return bool({"status", "statuses", "sse"} & set(fault))


def expected(fault: Fault, *, streaming: bool) -> str:
    """What it is called in the ledger."""
    # A stream is no answer for who did not ask for one.
    if "sse" in fault and not streaming:
        return "unavailable" if "close" in fault else "bad_answer"
    # As events, 10 MB are too long a text before they are too long a body.
    if fault["name"] == "json_10MB" and streaming:
        return "bad_answer"
    return OUTCOMES.get(fault["name"], "bad_answer")


@dataclass
class Asked:
    """What came of a question: the pieces that were given out, how it ended, and the ledger."""

    pieces: list[str]
    ended: Completion | Cut | None
    rows: Rows


def ask(provider: Provider, *, streaming: bool, deadline_s: float = 10, **given: Any) -> Asked:
    """Ask one provider, for a whole answer or for a stream of one."""
    rows, asked = Rows(), prompt(**given)
    if not streaming:
        ended = complete(asked, providers=[provider], ledger=rows, allowed=True, deadline_s=deadline_s)
        return Asked([], ended, rows)
    flow = write(asked, providers=[provider], ledger=rows, field="target_role", deadline_s=deadline_s)
    got: list[str] = []
    while True:
        try:
            got.append(next(flow))
        except StopIteration as end:
            return Asked(got, end.value, rows)


def play(wire: Wire, fault: Fault, dialect: str, *, streaming: bool) -> None:
    """Put an answered fault on the wire."""
    if "sse" in fault:
        wire.answers_with(_events(fault, dialect))
        return
    for status in fault.get("statuses", [fault.get("status")]):
        text = fault.get("text", "x" * fault["size"] if "size" in fault else None)
        if status != 200 or text is None:
            headers = {name.replace("-", "_"): value for name, value in fault.get("headers", {}).items()}
            wire.fails(status, fault.get("body_text", json.dumps(fault.get("body", {}))), **headers)
        else:
            _write(wire, text, _stop(fault, dialect), dialect, streaming=streaming)


def schema_of(fault: Fault) -> type[LearningPath] | type[RoleSuggestions]:
    """What was asked for."""
    return LearningPath if fault["name"].startswith("path_") else RoleSuggestions


def _write(wire: Wire, text: str, stop: str, dialect: str, *, streaming: bool) -> None:
    if streaming:
        texts = streams.pieces(text, max(7, len(text) // 50))
        wire.answers_with(streams.response(list(streams.EVENTS[dialect](texts, END, stop))))
    elif dialect == "anthropic":
        wire.message(text, stop)
    else:
        wire.chat(text, stop)


def _stop(fault: Fault, dialect: str) -> str:
    if dialect == "anthropic":
        return str(fault.get("stop_reason", "end_turn"))
    return "length" if "stop_reason" in fault else "stop"


def _events(fault: Fault, dialect: str) -> Response:
    """The script's own events, in the dialect's words."""
    texts = [text for one in fault["sse"] for text in WRITTEN.findall(one)]
    then = CUT if fault.get("close") else ERROR if "error" in fault["sse"][-1] else END
    return streams.response(list(streams.EVENTS[dialect](texts, then)), then)
