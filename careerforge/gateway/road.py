"""The one road to a model: switched on? → asked before? → room in the budget? → providers in turn → ledger.

What is not allowed, what nobody can answer and what no provider answers are values, so that the caller goes
on by rules. Nothing here holds a lock or a transaction while a provider thinks; nor should whoever asks.
"""

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings

from careerforge.gateway import breakers, sent, standing
from careerforge.gateway.answer import Unreadable, read
from careerforge.gateway.begun import Begun
from careerforge.gateway.books import Books
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.cache import Claim, Keeping, Kept, Patience, claim_or_find
from careerforge.gateway.clock import CLOCK, Clock
from careerforge.gateway.complete import complete
from careerforge.gateway.flow import Ending, Flow
from careerforge.gateway.prices import Prices
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Provider
from careerforge.gateway.providers import Bounded, configured, loading, reachable
from careerforge.gateway.standing import Standing
from careerforge.gateway.write import write
from careerforge.people.models import User
from careerforge.tenancy import context

# Seconds for all providers together.
DEADLINE_S = 45.0
# What is asked of which model: see PRODUCT's high stakes. What is not here is simple.
STRENGTHS: Mapping[str, str] = {"learning_path": "strong"}


def never() -> bool:
    """The answer is wanted to its end."""
    return False


@dataclass(frozen=True, slots=True)
class Road:
    """The way to a model for one asker.

    Attributes:
        asker: whose budgets are used.
        allowed: the company has switched language models on.
        environ: keys and addresses.
        region: of the person whom the questions are about, as in their profile.
        clock: replaced in tests.
        patience: with somebody else who is asking the same.
        subject: whom the questions concern: what leaves is sealed for them. Select ``key`` along.
        about: what the text belongs to, such as a conversation: kept with it, as ``SentText.about``.
        stops: asked before each call, and while a streamed one is silent, whether nobody wants the answer any
            more; then nobody is asked, and a stream ends.
        organisation: the one that asks; as a rule the one that is open where the road is made. It need not be
            open any more when somebody is asked.
    """

    asker: Asker
    allowed: bool
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    region: str = ""
    clock: Clock = CLOCK
    patience: Patience = field(default_factory=Patience)
    subject: User | None = None
    about: UUID | None = None
    stops: Callable[[], bool] = never
    organisation: UUID | None = field(default_factory=context.current_id)

    @property
    def leads_anywhere(self) -> bool:
        """Whether there is anybody to ask. No query."""
        return bool(configured(self.environ, allowed=settings.ALLOWED_ORIGINS))

    def ask(self, prompt: Prompt, keeping: Keeping | None = None) -> Completion | Exceeded | None:
        """Ask for one answer.

        Args:
            prompt: already redacted.
            keeping: how the answer is kept for the same question again; None for not at all.

        Returns:
            The answer; which limit is reached; or None when the rules must do. Never raises a ProviderError.
        """
        with self._named():
            return self._asked_for(prompt, keeping)

    def _asked_for(self, prompt: Prompt, keeping: Keeping | None) -> Completion | Exceeded | None:
        begun = self._begun(prompt, keeping)
        if not isinstance(begun, Begun):
            return begun
        with begun:
            ended = complete(
                prompt,
                providers=begun.providers,
                ledger=begun.books,
                allowed=True,
                deadline_s=DEADLINE_S,
                clock=self.clock,
            )
            begun.made = ended if isinstance(ended, Completion) else None
        return ended

    def stream(self, prompt: Prompt, keeping: Keeping | None = None, *, field: str = "answer") -> Flow:
        """Ask for one answer and get it while it is written. What is kept already comes in one piece.

        Args:
            prompt, keeping: as for :meth:`ask`.
            field: of the prompt's schema, whose text is given out.
        """
        outcomes: list[str] = []
        return Flow(self._written(prompt, keeping, field, outcomes), self.organisation, outcomes)

    def _named(self) -> AbstractContextManager[None]:
        return context.named(self.organisation or context.current_id())

    def _written(
        self, prompt: Prompt, keeping: Keeping | None, field: str, outcomes: list[str]
    ) -> Generator[str, None, Ending]:
        begun = self._begun(prompt, keeping)
        if not isinstance(begun, Begun):
            if text := getattr(getattr(begun, "parsed", None), field, ""):
                yield text
            return begun
        begun.books.outcomes = outcomes
        with begun:
            ended = yield from write(
                prompt,
                providers=begun.providers,
                ledger=begun.books,
                field=field,
                deadline_s=DEADLINE_S,
                clock=self.clock,
                gone=self.stops,
            )
            begun.made = ended if isinstance(ended, Completion) else None
        return ended

    def _begun(self, prompt: Prompt, keeping: Keeping | None) -> Begun | Completion | Exceeded | None:
        """A question that may be asked; or what it ends with at once."""
        if self.stops():
            return None
        # Otherwise the first call of a process would take its provider for slow.
        loading.load(self.environ)
        found = standing.read(prompt.function, STRENGTHS.get(prompt.function, "simple"), self.region)
        offered = self._offered(found)
        if not offered:
            return None
        if self.subject:
            # Its key is needed at the end, when the act may have failed.
            sent.know_key(self.subject)
        costs = {(one.name, one.model): price for one, price in offered}
        books = Books(self.asker, found, costs, self.subject, self.about, self.stops)
        if not self.allowed or not found.is_on:
            complete(prompt, providers=[offered[0][0]], ledger=books, allowed=False)
            return None
        claim = self._claim(prompt, keeping, offered)
        if isinstance(claim, Kept):
            return self._kept(prompt, claim, books)
        if claim is None and keeping:
            return None
        return Begun(self._asked(offered, found), books, claim)

    def _claim(
        self, prompt: Prompt, keeping: Keeping | None, offered: Sequence[tuple[Provider, Prices]]
    ) -> Claim | Kept | None:
        if keeping is None:
            return None
        key = keeping.key(prompt, tuple(f"{one.name}:{one.model}" for one, _price in offered))
        patience = replace(self.patience, stops=self.stops)
        return claim_or_find(keeping, key, prompt.function, self.clock.now(), patience)

    def _kept(self, prompt: Prompt, kept: Kept, books: Books) -> Completion | None:
        """A kept text as an answer; it was readable when it was kept."""
        books.found(prompt, kept, self.clock.now())
        try:
            reading = read(kept.text, prompt.schema, mend=True)
        except Unreadable:
            return None
        return Completion(
            text=kept.text,
            parsed=reading.parsed,
            model_asked=kept.model,
            model_answered=kept.model,
            usage=Usage(),
            stop_reason="kept",
            provider=kept.provider,
            web_sources=kept.web_sources,
            repaired=reading.repaired,
            call_id=kept.call_id,
        )

    def _offered(self, found: Standing) -> list[tuple[Provider, Prices]]:
        """Who has a key and may be asked, with prices, in turn."""
        if not found.chosen:
            return [(one, Prices()) for one in configured(self.environ, allowed=settings.ALLOWED_ORIGINS)]
        return [
            (provider, one.prices)
            for one in found.offers
            for provider in reachable(one, self.environ, allowed=settings.ALLOWED_ORIGINS)
        ]

    def _asked(self, offered: Sequence[tuple[Provider, Prices]], found: Standing) -> Iterator[Provider]:
        """One after the other, without those that are left alone at that moment."""
        for provider, _price in offered:
            health = found.health.get(provider.name)
            if breakers.may_ask(provider.name, health, self.clock.now()):
                is_probe = health is not None and health.open_until is not None
                yield Bounded(provider, DEADLINE_S, once=True) if is_probe else provider
