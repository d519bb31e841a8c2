"""A question that may be asked: claimed in the cache, and given back or kept at its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from careerforge.gateway.books import Books
from careerforge.gateway.cache import Claim
from careerforge.gateway.prompt import Completion
from careerforge.gateway.provider import Provider


@dataclass
class Begun:
    """To be used in a ``with``: at its end, however it comes, everything is on the books.

    Attributes:
        providers: in turn, without those that are left alone.
        made: the answer, once there is one; without one the claim is given back.
    """

    providers: Iterable[Provider]
    books: Books
    claim: Claim | None
    made: Completion | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.books.close(*([self.claim.ended(self.made)] if self.claim else []))
        finally:
            self.books.give_up()
