"""Try again, within the time that is left."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from careerforge.gateway.errors import ProviderError
from careerforge.gateway.provider import Again, always

Answer = TypeVar("Answer")

FIRST_WAIT_S = 0.5
LONGEST_BACKOFF_S = 8.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long to try again.

    Attributes:
        retries: further attempts after the first, 0 to 2.
        jitter: a number from 0 to 1, so that many workers do not knock at the same moment.
        sleep: waits so many seconds.
        seconds: a counter that never goes back.
    """

    retries: int = 2
    jitter: Callable[[], float] = field(default=random.random)
    sleep: Callable[[float], None] = field(default=time.sleep)
    seconds: Callable[[], float] = field(default=time.monotonic)


def attempts(
    call: Callable[[float], Answer], timeout_s: float, patience: Patience, again: Again = always
) -> Answer:
    """Call until it answers, fails for good, or time or retries run out.

    Args:
        call: one attempt; takes the seconds left.
        timeout_s: seconds for all attempts and waits together.
        again: asked before each further one.

    Raises:
        ProviderError: of the last attempt.
    """
    end = patience.seconds() + timeout_s
    for attempt in range(patience.retries + 1):
        try:
            return call(max(0.001, end - patience.seconds()))
        except ProviderError as error:
            wait = pause(error, attempt, patience.jitter())
            # Half a second must remain for the attempt itself.
            late = patience.seconds() + wait + 0.5 > end
            most = min(patience.retries, error.most_retries)
            if not error.retryable or attempt >= most or late or not again(error):
                raise
            patience.sleep(wait)
    raise AssertionError("the last attempt returns or raises")


def pause(error: ProviderError, attempt: int, jitter: float) -> float:
    """Seconds before the next attempt: what the provider asks for, else 0.5, 1, 2 ...

    8 with up to half of it taken off.
    """
    if error.retry_after is not None:
        return error.retry_after
    backoff = min(FIRST_WAIT_S * 2.0**attempt, LONGEST_BACKOFF_S)
    return backoff * (1 - jitter / 2)
