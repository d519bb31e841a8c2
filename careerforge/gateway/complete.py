"""Ask the providers in order. None means: nobody could or may answer, let the rules do it."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from careerforge.gateway.budget import Exceeded
from careerforge.gateway.call import SHORTEST_CALL_S, Call, once_more
from careerforge.gateway.clock import CLOCK, Clock
from careerforge.gateway.errors import ProviderError, Refused
from careerforge.gateway.ledger import CallRecord, Ledger
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.provider import Provider

__all__ = ["CLOCK", "CallRecord", "Clock", "Ledger", "complete"]


def complete(
    prompt: Prompt,
    *,
    providers: Iterable[Provider],
    ledger: Ledger,
    allowed: bool,
    deadline_s: float = 45.0,
    clock: Clock = CLOCK,
) -> Completion | Exceeded | None:
    """Ask each provider in order until one answers.

    Args:
        prompt: what to ask, already redacted.
        providers: in order of preference, asked for one after the other; none means rules only, and leaves no
            row.
        ledger: takes one row per call before it is made, and one ``switched_off`` row when there was somebody
            to ask but it is not allowed.
        allowed: the organisation and the person have switched this function on.
        deadline_s: seconds for everything together.
        clock: replaced in tests.

    Returns:
        The first usable answer; which limit is reached; or None. Whose answer is not by the schema is asked
        once more with what was wrong. A refusal ends the search: another model is not asked to say yes. Never
        raises :class:`ProviderError`.
    """
    if not allowed:
        for provider in islice(providers, 1):
            Call(prompt, provider, ledger, clock).not_made()
        return None
    end = clock.seconds() + deadline_s
    for provider in providers:
        if end - clock.seconds() < SHORTEST_CALL_S:
            return None
        answer = _ask(prompt, provider, ledger, end, clock)
        if not isinstance(answer, ProviderError):
            return answer
        if isinstance(answer, Refused):
            return None
    return None


def _ask(
    prompt: Prompt, provider: Provider, ledger: Ledger, end: float, clock: Clock
) -> Completion | ProviderError | Exceeded | None:
    """One answer of one provider, who is asked twice at the most, each time with a few tries."""
    first = _once(prompt, provider, ledger, end - clock.seconds(), clock)
    other = once_more(prompt, first) if isinstance(first, ProviderError) else None
    left = end - clock.seconds()
    if other is None or left < SHORTEST_CALL_S:
        return first
    again = _once(other, provider, ledger, left, clock)
    return replace(again, repaired=True) if isinstance(again, Completion) else again


def _once(
    prompt: Prompt, provider: Provider, ledger: Ledger, timeout_s: float, clock: Clock
) -> Completion | ProviderError | Exceeded | None:
    """One call and its row; the error, or what forbids the call, as a value."""
    call = Call(prompt, provider, ledger, clock)
    if not call.begin():
        return call.stopped
    try:
        return call.answered(provider.complete(prompt, timeout_s=timeout_s, again=call.again))
    except ProviderError as error:
        call.failed(error)
        return error
