"""A model's answer while it is being written."""

from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, nullcontext
from types import TracebackType
from typing import Self
from uuid import UUID

from careerforge.gateway.budget import Exceeded
from careerforge.gateway.errors import Cut
from careerforge.gateway.prompt import Completion
from careerforge.tenancy import context

Ending = Completion | Exceeded | Cut | None


class Flow:
    """Pieces of an answer as they come, and then how it ended.

    ::

        with road.stream(prompt) as flow:
            for text in flow:
                ...
        flow.ended

    Nothing is asked before the first piece is wanted. Leaving the ``with`` early, or :meth:`close`, cancels
    the call and books what it cost. No transaction need be open.

    Attributes:
        ended: the whole, checked answer, of which the pieces were the text; which limit is reached; a ``Cut``
            when pieces were given out and no valid answer came of them: they are no answer and are not kept;
            None when no piece was given out and the rules must do, or when the flow was left early.
        outcomes: how the calls ended that were made for it, as in the ledger; none when nobody was asked.
    """

    def __init__(
        self,
        pieces: Generator[str, None, Ending],
        organisation: UUID | None = None,
        outcomes: Sequence[str] = (),
    ) -> None:
        self.ended: Ending = None
        self.outcomes = outcomes
        self._pieces = pieces
        self._organisation = organisation
        self._over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self._over:
            raise StopIteration
        try:
            with self._named():
                return next(self._pieces)
        except StopIteration as end:
            self._over, self.ended = True, end.value
            raise StopIteration from None

    def close(self) -> None:
        """Cancel what is still under way."""
        self._over = True
        with self._named():
            self._pieces.close()

    def _named(self) -> AbstractContextManager[None]:
        """Around each step: between two, whoever reads may open and close what they like."""
        return context.named(self._organisation) if self._organisation else nullcontext()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
