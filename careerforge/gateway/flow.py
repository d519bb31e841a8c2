"""A model's answer while it is being written."""

from collections.abc import Generator
from types import TracebackType
from typing import Self

from careerforge.gateway.budget import Exceeded
from careerforge.gateway.errors import Cut
from careerforge.gateway.prompt import Completion

Ending = Completion | Exceeded | Cut | None


class Flow:
    """Pieces of an answer as they come, and then how it ended.

    ::

        with road.stream(prompt) as flow:
            for text in flow:
                ...
        flow.ended

    Nothing is asked before the first piece is wanted. Leaving the ``with`` early, or :meth:`close`, cancels
    the call and books what it cost. To be used while the organisation is open that asks.

    Attributes:
        ended: the whole, checked answer, of which the pieces were the text; which limit is reached; a ``Cut``
            when pieces were given out and no valid answer came of them: they are no answer and are not kept;
            None when no piece was given out and the rules must do, or when the flow was left early.
    """

    def __init__(self, pieces: Generator[str, None, Ending]) -> None:
        self.ended: Ending = None
        self._pieces = pieces
        self._over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self._over:
            raise StopIteration
        try:
            return next(self._pieces)
        except StopIteration as end:
            self._over, self.ended = True, end.value
            raise StopIteration from None

    def close(self) -> None:
        """Cancel what is still under way."""
        self._over = True
        self._pieces.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
