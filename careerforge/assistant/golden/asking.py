"""How a golden question is answered: the seam between the set, which is here, and those who answer.

The layers above register what can answer; nothing here knows them.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from careerforge.people.models import User
from careerforge.tenancy import context


class NotNow(RuntimeError):
    """An answer could not be made for a reason that has nothing to do with its quality; in words.

    Attributes:
        until: when it may be asked again, where that is known.
    """

    def __init__(self, sentence: str, until: datetime | None = None) -> None:
        super().__init__(sentence)
        self.until = until


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a document as it stood: ``version.text[start:end]``.

    Attributes:
        text: the words, in memory only.
    """

    document: UUID
    version: UUID
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer and the spans that it cites; none when it rests on facts."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to a golden question.

    Attributes:
        struck: sentences that nothing supports and that were left out.
        refused: nothing was said.
        model: that worded it, or ``rules``.
        quotes: a right answer cites a right passage; where it quotes nothing it passes every check instead.
        wrong: why a model's answer could not be used, as the checks say it.
    """

    sentences: tuple[Sentence, ...]
    struck: int = 0
    refused: bool = False
    model: str = "rules"
    quotes: bool = True
    wrong: tuple[str, ...] = ()


def _nothing() -> None:
    """Nobody waits for a sign of life."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a run lends to those who answer. No transaction is open: each reading opens its own.

    Attributes:
        organisation: whose questions they are.
        alive: called before each call of a model; says that the work goes on.
    """

    organisation: UUID
    alive: Callable[[], None] = _nothing

    def opened(self) -> AbstractContextManager[None]:
        """A transaction in which the organisation's rows exist."""
        return context.organisation(self.organisation)


@dataclass(frozen=True, slots=True)
class Asked:
    """A golden question as it is asked.

    Attributes:
        about: what the answerer has put beside it when it was marked.
        reader: whose documents may be cited.
    """

    question: str
    about: Mapping[str, Any]
    reader: User
    desk: Desk


class Answerer(Protocol):
    """Somebody who answers the golden questions of one function.

    Contract: the answer is made as for a person, with the prompt, the generation and the models that are live
    or tried out in this task. Nothing of it is stored and no kept answer is used. While a model is asked no
    transaction is open.
    """

    def case(self, question: UUID, about: Mapping[str, Any]) -> str:
        """What two questions have in common that are the same to it; empty for one that it cannot answer."""

    def answer(self, asked: Asked, now: datetime) -> Answered:
        """Answer one question.

        Raises:
            NotNow: a limit is reached, so that the answer would say nothing about its quality.
        """

    def lines(self, about: Mapping[str, Any]) -> list[str]:
        """What is beside a question, in words, each line as the model gets it."""


_answerers: dict[str, Answerer] = {}


def register(function: str, answerer: Answerer) -> None:
    """Say who answers the golden questions of a function; called when an app is ready."""
    _answerers[function] = answerer


def answerer_of(function: str) -> Answerer | None:
    """Who answers; None when nobody does any more."""
    return _answerers.get(function)


def functions() -> tuple[str, ...]:
    """All that somebody answers for."""
    return tuple(sorted(_answerers))
