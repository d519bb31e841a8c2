"""What a call leaves behind: its row in the ledger with its price, what was sent, its provider's health."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from careerforge.gateway import breakers, budget, prices, sent, statements
from careerforge.gateway.budget import Asker, Cost, Exceeded, Held
from careerforge.gateway.cache import Kept
from careerforge.gateway.ledger import CallRecord
from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.models.calls import UNDER_WAY
from careerforge.gateway.prices import Prices, tokens
from careerforge.gateway.prompt import Prompt, Usage
from careerforge.gateway.standing import Standing
from careerforge.gateway.statements import Statement
from careerforge.people.models import User
from careerforge.tenancy import aside, context

FREE = Prices()
# The ledger's kind of error of a call whose answer we could not take.
OUR_FAULT = "our_fault"
# What is known of a call only at its end.
ENDED = (
    "model_answered",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "micros",
    "latency_ms",
    "outcome",
    "error_kind",
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A call under way: its text, and what it was counted with."""

    prompt: Prompt
    text: SentText
    held: Held


@dataclass
class Books:
    """A ledger by :class:`~careerforge.gateway.ledger.Ledger`, for one question.

    Before a call its row, its text and the most that it may come to are kept in one transaction of their own,
    so that whoever is killed in the middle leaves them; at its end they are put right.

    Attributes:
        asker: whose budgets are used.
        standing: limits, regions, and the providers' health before the question.
        prices: by provider and model asked.
        subject: whom the question concerns.
        about: what its text belongs to.
        stops: whether nobody wants the answer any more.
    """

    asker: Asker
    standing: Standing
    prices: Mapping[tuple[str, str], Prices]
    subject: User | None = None
    about: UUID | None = None
    stops: Callable[[], bool] = lambda: False
    under_way: dict[UUID, _Open] = field(default_factory=dict)
    waiting: list[Statement] = field(default_factory=list)
    # Calls whose end waits to be kept.
    ended: list[UUID] = field(default_factory=list)
    # How its calls ended, for whoever asked.
    outcomes: list[str] = field(default_factory=list)

    def begin(self, call: CallRecord, prompt: Prompt) -> UUID | Exceeded | None:
        """Count, write down and seal what is about to leave, at the most that it may come to."""
        if self.stops():
            return None
        most = prices.most(prompt)
        row = self._row(replace(call, input_tokens=most.input, output_tokens=most.output))
        text = sent.sealed(row, self.subject, self.about, prompt)
        held = budget.hold(
            self.asker,
            Cost(1, tokens(most), row.micros),
            self.standing.limits,
            call.started_at,
            [*self.waiting, statements.insert(row), statements.insert(text)],
        )
        if isinstance(held, Exceeded):
            return held
        self._forget_what_waited()
        self.under_way[row.id] = _Open(prompt, text, held)
        return row.id

    def end(self, row: UUID, call: CallRecord, answer: str) -> None:
        """Put right what a call came to, and let everybody know how its provider is.

        An answer waits for :meth:`close`: it is kept in the same transaction.
        """
        opened = self.under_way[row]
        ended = call.started_at + timedelta(milliseconds=call.latency_ms)
        made = self._row(call, id=row)
        self.waiting += [
            budget.settled(opened.held, _cost(call, made.micros), ended),
            statements.update(made, ENDED),
        ]
        self.ended.append(row)
        self.outcomes.append(call.outcome)
        if answer:
            sent.add_answer(opened.text, opened.prompt, answer)
            self.waiting.append(statements.update(opened.text, ["sealed_text"]))
        if call.outcome != "ok":
            self.close()
        breakers.after_call(call, self.standing.health.get(call.provider))

    def give_up(self) -> None:
        """End the calls that an error of our own left under way. What they were counted with stays: the most
        that they can have cost.
        """
        rows = ModelCall.objects.using(aside.alias())
        if lost := list(self.under_way):
            self.under_way.clear()
            with aside.transaction_of_its_own() as opened:
                opened.enter()
                rows.filter(pk__in=lost, outcome=UNDER_WAY).update(outcome="bad_answer", error_kind=OUR_FAULT)

    def close(self, *also: Statement) -> None:
        """Keep what waits. It stays whatever becomes of the act: money that is spent stays spent.

        Args:
            also: to be done in the same transaction.
        """
        if every := [*self.waiting, *also]:
            self.waiting.clear()
            with aside.transaction_of_its_own() as opened:
                opened.execute(*statements.together(every))
            self._forget_what_waited()

    def _forget_what_waited(self) -> None:
        """It is kept; only from then on a call is no longer under way."""
        self.waiting.clear()
        while self.ended:
            self.under_way.pop(self.ended.pop(), None)

    def not_made(self, call: CallRecord) -> None:
        """Take down, with the act, that nobody was asked: nothing was spent.

        The act may be the very one that makes the company.
        """
        with context.organisation(context.current_id()):
            self._row(call).save(force_insert=True)

    def found(self, prompt: Prompt, kept: Kept, now: datetime) -> None:
        """Take down that a question was answered from the cache."""
        row = ModelCall(
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
        self.close(statements.insert(row))

    def _row(self, call: CallRecord, **known: UUID) -> ModelCall:
        which = (call.provider, call.model_asked)
        micros = self.prices.get(which, FREE).micros(_usage(call))
        return ModelCall(micros=micros, data_region=self.standing.region_of(*which), **asdict(call), **known)


def _usage(call: CallRecord) -> Usage:
    return Usage(call.input_tokens, call.output_tokens, call.cache_read_tokens, call.cache_write_tokens)


def _cost(call: CallRecord, micros: int) -> Cost:
    """What a call is counted with in the end: nothing when its provider was at fault and took nothing."""
    used = tokens(_usage(call))
    return Cost(0 if not used and breakers.failed(call.outcome, call.error_kind) else 1, used, micros)
