"""What a call leaves behind: its row in the ledger with its price, what was sent, its provider's health."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from careerforge.gateway import breakers, sent
from careerforge.gateway.budget import Cost, Statement
from careerforge.gateway.cache import Kept
from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.prices import Prices, tokens
from careerforge.gateway.prompt import Prompt, Usage
from careerforge.gateway.standing import Health
from careerforge.people.models import User
from careerforge.tenancy import aside

FREE = Prices()


@dataclass
class Books:
    """A ledger by :class:`~careerforge.gateway.ledger.Ledger`, for one question. Closed, its rows are safe.

    Attributes:
        prices: by provider and model asked.
        health: of the providers, before the question.
        subject: whom the question concerns.
        regions: where each model works, by the same.
    """

    prices: Mapping[tuple[str, str], Prices]
    health: Mapping[str, Health]
    subject: User | None = None
    regions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    rows: list[ModelCall] = field(default_factory=list)
    texts: list[SentText] = field(default_factory=list)
    spent: Cost = field(default_factory=lambda: Cost(calls=0))

    def record(self, call: CallRecord, prompt: Prompt, answer: str) -> UUID:
        """Take down one call, and let everybody know how its provider is."""
        usage = Usage(call.input_tokens, call.output_tokens, call.cache_read_tokens, call.cache_write_tokens)
        which = (call.provider, call.model_asked)
        micros = self.prices.get(which, FREE).micros(usage)
        row = ModelCall(micros=micros, data_region=self.regions.get(which, ""), **asdict(call))
        self.rows.append(row)
        if call.outcome != "switched_off":
            self.texts.append(sent.sealed(row, self.subject, prompt, answer))
            self.spent = Cost(
                self.spent.calls + 1, self.spent.tokens + tokens(usage), self.spent.micros + micros
            )
            breakers.after_call(call, self.health.get(call.provider))
        return row.id

    def close(self, *also: Statement) -> None:
        """Keep every row. They stay whatever becomes of the act: money that is spent stays spent.

        Args:
            also: to be done in the same transaction.
        """
        with aside.transaction_of_its_own() as opened:
            if also:
                statements = "; ".join(statement for statement, _values in also)
                opened.execute(statements, [value for _statement, values in also for value in values])
            opened.enter()
            ModelCall.objects.using(aside.alias()).bulk_create(self.rows)
            SentText.objects.using(aside.alias()).bulk_create(self.texts)

    def note(self) -> None:
        """Keep the rows of a question for which nobody was asked: with the act, for nothing was spent.

        The act may be the very one that makes the company.
        """
        ModelCall.objects.bulk_create(self.rows)

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
