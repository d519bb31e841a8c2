"""What the open organisation has set for models, and how its providers have been: one query for a call."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from careerforge.gateway.budget import Cap
from careerforge.gateway.models import Offer
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.prices import Prices

# A model in place of the list, as ``provider:model``: only while the golden set tries it out.
_TRIED: ContextVar[str] = ContextVar("tried_model", default="")
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
    with connection.cursor() as cursor:
        cursor.execute(READ, [strength, function, region])
        offers, limits, breakers, is_on, chosen, forbidden = cursor.fetchone()
    closed = set(_rows(forbidden))
    standing = Standing(
        offers=[offered(Offer(**row)) for row in _rows(offers) if row["data_region"].lower() not in closed],
        limits={Scope(row["scope"]): _cap(row) for row in _rows(limits)},
        health={row["provider"]: _health(row) for row in _rows(breakers)},
        is_on=is_on,
        chosen=chosen,
    )
    return _with_tried(standing, _TRIED.get())


@contextmanager
def trying(model: str) -> Iterator[None]:
    """Inside, this model is asked and no other.

    Args:
        model: ``provider:model``.
    """
    token = _TRIED.set(model)
    try:
        yield
    finally:
        _TRIED.reset(token)


def _with_tried(standing: Standing, model: str) -> Standing:
    """With the model that is tried out as the only one, at its price where the list has one."""
    if not model:
        return standing
    provider, _colon, name = model.partition(":")
    known = [one for one in standing.offers if (one.provider, one.model) == (provider, name)]
    offer = known[0] if known else Offered(provider, name, 45, "", "", Prices())
    return replace(standing, offers=[offer], chosen=True)


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
