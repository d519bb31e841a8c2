"""What a call leaves behind: its row in the ledger with its price, and its provider's health."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from careerforge.gateway import breakers
from careerforge.gateway.budget import Cost, Held, settle
from careerforge.gateway.cache import Kept
from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models import ModelCall
from careerforge.gateway.prices import Prices, tokens
from careerforge.gateway.prompt import Prompt, Usage
from careerforge.gateway.standing import Health
from careerforge.tenancy import aside

FREE = Prices()


@dataclass
class Books:
    """A ledger by :class:`~careerforge.gateway.ledger.Ledger`, for one question. Closed, its rows are safe.

    Attributes:
        prices: by provider and model asked.
        health: of the providers, before the question.
    """

    prices: Mapping[tuple[str, str], Prices]
    health: Mapping[str, Health]
    rows: list[ModelCall] = field(default_factory=list)
    spent: Cost = field(default_factory=lambda: Cost(calls=0))

    def record(self, call: CallRecord) -> None:
        """Take down one call, and let everybody know how its provider is."""
        usage = Usage(call.input_tokens, call.output_tokens, call.cache_read_tokens, call.cache_write_tokens)
        micros = self.prices.get((call.provider, call.model_asked), FREE).micros(usage)
        self.rows.append(ModelCall(micros=micros, **asdict(call)))
        if call.outcome == "switched_off":
            return
        self.spent = Cost(self.spent.calls + 1, self.spent.tokens + tokens(usage), self.spent.micros + micros)
        ended = call.started_at + timedelta(milliseconds=call.latency_ms)
        breakers.after(call.provider, call.outcome, call.error_kind, self.health.get(call.provider), ended)

    def close(self, *also: Callable[[aside.Aside], None], held: Held | None = None) -> None:
        """Keep every row, and put right what the question was counted with.

        They stay whatever becomes of the act: money that is spent stays spent.

        Args:
            also: to be done in the same transaction.
        """
        with aside.transaction_of_its_own() as opened:
            if held:
                settle(opened, held, self.spent)
            for one in also:
                one(opened)
            opened.enter()
            ModelCall.objects.using(aside.alias()).bulk_create(self.rows)

    def found(self, prompt: Prompt, kept: Kept, now: datetime) -> None:
        """Take down that a question was answered from the cache."""
        self.rows.append(
            ModelCall(
                function=prompt.function,
                prompt_version=prompt.version,
                provider=kept.provider,
                model_asked=kept.model,
                model_answered=kept.model,
                started_at=now,
                latency_ms=0,
                outcome="ok",
                cached=True,
            )
        )
