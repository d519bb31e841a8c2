"""A scripted model behind a real socket: says what the test wrote, in the real wire formats."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from careerforge.gateway.prompt import Prompt
from careerforge.gateway.providers.anthropic import Anthropic, Thinking
from careerforge.gateway.providers.openai_compatible import OpenAICompatible
from careerforge.gateway.providers.retry import Patience

KEY = "sk-secret-key-that-must-not-leak"
QUESTION = "a question that must not leak"


class Reply(BaseModel):
    """What the tests ask for."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    title: str
    score: float = Field(ge=0, le=1)


GOOD = '{"title": "Data engineer", "score": 0.5}'


def prompt(**changes: Any) -> Prompt:
    """A prompt for a :class:`Reply`."""
    given: dict[str, Any] = {
        "function": "test",
        "version": "test-1",
        "system": "You are a test.",
        "context": "Some data.",
        "question": QUESTION,
        "schema": Reply,
        "max_tokens": 100,
    }
    return Prompt(**(given | changes))


@dataclass
class Wire:
    """One server, two dialects, a list of answers; the last one is said again and again."""

    server: HTTPServer
    answers: list[Response] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    # Seconds until it answers.
    thinks: float = 0.0

    def __post_init__(self) -> None:
        self.server.expect_request("/v1/messages", method="POST").respond_with_handler(self._answer)
        self.server.expect_request("/v1/chat/completions", method="POST").respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        self.requests.append(request)
        request.get_data()
        time.sleep(self.thinks)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def fails(self, status: int, body: str = "{}", **headers: str) -> "Wire":
        """An HTTP answer that is no completion."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append(Response(body, status=status, headers=named, content_type="application/json"))
        return self

    def message(self, text: str = GOOD, stop: str = "end_turn", **fields: Any) -> "Wire":
        """Anthropic's answer."""
        body = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "claude-sonnet-4-6",
            "content": [
                {"type": "thinking", "thinking": "hm", "signature": "s"},
                {"type": "text", "text": text},
            ],
            "stop_reason": stop,
            "stop_sequence": None,
            "usage": {
                "input_tokens": 10,
                "output_tokens": 5,
                "cache_creation_input_tokens": 100,
                "cache_read_input_tokens": 7,
            },
        }
        return self.fails(200, json.dumps(body | fields))

    def chat(self, text: str | None = GOOD, stop: str = "stop", **fields: Any) -> "Wire":
        """An answer of chat completions."""
        body = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "local-model",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": stop,
                    "message": {"role": "assistant", "content": text, "refusal": fields.pop("refusal", None)},
                }
            ],
            "usage": {
                "prompt_tokens": 12,
                "completion_tokens": 3,
                "total_tokens": 15,
                "prompt_tokens_details": {"cached_tokens": 4},
            },
        }
        return self.fails(200, json.dumps(body | fields))

    def answers_with(self, answer: Response) -> "Wire":
        """An answer as it is, such as one of :mod:`tests.gateway.streams`."""
        self.answers.append(answer)
        return self

    def patience(self, retries: int = 2) -> Patience:
        """Waits are written down, not waited."""
        return Patience(retries, jitter=lambda: 0.0, sleep=self.waits.append, seconds=time.monotonic)

    def anthropic(self, thinking: Thinking = "off", **changes: Any) -> Anthropic:
        """The adapter, pointed here."""
        given = {"key": KEY, "base_url": self.server.url_for(""), "model": "claude-sonnet-4-6"}
        return Anthropic(**(given | {"thinking": thinking, "patience": self.patience()} | changes))

    def compatible(self, **changes: Any) -> OpenAICompatible:
        """The adapter, pointed here."""
        given = {"name": "openai", "key": KEY, "base_url": self.server.url_for("/v1"), "model": "local-model"}
        return OpenAICompatible(**(given | {"patience": self.patience()} | changes))

    @property
    def sent(self) -> dict[str, Any]:
        """The body of the last request."""
        body: dict[str, Any] = json.loads(self.requests[-1].get_data())
        return body
