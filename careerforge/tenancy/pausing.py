"""A request's transaction that may be ended and begun anew, to wait for somebody outside with none open.

A model takes seconds to answer. Whoever waits for it inside a transaction holds a snapshot and every lock
that they have taken, and others wait with them.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class _Open:
    """The transaction, and how many savepoints there were when it began."""

    stack: ExitStack
    depth: int


_open: ContextVar[_Open | None] = ContextVar("pausable", default=None)


@contextmanager
def pausable() -> Iterator[None]:
    """A transaction (or a test's savepoint) that :func:`pause` may end and begin anew."""
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        token = _open.set(_Open(stack, len(connection.savepoint_ids)))
        try:
            yield
        finally:
            _open.reset(token)


@contextmanager
def pause() -> Iterator[None]:
    """Keep what was done so far, have no transaction open inside, and go on in a new one.

    The new one belongs to nobody until it is given its organisation: use
    :func:`careerforge.tenancy.context.pause`. What was read before may not be true any more afterwards, and
    what goes wrong afterwards takes nothing back that was kept before. Where no such transaction is open (a
    job, a command), nothing happens.

    Raises:
        RuntimeError: a savepoint is open, of which nobody could say whether it shall be kept.
    """
    opened = _open.get()
    if opened is None:
        yield
        return
    if len(connection.savepoint_ids) != opened.depth:
        raise RuntimeError("Only the whole transaction of a request can be paused, not a part of it.")
    opened.stack.close()
    try:
        if not connection.in_atomic_block:
            # Back to the pool: others can use it meanwhile.
            connection.close()
        yield
    finally:
        opened.stack.enter_context(transaction.atomic())
