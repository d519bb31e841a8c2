"""The one road to a model: switched on? → asked before? → room in the budget? → providers in turn → ledger.

What is not allowed, what nobody can answer and what no provider answers are values, so that the caller goes
on by rules. Nothing here holds a lock while a provider thinks.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from careerforge.gateway import breakers, budget, prices, standing
from careerforge.gateway.answer import Unreadable, read
from careerforge.gateway.books import Books
from careerforge.gateway.budget import Asker, Cost, Exceeded
from careerforge.gateway.cache import Claim, Keeping, Kept, Patience, claim_or_find
from careerforge.gateway.complete import CLOCK, Clock, complete
from careerforge.gateway.prices import Prices
from careerforge.gateway.prompt import Completion, Prompt, Usage
from careerforge.gateway.provider import Provider
from careerforge.gateway.providers import configured, made
from careerforge.gateway.standing import Standing
from careerforge.tenancy import aside

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
    """

    asker: Asker
    allowed: bool
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    region: str = ""
    clock: Clock = CLOCK
    patience: Patience = field(default_factory=Patience)

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
        found = standing.read(prompt.function, STRENGTHS.get(prompt.function, "simple"), self.region)
        offered = self._offered(found)
        if not offered:
            return None
        books = Books({(one.name, one.model): price for one, price in offered}, found.health)
        if not self.allowed or not found.is_on:
            complete(prompt, providers=[offered[0][0]], ledger=books, allowed=False)
            books.close()
            return None
        claim = self._claim(prompt, keeping, offered)
        if isinstance(claim, Kept):
            return self._kept(prompt, claim, books)
        if claim is None and keeping:
            return None
        return self._made(prompt, claim, offered, found, books)

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
            reading = read(kept.text, prompt.schema)
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
            repaired=reading.repaired,
        )

    def _made(
        self,
        prompt: Prompt,
        claim: Claim | None,
        offered: Sequence[tuple[Provider, Prices]],
        found: Standing,
        books: Books,
    ) -> Completion | Exceeded | None:
        """A new answer, within the budget."""
        held = budget.hold(self.asker, _most(prompt, books.prices), found.limits, self.clock.now())
        if isinstance(held, Exceeded):
            if claim:
                with aside.transaction_of_its_own() as opened:
                    claim.give_back(opened)
            return held
        made = None
        try:
            made = complete(
                prompt,
                providers=self._asked(offered, found),
                ledger=books,
                allowed=True,
                deadline_s=DEADLINE_S,
                clock=self.clock,
            )
        finally:
            books.close(*_ending(claim, made), held=held)
        return made

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


def _ending(claim: Claim | None, made: Completion | None) -> list[Callable[[aside.Aside], None]]:
    """What becomes of a claim."""
    if claim is None:
        return []
    if made is None:
        return [claim.give_back]
    return [lambda opened: claim.keep(opened, made.text, made.provider, made.model_answered)]


def _most(prompt: Prompt, price: Mapping[tuple[str, str], Prices]) -> Cost:
    """The most that one answer may come to, at the dearest provider."""
    usage = prices.most(prompt)
    return Cost(1, prices.tokens(usage), max(one.micros(usage) for one in price.values()))
