"""Anthropic's Messages API through its own SDK."""

from collections.abc import Generator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from typing import Any, Literal

from careerforge.gateway.errors import Cut, Refused
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.provider import Again, Gone, always, stays
from careerforge.gateway.providers import prefix, sdk
from careerforge.gateway.providers.messages import Event, Message
from careerforge.gateway.providers.retry import Patience, attempts
from careerforge.gateway.providers.writing import Heard, Stops, Writing, begun

Thinking = Literal["budget", "adaptive", "off"]

# The smallest budget the API takes.
SMALLEST_BUDGET = 1024
# A budget from which on a model that thinks as long as it needs is told to think hard.
MUCH = 4096
STOPS: Stops = {
    "end_turn": None,
    "stop_sequence": None,
    "refusal": Refused,
    "max_tokens": Cut,
    "model_context_window_exceeded": Cut,
}


@dataclass(frozen=True, slots=True)
class Anthropic:
    """A provider by :class:`~careerforge.gateway.provider.Provider`.

    Attributes:
        key: API key.
        base_url: already vetted.
        model: the model to ask.
        thinking: how this model is told to think: a token budget (up to generation 4.6), adaptively with an
            effort, or not at all.
        patience: retries and waits.
    """

    key: str = field(repr=False)
    base_url: str
    model: str
    thinking: Thinking = "off"
    patience: Patience = field(default_factory=Patience)
    name: str = "anthropic"

    def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
        """Answer one prompt within ``timeout_s`` seconds, or raise a ProviderError."""
        return attempts(lambda left: self._attempt(prompt, left), timeout_s, self.patience, again)

    def stream(
        self, prompt: Prompt, *, timeout_s: float, again: Again = always, gone: Gone = stays
    ) -> Generator[str, None, Completion]:
        """The answer's JSON in pieces, within ``timeout_s`` seconds; or a ProviderError."""

        def attempt(left: float) -> Generator[str, None, Completion]:
            return begun(self._pieces(prompt, left, gone))

        return (yield from attempts(attempt, timeout_s, self.patience, again))

    def _attempt(self, prompt: Prompt, timeout_s: float) -> Completion:
        writing = self._writing(prompt)
        with self._client(timeout_s) as client:
            raw = client.messages.with_raw_response.create(**self._request(prompt))
            writing.hear(Message.model_validate_json(raw.http_response.content).heard())
        return writing.completion()

    def _pieces(self, prompt: Prompt, timeout_s: float, gone: Gone) -> Generator[str, None, Completion]:
        writing = self._writing(prompt)
        with writing.unbroken(), closing(self._events(prompt, timeout_s, gone)) as events:
            for heard in events:
                if piece := writing.hear(heard):
                    yield piece
        return writing.completion()

    def _events(self, prompt: Prompt, timeout_s: float, gone: Gone) -> Generator[Heard, None, None]:
        with (
            self._client(timeout_s, gone) as client,
            client.messages.create(**self._request(prompt), stream=True) as events,
        ):
            for event in events:
                yield Event.model_validate(event, from_attributes=True).heard()

    def _client(self, timeout_s: float, gone: Gone = stays) -> AbstractContextManager[Any]:
        import anthropic

        return sdk.opened(anthropic, anthropic.Anthropic, self.name, self.key, self.base_url, timeout_s, gone)

    def _writing(self, prompt: Prompt) -> Writing:
        return Writing(self.name, self.model, prompt, STOPS)

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        import anthropic

        shape = {"type": "json_schema", "schema": anthropic.transform_schema(prompt.schema)}
        request: dict[str, Any] = {
            "model": self.model,
            "system": prefix.marked(prompt.blocks, self.model),
            "messages": [{"role": "user", "content": _blocks(prompt)}],
            "output_config": {"format": shape},
            "max_tokens": prompt.max_tokens,
        }
        return self._with_thinking(request, prompt.thinking)

    def _with_thinking(self, request: dict[str, Any], tokens: int | None) -> dict[str, Any]:
        """Thinking counts towards ``max_tokens``, so the written answer keeps its own share."""
        if tokens is None or self.thinking == "off":
            return request
        budget = max(tokens, SMALLEST_BUDGET)
        request["max_tokens"] += budget
        if self.thinking == "budget":
            request["thinking"] = {"type": "enabled", "budget_tokens": budget}
        else:
            request["thinking"] = {"type": "adaptive"}
            request["output_config"]["effort"] = "high" if budget >= MUCH else "medium"
        return request


def _blocks(prompt: Prompt) -> list[dict[str, str]]:
    return [{"type": "text", "text": part} for part in (prompt.context, prompt.question) if part]
