"""One row per call, written whatever came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

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
    """Keeps the rows. Contract: ``record`` returns when the row is safe, and raises if it cannot be."""

    def record(self, call: CallRecord) -> None:
        """Keep one row."""
