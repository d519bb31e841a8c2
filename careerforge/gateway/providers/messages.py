"""Answers of Anthropic's Messages API, whole and event by event, as far as we read them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from careerforge.gateway.errors import NO_USAGE
from careerforge.gateway.prompt import Usage
from careerforge.gateway.providers.wire import Count, Listed, Name, Word, web_sources
from careerforge.gateway.providers.writing import Heard


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""


Text = Annotated[str, BeforeValidator(_text)]


class Block(BaseModel):
    """One block of a message: text, thinking or something else."""

    type: str
    text: str = ""
    thinking: Text = ""
    citations: Listed = []


class MessageUsage(BaseModel):
    """Cached tokens come on top of ``input_tokens``."""

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
    """A whole answer."""

    type: Literal["message"]
    model: Name = ""
    content: list[Block]
    stop_reason: Word = None
    usage: MessageUsage = Field(default_factory=MessageUsage)

    def heard(self) -> Heard:
        """What it says: the text without the thinking."""
        texts = [block for block in self.content if block.type == "text"]
        return Heard(
            text="".join(block.text for block in texts),
            model=self.model,
            usage=self.usage.usage(),
            stop=self.stop_reason or "",
            web_sources=web_sources(*(block.citations for block in texts)),
        )


class Head(BaseModel):
    """The message that an answer begins with: empty, with what the prompt has cost."""

    model: Name = ""
    usage: MessageUsage | None = None


class Delta(BaseModel):
    """What an event adds."""

    type: str = ""
    text: Text = ""
    thinking: Text = ""
    stop_reason: Word = None
    citation: Any = None


class Event(BaseModel):
    """One event of a stream."""

    type: str = ""
    message: Head | None = None
    delta: Delta | None = None
    usage: MessageUsage | None = None

    def heard(self) -> Heard:
        """What it says; of most events nothing."""
        head, delta = self.message or Head(), self.delta or Delta()
        counts = self.usage or head.usage
        return Heard(
            text=delta.text if delta.type == "text_delta" else "",
            thought=len(delta.thinking),
            model=head.model,
            usage=counts.usage() if counts else NO_USAGE,
            stop=delta.stop_reason,
            web_sources=web_sources([delta.citation]),
        )
