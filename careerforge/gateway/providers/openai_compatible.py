"""Chat completions through the OpenAI SDK: OpenAI itself, Perplexity, Ollama, vLLM and whoever else
speaks them.
"""

import json
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from careerforge.gateway.errors import Cut, ProviderError, Refused
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.provider import Again, Gone, always, stays
from careerforge.gateway.providers import sdk
from careerforge.gateway.providers.chats import Chat, Chunk
from careerforge.gateway.providers.retry import Patience, attempts
from careerforge.gateway.providers.writing import Heard, Stops, Writing, begun

Answer = TypeVar("Answer")

IN_WORDS = "\n\nAnswer with one JSON value that fits this JSON schema, and nothing else:\n"
STOPS: Stops = {"stop": None, "": None, "length": Cut, "content_filter": Refused}


@dataclass(frozen=True, slots=True)
class OpenAICompatible:
    """A provider by :class:`~careerforge.gateway.provider.Provider`.

    A server that refuses ``response_format`` is asked again with the schema in words, and one that refuses
    ``stream_options`` without a count of tokens.

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

    def complete(self, prompt: Prompt, *, timeout_s: float, again: Again = always) -> Completion:
        """Answer one prompt within ``timeout_s`` seconds, or raise a ProviderError."""

        def attempt(request: dict[str, Any], left: float) -> Completion:
            return self._attempt(prompt, request, left)

        understood = _Understood(prompt, self._request(prompt), attempt, again, self.patience.seconds)
        return attempts(understood, timeout_s, self.patience, again)

    def stream(
        self, prompt: Prompt, *, timeout_s: float, again: Again = always, gone: Gone = stays
    ) -> Generator[str, None, Completion]:
        """The answer's JSON in pieces, within ``timeout_s`` seconds; or a ProviderError."""

        def attempt(request: dict[str, Any], left: float) -> Generator[str, None, Completion]:
            return begun(self._pieces(prompt, request, left, gone))

        request = self._request(prompt) | {"stream": True, "stream_options": {"include_usage": True}}
        understood = _Understood(prompt, request, attempt, again, self.patience.seconds)
        return (yield from attempts(understood, timeout_s, self.patience, again))

    def _attempt(self, prompt: Prompt, request: dict[str, Any], timeout_s: float) -> Completion:
        writing = self._writing(prompt)
        with self._client(timeout_s) as client:
            raw = client.chat.completions.with_raw_response.create(**request)
            writing.hear(Chat.model_validate_json(raw.http_response.content).heard())
        return writing.completion()

    def _pieces(
        self, prompt: Prompt, request: dict[str, Any], timeout_s: float, gone: Gone
    ) -> Generator[str, None, Completion]:
        writing = self._writing(prompt)
        with writing.unbroken(), closing(self._chunks(request, timeout_s, gone)) as chunks:
            for heard in chunks:
                if piece := writing.hear(heard):
                    yield piece
        return writing.completion()

    def _chunks(self, request: dict[str, Any], timeout_s: float, gone: Gone) -> Generator[Heard, None, None]:
        with self._client(timeout_s, gone) as client, client.chat.completions.create(**request) as chunks:
            for chunk in chunks:
                yield Chunk.model_validate(chunk, from_attributes=True).heard()

    def _client(self, timeout_s: float, gone: Gone = stays) -> AbstractContextManager[Any]:
        import openai

        return sdk.opened(openai, openai.OpenAI, self.name, self.key, self.base_url, timeout_s, gone)

    def _writing(self, prompt: Prompt) -> Writing:
        return Writing(self.name, self.model, prompt, STOPS, mend=True)

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        from openai.lib._pydantic import to_strict_json_schema

        shape = {
            "name": prompt.schema.__name__,
            "schema": to_strict_json_schema(prompt.schema),
            "strict": True,
        }
        return {
            "model": self.model,
            "messages": _messages(prompt.whole_system, prompt),
            # Reasoning models count their thinking towards the same bound.
            self.tokens_name: prompt.max_tokens + (prompt.thinking or 0),
            "response_format": {"type": "json_schema", "json_schema": shape},
        }


@dataclass
class _Understood(Generic[Answer]):
    """An attempt, and further ones without what the server does not know."""

    prompt: Prompt
    request: dict[str, Any]
    attempt: Callable[[dict[str, Any], float], Answer]
    again: Again
    seconds: Callable[[], float]

    def __call__(self, timeout_s: float) -> Answer:
        end = self.seconds() + timeout_s
        while True:
            try:
                return self.attempt(self.request, max(0.001, end - self.seconds()))
            except ProviderError as error:
                other = self._plainer(error.kind)
                if other is None or not self.again(error):
                    raise
                self.request = other

    def _plainer(self, unknown: str) -> dict[str, Any] | None:
        if unknown == "no_schemas" and "response_format" in self.request:
            return _without(self.request, "response_format") | {"messages": _in_words(self.prompt)}
        if unknown == "no_stream_options" and "stream_options" in self.request:
            return _without(self.request, "stream_options")
        return None


def _messages(system: str, prompt: Prompt) -> list[dict[str, str]]:
    user = "\n\n".join(part for part in (prompt.context, prompt.question) if part)
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def _in_words(prompt: Prompt) -> list[dict[str, str]]:
    return _messages(prompt.whole_system + IN_WORDS + json.dumps(prompt.schema.model_json_schema()), prompt)


def _without(request: dict[str, Any], option: str) -> dict[str, Any]:
    return {name: value for name, value in request.items() if name != option}
