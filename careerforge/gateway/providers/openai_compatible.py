"""Chat completions through the OpenAI SDK: OpenAI itself, Perplexity, Ollama, vLLM and whoever else
speaks them.
"""

import json
import logging
from dataclasses import dataclass, field
from typing import Any

from careerforge.gateway.answer import Unreadable, read
from careerforge.gateway.errors import BadAnswer, Cut, ProviderError, Refused, Unavailable
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.providers import failure, transport
from careerforge.gateway.providers.retry import Patience, attempts
from careerforge.gateway.providers.wire import Chat

IN_WORDS = "\n\nAnswer with one JSON value that fits this JSON schema, and nothing else:\n"


@dataclass(frozen=True, slots=True)
class OpenAICompatible:
    """A provider by :class:`~careerforge.gateway.provider.Provider`.

    Attributes:
        name: as in the ledger.
        key: API key; local servers take any.
        base_url: already vetted, with its ``/v1`` if the server has one.
        model: the model to ask.
        tokens_name: what this server calls the bound of the answer's length.
        patience: retries and waits.
    """

    name: str
    key: str = field(repr=False)
    base_url: str
    model: str
    tokens_name: str = "max_tokens"
    patience: Patience = field(default_factory=Patience)

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Completion:
        """Answer one prompt within ``timeout_s`` seconds, or raise a ProviderError.

        A server that refuses ``response_format`` is asked again with the schema in words.
        """
        return attempts(lambda left: self._attempt(prompt, left), timeout_s, self.patience)

    def _attempt(self, prompt: Prompt, timeout_s: float) -> Completion:
        end = self.patience.seconds() + timeout_s
        try:
            answer = self._send(self._request(prompt), timeout_s)
        except _NoSchemas:
            left = max(0.001, end - self.patience.seconds())
            answer = self._send(self._request_in_words(prompt), left)
        return self._completion(prompt, answer)

    def _send(self, request: dict[str, Any], timeout_s: float) -> Chat:
        """One request. The SDK's errors end here; theirs carry bodies and headers, ours do not."""
        import openai

        _quiet()
        try:
            with (
                transport.client(timeout_s, self.base_url) as http,
                openai.OpenAI(
                    api_key=self.key,
                    base_url=self.base_url,
                    max_retries=0,
                    timeout=timeout_s,
                    http_client=http,
                ) as sdk,
            ):
                raw = sdk.chat.completions.with_raw_response.create(**request)
                return Chat.model_validate_json(raw.http_response.content)
        except openai.APITimeoutError:
            raise Unavailable(self.name, "timeout") from None
        except openai.APIConnectionError:
            raise Unavailable(self.name, "no_connection", retryable=True) from None
        except openai.APIStatusError as error:
            found = self._status_error(
                request, error.status_code, error.response.headers, error.response.text
            )
            raise found from None
        # ValueError: pydantic's, for a page of HTML with status 200, say.
        except (openai.OpenAIError, ValueError):
            raise BadAnswer(self.name, "not_json") from None

    def _status_error(self, request: dict[str, Any], status: int, headers: Any, body: str) -> Exception:
        if (
            status in {400, 422}
            and "response_format" in request
            and ("response_format" in body or "json_schema" in body)
        ):
            return _NoSchemas()
        return failure.from_status(self.name, status, headers, body)

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        from openai.lib._pydantic import to_strict_json_schema

        shape = {
            "name": prompt.schema.__name__,
            "schema": to_strict_json_schema(prompt.schema),
            "strict": True,
        }
        return self._body(prompt, prompt.system) | {
            "response_format": {"type": "json_schema", "json_schema": shape}
        }

    def _request_in_words(self, prompt: Prompt) -> dict[str, Any]:
        return self._body(prompt, prompt.system + IN_WORDS + json.dumps(prompt.schema.model_json_schema()))

    def _body(self, prompt: Prompt, system: str) -> dict[str, Any]:
        user = "\n\n".join(part for part in (prompt.context, prompt.question) if part)
        return {
            "model": self.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            # Reasoning models count their thinking towards the same bound.
            self.tokens_name: prompt.max_tokens + (prompt.thinking or 0),
        }

    def _completion(self, prompt: Prompt, answer: Chat) -> Completion:
        choice, usage = answer.choices[0], answer.usage.usage() if answer.usage else Usage()
        reason, text = choice.finish_reason or "", choice.message.content or ""
        problem = _stopped_early(reason, choice.message.refusal)
        if problem:
            raise problem(self.name, reason or "stopped", model_answered=answer.model, usage=usage)
        try:
            reading = read(text, prompt.schema, mend=True)
        except Unreadable as error:
            raise failure.from_reading(self.name, error, answer.model, usage) from None
        return Completion(
            text=text,
            parsed=reading.parsed,
            model_asked=self.model,
            model_answered=answer.model,
            usage=usage,
            stop_reason=reason,
            provider=self.name,
            citations=answer.citations,
            repaired=reading.repaired,
        )


class _NoSchemas(Exception):
    """The server does not know ``response_format``."""


def _stopped_early(reason: str, refusal: str | None) -> type[ProviderError] | None:
    if refusal or reason == "content_filter":
        return Refused
    if reason == "length":
        return Cut
    return None if reason in {"stop", ""} else BadAnswer


def _quiet() -> None:
    """At level DEBUG the SDK logs whole prompts."""
    logging.getLogger("openai").setLevel(logging.WARNING)
