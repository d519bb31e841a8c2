"""Answers of chat completions APIs, whole and chunk by chunk, as far as we read them."""

from typing import Any

from pydantic import BaseModel, Field

from careerforge.gateway.errors import NO_USAGE
from careerforge.gateway.prompt import Usage
from careerforge.gateway.providers.wire import Count, Listed, Name, Word, web_sources
from careerforge.gateway.providers.writing import Heard


class PromptDetails(BaseModel):
    """How the tokens of the prompt divide."""

    cached_tokens: Count = 0


class ChatUsage(BaseModel):
    """Cached tokens are part of ``prompt_tokens``."""

    prompt_tokens: Count = 0
    completion_tokens: Count = 0
    prompt_tokens_details: PromptDetails | None = None

    def usage(self) -> Usage:
        """In our words."""
        cached = self.prompt_tokens_details.cached_tokens if self.prompt_tokens_details else 0
        return Usage(max(0, self.prompt_tokens - cached), self.completion_tokens, cache_read=cached)


class ChatMessage(BaseModel):
    """What it wrote, or why it did not; thinking under the names that servers have for it."""

    content: str | None = None
    refusal: str | None = None
    reasoning_content: Any = None
    reasoning: Any = None

    def heard(self, stop: str | None) -> Heard:
        """What it says."""
        thought = self.reasoning_content or self.reasoning
        return Heard(
            text=self.content or "",
            thought=len(thought) if isinstance(thought, str) else 0,
            stop=stop,
            refusal=bool(self.refusal),
        )


class _Answer(BaseModel):
    """``search_results`` and ``citations`` are Perplexity's."""

    model: Name = ""
    usage: ChatUsage | None = None
    citations: Listed = []
    search_results: Listed = []

    def _with(self, said: Heard) -> Heard:
        return Heard(
            said.text,
            said.thought,
            self.model,
            self.usage.usage() if self.usage else NO_USAGE,
            said.stop,
            said.refusal,
            web_sources(self.search_results, self.citations),
        )


class Choice(BaseModel):
    """One of the answers; we ask for one."""

    finish_reason: Word = None
    message: ChatMessage


class Chat(_Answer):
    """A whole answer."""

    choices: list[Choice] = Field(min_length=1)

    def heard(self) -> Heard:
        """What it says. Some servers give no reason for the end."""
        choice = self.choices[0]
        return self._with(choice.message.heard(choice.finish_reason or ""))


class ChunkChoice(BaseModel):
    """What a chunk adds."""

    finish_reason: Word = None
    delta: ChatMessage | None = None


class Chunk(_Answer):
    """One chunk of a stream; the last one may carry nothing but the counts."""

    choices: list[ChunkChoice] | None = None

    def heard(self) -> Heard:
        """What it says."""
        if not self.choices:
            return self._with(Heard())
        choice = self.choices[0]
        return self._with((choice.delta or ChatMessage()).heard(choice.finish_reason))
