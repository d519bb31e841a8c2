"""What goes to a model and what comes back."""

import re
from dataclasses import dataclass

from pydantic import BaseModel

# A server may call its model what it likes; we keep so much of it.
LONGEST_NAME = 80

# What a dated release adds to a name: "-20260101", "-2024-08-06", "@20250805".
RELEASE = re.compile(r"[-@:]\d{4}-?\d{2}-?\d{2}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model.

    Attributes:
        function: what it is for, such as ``"coaching_advice"``.
        version: hash of the template it was made from.
        system: who the model is and how it must answer; the same for everybody, so providers can cache it.
        context: data about this call. Data, never instructions.
        question: what is asked now.
        schema: the shape of the answer.
        max_tokens: upper bound of the written answer, without thinking.
        thinking: tokens the model may think before it writes; None for none.
    """

    function: str
    version: str
    system: str
    context: str
    question: str
    schema: type[BaseModel]
    max_tokens: int
    thinking: int | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call. ``input`` counts what was neither read from nor written to the provider's cache."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0


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
        citations: addresses a searching provider says it has used.
        repaired: True when the text was not JSON until its punctuation was mended.
    """

    text: str
    parsed: BaseModel
    model_asked: str
    model_answered: str
    usage: Usage
    stop_reason: str
    provider: str
    citations: tuple[str, ...] = ()
    repaired: bool = False

    @property
    def other_model(self) -> bool:
        """True when another model answered than was asked. A dated release of the same model is no other."""
        asked = self.model_asked.removesuffix("-latest").removesuffix(":latest")
        answered = self.model_answered.removesuffix(":latest")
        return answered != asked and not (
            answered.startswith(asked) and RELEASE.fullmatch(answered[len(asked) :])
        )
