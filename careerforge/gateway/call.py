"""One call to a provider while it is under way; at its end a row."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import cast

from careerforge.gateway.clock import Clock
from careerforge.gateway.errors import NO_USAGE, BadAnswer, ProviderError, Unavailable
from careerforge.gateway.ledger import CallRecord, Ledger, Outcome
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Provider

# With less than this left, a call cannot end well and would only cost money.
SHORTEST_CALL_S = 1.0


@dataclass
class Call:
    """Begins when it is made."""

    prompt: Prompt
    provider: Provider
    ledger: Ledger
    clock: Clock
    started_at: datetime = field(init=False)
    start: float = field(init=False)

    def __post_init__(self) -> None:
        self.started_at, self.start = self.clock.now(), self.clock.seconds()

    def answered(self, completion: Completion) -> Completion:
        """Take down an answer; it comes back with its row's id."""
        kind = "other_model" if completion.other_model else ""
        row = self._row("ok", completion.model_answered, kind, completion.usage)
        return replace(completion, call_id=self.ledger.record(row, self.prompt, completion.text))

    def failed(self, error: ProviderError) -> None:
        """Take down that there is none."""
        row = self._row(cast(Outcome, error.outcome), error.model_answered, error.kind, error.usage)
        self.ledger.record(row, self.prompt, error.text)

    def not_made(self) -> None:
        """Take down that somebody could have been asked and was not allowed to be."""
        self.ledger.record(self._row("switched_off"), self.prompt, "")

    def _row(
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


def once_more(prompt: Prompt, ended: Completion | ProviderError) -> Prompt | None:
    """What the same provider is asked after this, once: to mend what was wrong, or with less data when it was
    too much. None when asking again would change nothing.
    """
    if isinstance(ended, BadAnswer) and ended.problem:
        return prompt.again(ended.problem)
    if isinstance(ended, Unavailable) and ended.kind == "too_large":
        return prompt.shorter()
    return None
