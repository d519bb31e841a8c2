"""One call to a provider while it is under way: a row from its beginning on."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from careerforge.gateway.budget import Exceeded
from careerforge.gateway.clock import Clock
from careerforge.gateway.errors import NO_USAGE, BadAnswer, ProviderError, Unavailable
from careerforge.gateway.ledger import CallRecord, Ledger, Outcome
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Provider

# With less than this left, a call cannot end well and would only cost money.
SHORTEST_CALL_S = 1.0


@dataclass
class Call:
    """Begins with :meth:`begin`. What is tried again is another call, with a row of its own.

    Attributes:
        stopped: why it was not begun: the limit that is reached, or None when nobody wants the answer.
    """

    prompt: Prompt
    provider: Provider
    ledger: Ledger
    clock: Clock
    stopped: Exceeded | None = None
    row: UUID | None = None
    started_at: datetime = field(init=False)
    start: float = field(init=False)

    def begin(self) -> bool:
        """Whether it may be made; then it is in the ledger already."""
        self.started_at, self.start = self.clock.now(), self.clock.seconds()
        begun = self.ledger.begin(self._record("under_way"), self.prompt)
        if isinstance(begun, UUID):
            self.row = begun
            return True
        self.stopped = begun
        return False

    def again(self, error: ProviderError) -> bool:
        """One try has failed: take that down, and begin the next one, which may wait a moment."""
        self.failed(error)
        return self.begin()

    def answered(self, completion: Completion) -> Completion:
        """Take down an answer; it comes back with its row's id."""
        kind = "other_model" if completion.other_model else ""
        row = self._end(
            self._record("ok", completion.model_answered, kind, completion.usage), completion.text
        )
        return replace(completion, call_id=row)

    def failed(self, error: ProviderError) -> None:
        """Take down that there is none. Of a try that was not followed by another this is known already."""
        if self.row:
            outcome = cast(Outcome, error.outcome)
            self._end(self._record(outcome, error.model_answered, error.kind, error.usage), error.text)

    def not_made(self) -> None:
        """Take down that somebody could have been asked and was not allowed to be."""
        self.started_at, self.start = self.clock.now(), self.clock.seconds()
        self.ledger.not_made(self._record("switched_off"))

    def _end(self, record: CallRecord, answer: str) -> UUID | None:
        row, self.row = self.row, None
        if row:
            self.ledger.end(row, record, answer)
        return row

    def _record(
        self, outcome: Outcome, answered: str = "", kind: str = "", usage: Usage = NO_USAGE
    ) -> CallRecord:
        return CallRecord(
            function=self.prompt.function,
            provider=self.provider.name,
            model_asked=self.provider.model,
            model_answered=answered,
            prompt_version=self.prompt.version,
            input_tokens=usage.input,
            output_tokens=usage.output,
            cache_read_tokens=usage.cache_read,
            cache_write_tokens=usage.cache_write,
            started_at=self.started_at,
            latency_ms=round((self.clock.seconds() - self.start) * 1000),
            outcome=outcome,
            error_kind=kind,
        )


def once_more(prompt: Prompt, ended: ProviderError) -> Prompt | None:
    """What the same provider is asked after this, once: to mend what was wrong, or with less data when it was
    too much. None when asking again would change nothing.
    """
    if isinstance(ended, BadAnswer) and ended.problem:
        return prompt.again(ended.problem)
    if isinstance(ended, Unavailable) and ended.kind == "too_large":
        return prompt.shorter()
    return None
