"""What the open organisation has set for models, and how its providers have been: one query for a call."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from careerforge.gateway.budget import Cap
from careerforge.gateway.models import Offer
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.prices import Prices
from careerforge.tenancy import aside

# Models in place of the company's list: only while the golden set tries them out.
_TRIED: ContextVar[tuple[Offer, ...] | None] = ContextVar("tried_models", default=None)
READ = """
SELECT
    (SELECT coalesce(json_agg(offer ORDER BY place, provider, model), '[]')
     FROM gateway_offer AS offer WHERE is_on AND strength = %s),
    (SELECT coalesce(json_agg(held), '[]') FROM gateway_limit AS held),
    (SELECT coalesce(json_agg(breaker), '[]') FROM gateway_breaker AS breaker),
    NOT EXISTS (SELECT FROM gateway_functionswitch WHERE function = %s AND NOT is_on),
    EXISTS (SELECT FROM gateway_offer),
    (SELECT coalesce(json_agg(lower(data_region)), '[]') FROM gateway_forbiddenregion WHERE region = %s)
"""


@dataclass(frozen=True, slots=True)
class Offered:
    """One model that may be asked, as the administrator has set it."""

    provider: str
    model: str
    timeout_s: int
    thinking: str
    data_region: str
    prices: Prices


@dataclass(frozen=True, slots=True)
class Health:
    """How a provider has been lately. ``open_until`` is None while it is asked as usual."""

    failures: int = 0
    open_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that decides about a call before it is made.

    Attributes:
        offers: in their turn, without those that work in a region where this may not be worked on; empty when
            the administrator has switched all of them off.
        chosen: False while nobody has ever set an offer: then the environment alone decides.
    """

    offers: Sequence[Offered]
    limits: Mapping[Scope, Cap]
    health: Mapping[str, Health]
    is_on: bool
    chosen: bool

    def region_of(self, provider: str, model: str) -> str:
        """Where a model works, as it is set; empty when nobody has said."""
        own = [one for one in self.offers if one.provider == provider and one.model in (model, "")]
        return next((one.data_region for one in sorted(own, key=lambda one: one.model != model)), "")


def read(function: str, strength: str, region: str = "") -> Standing:
    """The standing for one function.

    Args:
        function: such as ``"coaching_advice"``.
        strength: of :class:`~careerforge.gateway.models.Offer`.
        region: of the person whom the question is about.
    """
    with aside.transaction_of_its_own() as opened:
        row = opened.execute(READ, [strength, function, region]).fetchone()
    offers, limits, breakers, is_on, chosen, forbidden = row
    closed, tried = set(_rows(forbidden)), _TRIED.get()
    listed = [Offer(**row) for row in _rows(offers)] if tried is None else _in_turn(tried, strength)
    return Standing(
        offers=[offered(one) for one in listed if one.data_region.lower() not in closed],
        limits={Scope(row["scope"]): _cap(row) for row in _rows(limits)},
        health={row["provider"]: _health(row) for row in _rows(breakers)},
        is_on=is_on,
        chosen=chosen or tried is not None,
    )


@contextmanager
def trying(models: Iterable[Offer]) -> Iterator[None]:
    """Inside, these models are asked and no others, by the same rules as the company's own list."""
    token = _TRIED.set(tuple(models))
    try:
        yield
    finally:
        _TRIED.reset(token)


def _in_turn(models: Iterable[Offer], strength: str) -> list[Offer]:
    """Those that are asked for one strength, as the table gives them."""
    found = [one for one in models if one.is_on and one.strength == strength]
    return sorted(found, key=lambda one: (one.place, one.provider, one.model))


def _rows(value: Any) -> list[Any]:
    return list(json.loads(value) if isinstance(value, str) else value)


def offered(row: Offer) -> Offered:
    """One row of the administrator's list."""
    prices = Prices(
        float(row.input_price),
        float(row.output_price),
        float(row.cache_read_price),
        float(row.cache_write_price),
    )
    return Offered(row.provider, row.model, row.timeout_s, row.thinking, row.data_region, prices)


def _cap(row: dict[str, Any]) -> Cap:
    dollars = row["dollars"]
    return Cap(row["calls"], row["tokens"], None if dollars is None else round(float(dollars) * 1_000_000))


def _health(row: dict[str, Any]) -> Health:
    until = row["open_until"]
    return Health(row["failures"], parse_datetime(until) if until else None)
