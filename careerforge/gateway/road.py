"""The one road to a model: switched on? → asked before? → room in the budget? → providers in turn → ledger.

What is not allowed, what nobody can answer and what no provider answers are values, so that the caller goes
on by rules. Nothing here holds a lock while a provider thinks.
"""

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from careerforge.gateway import breakers, budget, prices, standing
from careerforge.gateway.answer import Unreadable, read
from careerforge.gateway.begun import Begun
from careerforge.gateway.books import Books
from careerforge.gateway.budget import Asker, Cost, Exceeded
from careerforge.gateway.cache import Claim, Keeping, Kept, Patience, claim_or_find
from careerforge.gateway.clock import CLOCK, Clock
from careerforge.gateway.complete import complete
from careerforge.gateway.flow import Ending, Flow
from careerforge.gateway.prices import Prices
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Provider
from careerforge.gateway.providers import configured, made
from careerforge.gateway.standing import Standing
from careerforge.gateway.write import write
from careerforge.people import identity
from careerforge.people.models import User

# Seconds for all providers together.
DEADLINE_S = 45.0
# What is asked of which model: see PRODUCT's high stakes. What is not here is simple.
STRENGTHS: Mapping[str, str] = {"learning_path": "strong"}


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
    """

    asker: Asker
    allowed: bool
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    region: str = ""
    clock: Clock = CLOCK
    patience: Patience = field(default_factory=Patience)
    subject: User | None = None

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
        begun = self._begun(prompt, keeping)
        if not isinstance(begun, Begun):
            return begun
        with begun:
            begun.made = complete(
                prompt,
                providers=begun.providers,
                ledger=begun.books,
                allowed=True,
                deadline_s=DEADLINE_S,
                clock=self.clock,
            )
        return begun.made

    def stream(self, prompt: Prompt, keeping: Keeping | None = None, *, field: str = "answer") -> Flow:
        """Ask for one answer and get it while it is written. What is kept already comes in one piece.

        Args:
            prompt, keeping: as for :meth:`ask`.
            field: of the prompt's schema, whose text is given out.
        """
        return Flow(self._written(prompt, keeping, field))

    def _written(self, prompt: Prompt, keeping: Keeping | None, field: str) -> Generator[str, None, Ending]:
        begun = self._begun(prompt, keeping)
        if not isinstance(begun, Begun):
            if text := getattr(getattr(begun, "parsed", None), field, ""):
                yield text
            return begun
        with begun:
            ended = yield from write(
                prompt,
                providers=begun.providers,
                ledger=begun.books,
                field=field,
                deadline_s=DEADLINE_S,
                clock=self.clock,
            )
            begun.made = ended if isinstance(ended, Completion) else None
        return ended

    def _begun(self, prompt: Prompt, keeping: Keeping | None) -> Begun | Completion | Exceeded | None:
        """A question that may be asked; or what it ends with at once."""
        found = standing.read(prompt.function, STRENGTHS.get(prompt.function, "simple"), self.region)
        offered = self._offered(found)
        if not offered:
            return None
        if self.subject:
            # Its key is needed at the end, when the act may have failed.
            identity.key_of(self.subject)
        costs = {(one.name, one.model): price for one, price in offered}
        regions = {which: found.region_of(*which) for which in costs}
        books = Books(costs, found.health, self.subject, regions)
        if not self.allowed or not found.is_on:
            complete(prompt, providers=[offered[0][0]], ledger=books, allowed=False)
            books.note()
            return None
        claim = self._claim(prompt, keeping, offered)
        if isinstance(claim, Kept):
            return self._kept(prompt, claim, books)
        if claim is None and keeping:
            return None
        held = budget.hold(self.asker, _most(prompt, books.prices), found.limits, self.clock.now())
        if isinstance(held, Exceeded):
            if claim:
                books.close(claim.ended(None))
            return held
        return Begun(self._asked(offered, found), books, held, claim, self.clock)

    def _claim(
        self, prompt: Prompt, keeping: Keeping | None, offered: Sequence[tuple[Provider, Prices]]
    ) -> Claim | Kept | None:
        if keeping is None:
            return None
        key = keeping.key(prompt, tuple(f"{one.name}:{one.model}" for one, _price in offered))
        return claim_or_find(keeping, key, prompt.function, self.clock.now(), self.patience)

    def _kept(self, prompt: Prompt, kept: Kept, books: Books) -> Completion | None:
        """A kept text as an answer; it was readable when it was kept."""
        books.found(prompt, kept, self.clock.now())
        books.close()
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
            for provider in made(one, self.environ, allowed=settings.ALLOWED_ORIGINS)
        ]

    def _asked(self, offered: Sequence[tuple[Provider, Prices]], found: Standing) -> Iterator[Provider]:
        """One after the other, without those that are left alone at that moment."""
        for provider, _price in offered:
            if breakers.may_ask(provider.name, found.health.get(provider.name), self.clock.now()):
                yield provider


def _most(prompt: Prompt, price: Mapping[tuple[str, str], Prices]) -> Cost:
    """The most that one answer may come to, at the dearest provider."""
    usage = prices.most(prompt)
    return Cost(1, prices.tokens(usage), max(one.micros(usage) for one in price.values()))
