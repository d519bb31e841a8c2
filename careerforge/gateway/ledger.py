"""One row per call, written whatever came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from careerforge.gateway.prompt import Prompt

Outcome = Literal[
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

    def record(self, call: CallRecord, prompt: Prompt, answer: str) -> UUID:
        """Take down one row; its id.

        Args:
            prompt: what left, unless the outcome is ``switched_off``.
            answer: as far as it came.
        """
