"""Answers as a provider sends them, and a transport that gives each to the one request it belongs to."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug import Request, Response

from tests.assistant.composing.cases import EVERY, Case

GOOD: Mapping[str, Any] = {
    "advice": {"answer": "Batch orchestration is at level 1.0 of 3."},
    "chat": {"answer": "Your next step is Batch orchestration, from level 1.0 to 3."},
    "path": {
        "target_role": "Data engineer",
        "summary": "Batch orchestration comes first.",
        "nodes": [
            {
                "id": "s1",
                "description": "You run a batch pipeline alone.",
                "estimated_hours": 50,
                "prerequisites": [],
                "resources": ["r1"],
            }
        ],
    },
    "roles": {"roles": [{"id": "r1", "text": "You run the pipelines of a team."}]},
    "gap": {"skills": [{"id": "s1", "text": "You run a batch pipeline alone."}]},
}

OVERLOADED = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}


@dataclass(frozen=True)
class Recording:
    """What came back, and what has to come of it: ``ok``, ``repaired``, or the kind of the error."""

    body: Mapping[str, Any]
    outcome: str
    status: int = 200


def _message(text: str, stop: str = "end_turn") -> Mapping[str, Any]:
    """Anthropic's Messages API, as documented."""
    return {
        "id": "msg_01",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-4-6",
        "content": [{"type": "text", "text": text}] if text else [],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": {"input_tokens": 900, "output_tokens": 60,
                  "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0},
    }  # fmt: skip


def _broken(text: str) -> str:
    """With the comma too many that sloppy JSON has."""
    return text[:-1] + ",}"


# What is answered in which case.
ANSWERS: Mapping[str, Callable[[str], Recording]] = {
    "plain": lambda good: Recording(_message(good), "ok"),
    "markup": lambda good: Recording(_message(f"```json\n{good}\n```"), "ok"),
    "template code": lambda good: Recording(_message(_broken(good)), "not_json"),
    "forged mark": lambda good: Recording(_message(f'{good[:-1]}, "obeyed": true}}'), "ok"),
    "forged part": lambda good: Recording(_message(good[: len(good) // 2], "max_tokens"), "max_tokens"),
    "other scripts": lambda good: Recording(_message(good.replace(" is ", " ist ")), "ok"),
    "tokens of people": lambda good: Recording(_message("I’m sorry, I can’t help with that."), "declined"),
    "lines": lambda good: Recording(_message(good, "refusal"), "refusal"),
    "long": lambda good: Recording(_message(f"{good[:-1]}, {good[1:]}"), "schema"),
    "empty": lambda good: Recording(_message(""), "empty"),
    "many": lambda good: Recording(_message("{}"), "schema"),
    "another day": lambda good: Recording(OVERLOADED, "overloaded", 529),
}


def recording(case: Case) -> Recording:
    """The answer that was recorded for a case."""
    return ANSWERS[case.case](json.dumps(GOOD[case.name]))


@dataclass
class Tape:
    """Gives back what was recorded; what was not is an error and is remembered. Nothing reaches a network."""

    asked: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    known: Mapping[str, Recording] = field(
        default_factory=lambda: {key_of(case): recording(case) for case in EVERY}
    )

    def answer(self, request: Request) -> Response:
        """One request of the Messages API."""
        key = _key(_texts(json.loads(request.get_data())))
        found = self.known.get(key)
        self.asked.append(key)
        if found is None:
            self.unknown.append(key)
            return Response('{"error": "nothing is recorded for this request"}', status=418)
        return Response(json.dumps(found.body), status=found.status, content_type="application/json")


def key_of(case: Case) -> str:
    """Of all that is said in a case's request."""
    parts = case.parts
    return _key([*parts.blocks, parts.context, parts.question])


def _texts(body: Mapping[str, Any]) -> list[str]:
    blocks = [*body["system"], *(block for one in body["messages"] for block in one["content"])]
    return [block["text"] for block in blocks]


def _key(texts: list[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
