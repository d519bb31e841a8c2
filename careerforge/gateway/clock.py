"""Time, replaced in tests."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, as an aware datetime."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of day, and a counter of seconds that never goes back."""

    now: Callable[[], datetime] = field(default=utc_now)
    seconds: Callable[[], float] = field(default=time.monotonic)


CLOCK = Clock()
