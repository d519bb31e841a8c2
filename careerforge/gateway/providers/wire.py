"""The answers of both wire formats, as far as we read them: unknown fields ignored, wrong ones refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field

from careerforge.gateway.prompt import LONGEST_NAME, Usage


def _counted(found: object) -> int:
    """Tokens; servers leave them out, send null or worse, and an answer is not lost for that."""
    return found if isinstance(found, int) and 0 <= found < 2**31 else 0


def _named(found: object) -> str:
    return found[:LONGEST_NAME] if isinstance(found, str) else ""


def _addresses(found: object) -> tuple[str, ...]:
    listed = found if isinstance(found, list) else ()
    return tuple(url for url in listed if isinstance(url, str) and url.startswith("https://"))


Count = Annotated[int, BeforeValidator(_counted)]
Name = Annotated[str, BeforeValidator(_named)]
Addresses = Annotated[tuple[str, ...], BeforeValidator(_addresses)]


class Block(BaseModel):
    """One block of a message: text, thinking or something else."""

    type: str
    text: str = ""


class MessageUsage(BaseModel):
    """Anthropic's counts: cached tokens come on top of ``input_tokens``."""

    input_tokens: Count = 0
    output_tokens: Count = 0
    cache_read_input_tokens: Count = 0
    cache_creation_input_tokens: Count = 0

    def usage(self) -> Usage:
        """In our words."""
        return Usage(
            input=self.input_tokens,
            output=self.output_tokens,
            cache_read=self.cache_read_input_tokens,
            cache_write=self.cache_creation_input_tokens,
        )


class Message(BaseModel):
    """An answer of Anthropic's Messages API."""

    type: Literal["message"]
    model: Name = ""
    content: list[Block]
    stop_reason: str | None = None
    usage: MessageUsage = Field(default_factory=MessageUsage)

    @property
    def text(self) -> str:
        """What it wrote, without its thinking."""
        return "".join(block.text for block in self.content if block.type == "text")


class PromptDetails(BaseModel):
    """How the tokens of the prompt divide."""

    cached_tokens: Count = 0


class ChatUsage(BaseModel):
    """OpenAI's counts: cached tokens are part of ``prompt_tokens``."""

    prompt_tokens: Count = 0
    completion_tokens: Count = 0
    prompt_tokens_details: PromptDetails | None = None

    def usage(self) -> Usage:
        """In our words."""
        cached = self.prompt_tokens_details.cached_tokens if self.prompt_tokens_details else 0
        return Usage(max(0, self.prompt_tokens - cached), self.completion_tokens, cache_read=cached)


class ChatMessage(BaseModel):
    """What it wrote, or why it did not."""

    content: str | None = None
    refusal: str | None = None


class Choice(BaseModel):
    """One of the answers; we ask for one."""

    finish_reason: str | None = None
    message: ChatMessage


class Chat(BaseModel):
    """An answer of a chat completions API; ``citations`` are Perplexity's."""

    model: Name = ""
    choices: list[Choice] = Field(min_length=1)
    usage: ChatUsage | None = None
    citations: Addresses = ()
