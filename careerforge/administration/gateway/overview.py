"""The overview of language models: how they are, what they cost, how much is left, what is switched on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.administration.gateway import calibration, chart, figures, health, use, words
from careerforge.administration.gateway.figures import Figures, Speed, Tokens
from careerforge.assistant import confidence, feedback
from careerforge.design.words import plain
from careerforge.gateway.models import FunctionSwitch, ModelCall, Notice

PERIODS = (7, 30, 90)
USUAL = 30
# Of notices; more than that is a history, which has its own page.
MOST = 5


@dataclass(frozen=True)
class Switch:
    """What models may be asked for."""

    code: str
    name: str
    is_on: bool


@dataclass(frozen=True)
class FunctionRow:
    """What became of one function's questions. ``ends``: how, and how many, in the order of the columns."""

    name: str
    ends: tuple[tuple[str, int], ...]
    calls: int
    dollars: str


@dataclass(frozen=True)
class TokenRow:
    """Tokens of one provider, by class."""

    name: str
    tokens: Tokens


@dataclass(frozen=True)
class SpeedRow:
    """How long one provider takes for one function, and what half of its answers cost at most."""

    function: str
    provider: str
    speed: Speed
    p50: str
    p95: str
    dollars: str


def context(who: Any, asked: str, now: datetime | None = None) -> dict[str, Any]:
    """Everything that the page shows.

    Args:
        asked: days, as in the address.
    """
    now = now or timezone.now()
    days = int(asked) if asked in {str(one) for one in PERIODS} else USUAL
    sums = figures.read(days, now)
    today = sums.by_day[-1]
    return {
        "title": _("Language models"),
        "now": now,
        "days": days,
        "periods": PERIODS,
        "notices": unseen(who),
        "may_see_notices": who.has_perm("gateway.change_notice"),
        "may_turn": who.has_perm("gateway.change_functionswitch"),
        "may_ask_again": who.has_perm("gateway.change_breaker"),
        "company": who.organisation,
        "providers": health.providers(now),
        "switches": switches(),
        "uses": [(one, words.moment(one.until, now)) for one in use.uses(now)],
        "is_empty": not (sums.whole.calls or sums.whole.cached or _ever_asked()),
        "today": today,
        "today_dollars": words.dollars(today.micros),
        "whole": sums.whole,
        "whole_dollars": words.dollars(sums.whole.micros),
        "median": median(sums),
        "money": chart.money([(one.on, one.micros) for one in sums.by_day]),
        "hits": chart.shares([(one.on, one.share) for one in sums.by_day], sums.whole.share),
        "day_rows": [
            (one, words.dollars(one.micros)) for one in reversed(sums.by_day) if one.calls or one.cached
        ],
        "ratings": feedback.ratings(now=now),
        "fewest": feedback.FEWEST_PEOPLE,
        "calibrations": calibration.calibrations(),
        "enough_outcomes": confidence.ENOUGH_OUTCOMES,
        "enough_people": confidence.ENOUGH_PEOPLE,
        **tables(sums),
    }


def unseen(who: Any) -> list[Notice]:
    """What stands on the first page of somebody who may do something about it."""
    if not who.has_perm("gateway.change_notice"):
        return []
    return list(Notice.objects.filter(seen_at=None).order_by("-at")[:MOST])


def switches() -> list[Switch]:
    """Every function; one without a row is on. One query."""
    known = dict(FunctionSwitch.objects.values_list("function", "is_on"))
    return [Switch(code, str(name), known.get(code, True)) for code, name in FunctionSwitch.Function.choices]


def median(sums: Figures) -> str:
    """What half of the answers cost at most, and what an answer came to with everything around it."""
    if sums.overall is None:
        return ""
    facts = {
        "median": words.dollars(sums.overall.micros),
        "n": plain(sums.overall.calls),
        "mean": words.dollars(round(sums.whole.micros / sums.whole.answered)),
        "all": plain(sums.whole.answered),
    }
    return (
        _(
            "Median price of an answer: %(median)s US dollars, over %(n)s that a provider gave. With failures"
            " and with what the cache answered for nothing, an answered question came to %(mean)s,"
            " over %(all)s."
        )
        % facts
    )


def tables(sums: Figures) -> dict[str, Any]:
    """By function and outcome, by provider and class of token, and how long answers take."""
    ends = [end for end in words.OUTCOMES if any(counts[end] for counts in sums.outcomes.values())]
    return {
        "end_names": [words.outcome(end) for end in ends],
        "function_rows": [_function_row(sums, function, ends) for function in sums.outcomes],
        "token_rows": [TokenRow(words.provider(code), tokens) for code, tokens in sums.tokens.items()],
        "speed_rows": [
            _speed_row(words.function(function), words.provider(provider), speed)
            for (function, provider), speed in sorted(sums.speeds.items())
        ],
        "overall": _speed_row(_("All"), "", sums.overall) if sums.overall else None,
    }


def _function_row(sums: Figures, function: str, ends: Sequence[str]) -> FunctionRow:
    counts = sums.outcomes[function]
    micros = sum(cell.micros for cell in sums.cells if cell.function == function)
    named = tuple((words.outcome(end), counts[end]) for end in ends)
    return FunctionRow(words.function(function), named, counts.total(), words.dollars(micros))


def _speed_row(function: str, provider: str, speed: Speed) -> SpeedRow:
    return SpeedRow(
        function,
        provider,
        speed,
        words.duration(speed.p50_ms),
        words.duration(speed.p95_ms),
        words.dollars(speed.micros),
    )


def _ever_asked() -> bool:
    return ModelCall.objects.exclude(outcome="switched_off").exists()
