"""One row per call, written before it is made and put right at its end, whatever came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from careerforge.gateway.budget import Exceeded
from careerforge.gateway.prompt import Prompt

Outcome = Literal[
    "under_way",
    "ok",
    "unavailable",
    "rate_limited",
    "out_of_money",
    "bad_key",
    "refused",
    "bad_answer",
    "cut",
    "switched_off",
]


@dataclass(frozen=True, slots=True)
class CallRecord:
    """What is known of one call. Tokens are 0 and ``model_answered`` is empty when nobody answered."""

    function: str
    provider: str
    model_asked: str
    model_answered: str
    prompt_version: str
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_write_tokens: int
    started_at: datetime
    latency_ms: int
    outcome: Outcome
    error_kind: str


class Ledger(Protocol):
    """Keeps the rows, and what was sent and came back."""

    def begin(self, call: CallRecord, prompt: Prompt) -> UUID | Exceeded | None:
        """Keep what is about to leave. Whatever happens afterwards, it stays.

        Returns:
            The row's id; which limit is reached; or None when nobody wants the answer any more. Without an id
            nothing may leave.
        """

    def end(self, row: UUID, call: CallRecord, answer: str) -> None:
        """Put right what was begun.

        Args:
            answer: as far as it came.
        """

    def not_made(self, call: CallRecord) -> None:
        """Take down that somebody could have been asked and was not allowed to be."""
