"""Ask the providers in order. None means: nobody could or may answer, let the rules do it."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import cast

from careerforge.gateway.errors import NO_USAGE, ProviderError, Refused
from careerforge.gateway.ledger import CallRecord, Ledger, Outcome
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Provider

__all__ = ["CallRecord", "Clock", "Ledger", "complete"]

# With less than this left, a call cannot end well and would only cost money.
SHORTEST_CALL_S = 1.0


def utc_now() -> datetime:
    """Now, as an aware datetime."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of day, and a counter of seconds that never goes back."""

    now: Callable[[], datetime] = field(default=utc_now)
    seconds: Callable[[], float] = field(default=time.monotonic)


CLOCK = Clock()


def complete(
    prompt: Prompt,
    *,
    providers: Iterable[Provider],
    ledger: Ledger,
    allowed: bool,
    deadline_s: float = 45.0,
    clock: Clock = CLOCK,
) -> Completion | None:
    """Ask each provider in order until one answers.

    Args:
        prompt: what to ask, already redacted.
        providers: in order of preference, asked for one after the other; none means rules only, and leaves no
            row.
        ledger: takes one row per call, and one ``switched_off`` row when there was somebody to ask but it
            is not allowed.
        allowed: the organisation and the person have switched this function on.
        deadline_s: seconds for everything together.
        clock: replaced in tests.

    Returns:
        The first usable answer, or None. A refusal ends the search: another model is not asked to say yes.
        Never raises :class:`ProviderError`.
    """
    if not allowed:
        for provider in islice(providers, 1):
            ledger.record(_row(prompt, provider, clock.now(), 0, outcome="switched_off"))
        return None
    end = clock.seconds() + deadline_s
    for provider in providers:
        left = end - clock.seconds()
        if left < SHORTEST_CALL_S:
            return None
        answer = _ask(prompt, provider, ledger, left, clock)
        if isinstance(answer, Completion):
            return answer
        if isinstance(answer, Refused):
            return None
    return None


def _ask(
    prompt: Prompt, provider: Provider, ledger: Ledger, timeout_s: float, clock: Clock
) -> Completion | ProviderError:
    """One call and its row; the error as a value."""
    started_at, start = clock.now(), clock.seconds()
    try:
        completion = provider.complete(prompt, timeout_s=timeout_s)
    except ProviderError as error:
        outcome = cast(Outcome, error.outcome)
        row = _row(
            prompt, provider, started_at, clock.seconds() - start,
            outcome=outcome, answered=error.model_answered, kind=error.kind, usage=error.usage,
        )  # fmt: skip
        ledger.record(row)
        return error
    kind = "other_model" if completion.other_model else ""
    row = _row(
        prompt, provider, started_at, clock.seconds() - start,
        outcome="ok", answered=completion.model_answered, kind=kind, usage=completion.usage,
    )  # fmt: skip
    ledger.record(row)
    return completion


def _row(
    prompt: Prompt,
    provider: Provider,
    started_at: datetime,
    seconds: float,
    *,
    outcome: Outcome,
    answered: str = "",
    kind: str = "",
    usage: Usage = NO_USAGE,
) -> CallRecord:
    return CallRecord(
        function=prompt.function,
        provider=provider.name,
        model_asked=provider.model,
        model_answered=answered,
        prompt_version=prompt.version,
        input_tokens=usage.input,
        output_tokens=usage.output,
        cache_read_tokens=usage.cache_read,
        cache_write_tokens=usage.cache_write,
        started_at=started_at,
        latency_ms=round(seconds * 1000),
        outcome=outcome,
        error_kind=kind,
    )
