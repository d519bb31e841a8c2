"""The number that joins what a user saw with the line in the log."""

import secrets
from contextvars import ContextVar

_number: ContextVar[str] = ContextVar("error_number", default="")
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new() -> str:
    """A fresh number for this request or job, easy to read out: eight letters and digits."""
    number = "".join(secrets.choice(_LETTERS) for _ in range(8))
    _number.set(number)
    return number


def current() -> str:
    """The number of this request or job, or an empty string."""
    return _number.get()
