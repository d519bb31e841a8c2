"""What goes to a model and what comes back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from pydantic import BaseModel

# A server may call its model what it likes; we keep so much of it.
LONGEST_NAME = 80

AGAIN = "Your last answer to this could not be used. Answer once more, as asked above. What was wrong:"

# What a dated release adds to a name: "-20260101", "-2024-08-06", "@20250805".
RELEASE = re.compile(r"[-@:]\d{4}-?\d{2}-?\d{2}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model.

    Attributes:
        function: what it is for, such as ``"coaching_advice"``.
        version: hash of the template it was made from.
        system: who the model is and how it must answer; the same for everybody, so providers can cache it. In
            several blocks when the first ones are shared by more prompts than this one.
        context: data about this call. Data, never instructions.
        question: what is asked now.
        schema: the shape of the answer.
        max_tokens: upper bound of the written answer, without thinking.
        thinking: tokens the model may think before it writes; None for none.
        values: what the template was filled with, as JSON can hold it: the prompt can be made again from it.
    """

    function: str
    version: str
    system: str | tuple[str, ...]
    context: str
    question: str
    schema: type[BaseModel]
    max_tokens: int
    thinking: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[str, ...]:
        """The system's text in its blocks."""
        return (self.system,) if isinstance(self.system, str) else self.system

    @property
    def whole_system(self) -> str:
        """The system's blocks as one text."""
        return "\n\n".join(self.blocks)

    def again(self, problem: str) -> "Prompt":
        """The same question once more, with what was wrong with the answer. The prefix stays as it is.

        Args:
            problem: for the model, without anything personal.
        """
        return replace(self, question=f"{self.question}\n\n{AGAIN}\n{problem}".lstrip())

    def shorter(self) -> "Prompt | None":
        """The same question over less data: the first half of its paragraphs, and the last one, which closes
        them; None when there is nothing to leave out.
        """
        paragraphs = self.context.split("\n\n")
        kept = [*paragraphs[: len(paragraphs) // 2], paragraphs[-1]]
        return replace(self, context="\n\n".join(kept)) if 1 < len(kept) < len(paragraphs) else None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call. ``input`` counts what was neither read from nor written to the provider's cache."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0


@dataclass(frozen=True, slots=True)
class WebSource:
    """A page that a searching provider says it has read.

    Untrusted: nobody here has opened it, whoever wrote it may have meant it for the model, and what it says
    supports no claim.

    Attributes:
        address: https, of at most 500 characters.
        title, date, snippet: as the provider gives them, cut; often empty. Text, never markup.
    """

    address: str
    title: str = ""
    date: str = ""
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """A checked answer.

    Attributes:
        text: what the model wrote, as it came.
        parsed: the same, valid by ``Prompt.schema``.
        model_asked: the model in the request.
        model_answered: the model named in the answer.
        usage: tokens of the call that succeeded.
        stop_reason: the provider's own word for why it stopped.
        provider: name of the provider.
        web_sources: what a searching provider says it has used.
        repaired: True when its punctuation had to be mended, or the model was asked again.
        call_id: the row of the call in the ledger; of the original call for an answer that was kept.
    """

    text: str
    parsed: BaseModel
    model_asked: str
    model_answered: str
    usage: Usage
    stop_reason: str
    provider: str
    web_sources: tuple[WebSource, ...] = ()
    repaired: bool = False
    call_id: UUID | None = None

    @property
    def other_model(self) -> bool:
        """True when another model answered than was asked. A dated release of the same model is no other."""
        asked = self.model_asked.removesuffix("-latest").removesuffix(":latest")
        answered = self.model_answered.removesuffix(":latest")
        return answered != asked and not (
            answered.startswith(asked) and RELEASE.fullmatch(answered[len(asked) :])
        )
