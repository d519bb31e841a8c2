"""The list of language models: what of a change of it has to be proven, and how it is tried out.

Taking a model off the list needs no proof: those that are left are asked already when it does not answer.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careerforge.assistant.prompts.template import digest
from careerforge.gateway.models import Offer

STRENGTHS = tuple(Offer.Strength)
# Strength, provider, model, how it thinks, seconds it is waited for, and where it runs.
Turn = tuple[str, str, str, str, int, str]


@dataclass(frozen=True)
class Models:
    """Models in place of the company's list.

    Attributes:
        named: in words, such as ``anthropic:claude-haiku-4-5``.
    """

    offers: tuple[Offer, ...]
    named: str

    @property
    def digest(self) -> str:
        """A hash of who is asked for what, in which turn."""
        return digest(json.dumps(turns(self.offers)))

    @property
    def strengths(self) -> frozenset[str]:
        """What they are asked for."""
        return frozenset(one.strength for one in self.offers)


def turns(offers: Iterable[Offer]) -> list[Turn]:
    """Who is asked for what, in which turn. Pure."""
    used = [one for one in offers if one.is_on]
    ordered = sorted(used, key=lambda one: (one.strength, one.place, one.provider, one.model))
    return [_turn(one) for one in ordered]


def _turn(one: Offer) -> Turn:
    region = one.data_region.lower()
    return str(one.strength), str(one.provider), one.model, str(one.thinking), one.timeout_s, region


def tried(live: Sequence[Offer], wanted: Sequence[Offer]) -> Models | None:
    """What has to be tried out before a list takes the place of another; None when nothing has. Pure.

    A model that is new for something is asked first there, whatever its turn will be: one that only stands
    in for another would otherwise never be asked. Without a new one the wanted order is.
    """
    found: list[Offer] = []
    for strength in STRENGTHS:
        before = [one for one in turns(live) if one[0] == strength]
        after = [one for one in turns(wanted) if one[0] == strength]
        if not is_part(after, before):
            found += _first([one for one in wanted if one.is_on and one.strength == strength], before)
    return Models(tuple(found), _named(found)) if found else None


def _first(wanted: Sequence[Offer], before: Sequence[Turn]) -> Sequence[Offer]:
    return [one for one in wanted if turns([one])[0] not in before] or wanted


def is_part(short: Sequence[Turn], whole: Sequence[Turn]) -> bool:
    """Whether one list is the other with some left out. Pure."""
    rest = iter(whole)
    return all(one in rest for one in short)


def _named(offers: Iterable[Offer]) -> str:
    named = {f"{one.provider}:{one.model}".rstrip(":") for one in offers}
    return ", ".join(sorted(named))


def of_name(provider: str, model: str) -> Models:
    """One model in place of all, where it runs and at its price as the list has them: one query."""
    rows = list(Offer.objects.filter(provider=provider))
    known = next((row for row in rows if row.model == model), rows[0] if rows else Offer(provider=provider))
    return Models(tuple(_like(known, model, strength) for strength in STRENGTHS), f"{provider}:{model}")


def _like(row: Offer, model: str, strength: str) -> Offer:
    known = row.model == model
    return Offer(
        provider=row.provider,
        model=model,
        strength=strength,
        timeout_s=row.timeout_s,
        thinking=row.thinking if known else "",
        data_region=row.data_region,
        **{name: getattr(row, name) if known else 0 for name in PRICES},
    )


PRICES = ("input_price", "output_price", "cache_read_price", "cache_write_price")
