"""An index generation in place of the live one, for as long as it is tried out; nothing is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from careerforge.knowledge.models import IndexGeneration

_TRIED: ContextVar[IndexGeneration | None] = ContextVar("tried_generation", default=None)


@contextmanager
def trying(generation: IndexGeneration) -> Iterator[None]:
    """Searches of this task use the generation, whatever is live."""
    token = _TRIED.set(generation)
    try:
        yield
    finally:
        _TRIED.reset(token)


def tried() -> IndexGeneration | None:
    """The generation that is tried out here; None outside of a try."""
    return _TRIED.get()
