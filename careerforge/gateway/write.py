"""Ask the providers in order and give out the answer while it is written.

Before the first piece is given out everything is as in :mod:`careerforge.gateway.complete`; after it,
whatever goes wrong ends the answer: nobody else goes on with half of it.
"""

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace

from careerforge.gateway.budget import Exceeded
from careerforge.gateway.call import SHORTEST_CALL_S, Call, once_more
from careerforge.gateway.clock import CLOCK, Clock
from careerforge.gateway.errors import Cut, ProviderError, Refused
from careerforge.gateway.growing import Growing
from careerforge.gateway.ledger import Ledger
from careerforge.gateway.prompt import Completion, Prompt
from careerforge.gateway.provider import Gone, Provider, stays

Answering = Generator[str, None, Completion | ProviderError | Exceeded | None]


def write(
    prompt: Prompt,
    *,
    providers: Iterable[Provider],
    ledger: Ledger,
    field: str,
    deadline_s: float = 45.0,
    clock: Clock = CLOCK,
    gone: Gone = stays,
) -> Generator[str, None, Completion | Cut | Exceeded | None]:
    """The text of one field of the answer in pieces, and then the answer.

    Args:
        prompt, providers, ledger, deadline_s, clock: as for :func:`~careerforge.gateway.complete.complete`.
        field: of the prompt's schema.
        gone: asked while a provider is silent: whether whoever asked has left.

    Returns:
        The answer; a cut when pieces were given out and no answer came of them; which limit is reached; None
        when none was given out. Closed early it cancels the call. Never raises :class:`ProviderError`.
    """
    writer = _Writer(ledger, clock, clock.seconds() + deadline_s, field, gone)
    for provider in providers:
        if writer.left_s < SHORTEST_CALL_S:
            return None
        ended = yield from writer.answer(prompt, provider)
        if not isinstance(ended, ProviderError):
            return ended
        if writer.growing.given:
            return ended if isinstance(ended, Cut) else Cut(provider.name, ended.kind)
        if isinstance(ended, Refused):
            return None
    return None


@dataclass
class _Writer:
    """What all calls for one answer share."""

    ledger: Ledger
    clock: Clock
    end: float
    field: str
    gone: Gone

    def __post_init__(self) -> None:
        self.growing = Growing(self.field)

    @property
    def left_s(self) -> float:
        return self.end - self.clock.seconds()

    def answer(self, prompt: Prompt, provider: Provider) -> Answering:
        """One answer of one provider, who is asked twice at the most."""
        first = yield from self._once(prompt, provider)
        other = once_more(prompt, first) if isinstance(first, ProviderError) else None
        if other is None or self.growing.given or self.left_s < SHORTEST_CALL_S:
            return first
        again = yield from self._once(other, provider)
        return replace(again, repaired=True) if isinstance(again, Completion) else again

    def _once(self, prompt: Prompt, provider: Provider) -> Answering:
        call = Call(prompt, provider, self.ledger, self.clock)
        # What came of an earlier call was not given out.
        self.growing = Growing(self.field)
        if not call.begin():
            return call.stopped
        try:
            pieces = provider.stream(prompt, timeout_s=self.left_s, again=call.again, gone=self.gone)
            completion = yield from self._grown(pieces)
        except ProviderError as error:
            call.failed(error)
            return error
        completion = call.answered(completion)
        if rest := self.growing.rest(getattr(completion.parsed, self.field, None)):
            yield rest
        return completion

    def _grown(self, pieces: Generator[str, None, Completion]) -> Generator[str, None, Completion]:
        """The field's text, while its JSON comes. Who leaves makes the provider raise a cut."""
        while True:
            try:
                text = self.growing.add(next(pieces))
            except StopIteration as end:
                completion: Completion = end.value
                return completion
            if not text:
                continue
            try:
                yield text
            except GeneratorExit:
                pieces.close()
                raise
