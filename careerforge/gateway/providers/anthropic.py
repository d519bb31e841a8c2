"""Anthropic's Messages API through its own SDK."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from careerforge.gateway.answer import Unreadable, read
from careerforge.gateway.errors import BadAnswer, Cut, ProviderError, Refused, Unavailable
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.providers import failure, transport
from careerforge.gateway.providers.retry import Patience, attempts
from careerforge.gateway.providers.wire import Message

Thinking = Literal["budget", "adaptive", "off"]

# The smallest budget the API takes.
SMALLEST_BUDGET = 1024
CUT_REASONS = {"max_tokens", "model_context_window_exceeded"}


@dataclass(frozen=True, slots=True)
class Anthropic:
    """A provider by :class:`~careerforge.gateway.provider.Provider`.

    Attributes:
        key: API key.
        base_url: already vetted.
        model: the model to ask.
        thinking: how this model is told to think: a token budget (up to generation 4.6), adaptively, or
            not at all.
        patience: retries and waits.
    """

    key: str = field(repr=False)
    base_url: str
    model: str
    thinking: Thinking = "off"
    patience: Patience = field(default_factory=Patience)
    name: str = "anthropic"

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Completion:
        """Answer one prompt within ``timeout_s`` seconds, or raise a ProviderError."""
        return attempts(lambda left: self._attempt(prompt, left), timeout_s, self.patience)

    def _attempt(self, prompt: Prompt, timeout_s: float) -> Completion:
        return self._completion(prompt, self._send(prompt, timeout_s))

    def _send(self, prompt: Prompt, timeout_s: float) -> Message:
        """One request. The SDK's errors end here; theirs carry bodies and headers, ours do not."""
        import anthropic

        _quiet()
        try:
            with (
                transport.client(timeout_s, self.base_url) as http,
                anthropic.Anthropic(
                    api_key=self.key,
                    base_url=self.base_url,
                    max_retries=0,
                    timeout=timeout_s,
                    http_client=http,
                ) as sdk,
            ):
                raw = sdk.messages.with_raw_response.create(**self._request(prompt))
                return Message.model_validate_json(raw.http_response.content)
        except anthropic.APITimeoutError:
            raise Unavailable(self.name, "timeout") from None
        except anthropic.APIConnectionError:
            raise Unavailable(self.name, "no_connection", retryable=True) from None
        except anthropic.APIStatusError as error:
            raise failure.from_status(
                self.name, error.status_code, error.response.headers, error.response.text
            ) from None
        # ValueError: pydantic's, for a page of HTML with status 200, say.
        except (anthropic.AnthropicError, ValueError):
            raise BadAnswer(self.name, "not_json") from None

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        import anthropic

        schema = anthropic.transform_schema(prompt.schema)
        return {
            "model": self.model,
            "system": [{"type": "text", "text": prompt.system, "cache_control": {"type": "ephemeral"}}],
            "messages": [{"role": "user", "content": _blocks(prompt)}],
            "output_config": {"format": {"type": "json_schema", "schema": schema}},
            **self._thinking(prompt),
        }

    def _thinking(self, prompt: Prompt) -> Mapping[str, Any]:
        """Thinking counts towards ``max_tokens``, so the written answer keeps its own share."""
        if prompt.thinking is None or self.thinking == "off":
            return {"max_tokens": prompt.max_tokens}
        budget = max(prompt.thinking, SMALLEST_BUDGET)
        how = (
            {"type": "enabled", "budget_tokens": budget}
            if self.thinking == "budget"
            else {"type": "adaptive"}
        )
        return {"max_tokens": prompt.max_tokens + budget, "thinking": how}

    def _completion(self, prompt: Prompt, message: Message) -> Completion:
        usage, reason = message.usage.usage(), message.stop_reason or ""
        problem = _stopped_early(reason)
        if problem:
            raise problem(self.name, reason or "stopped", model_answered=message.model, usage=usage)
        try:
            reading = read(message.text, prompt.schema)
        except Unreadable as error:
            raise failure.from_reading(self.name, error, message.model, usage) from None
        return Completion(
            text=message.text,
            parsed=reading.parsed,
            model_asked=self.model,
            model_answered=message.model,
            usage=usage,
            stop_reason=reason,
            provider=self.name,
        )


def _blocks(prompt: Prompt) -> list[dict[str, str]]:
    return [{"type": "text", "text": part} for part in (prompt.context, prompt.question) if part]


def _stopped_early(reason: str) -> type[ProviderError] | None:
    if reason == "refusal":
        return Refused
    if reason in CUT_REASONS:
        return Cut
    return None if reason in {"end_turn", "stop_sequence"} else BadAnswer


def _quiet() -> None:
    """At level DEBUG the SDK logs whole prompts."""
    logging.getLogger("anthropic").setLevel(logging.WARNING)
