"""How the providers are: asked as usual, or left alone until when and why."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from careerforge.administration.gateway import words
from careerforge.gateway import standing
from careerforge.gateway.models import Breaker, Offer
from careerforge.gateway.providers import BadAddress, made


@dataclass(frozen=True)
class Provider:
    """One provider as the overview shows it.

    Attributes:
        tone: of the design's: well, waiting, failing or nothing.
        again: the row whose provider can be asked as usual again at once.
    """

    name: str
    state: str
    tone: str
    models: tuple[str, ...]
    regions: tuple[str, ...]
    again: Breaker | None = None


def providers(now: datetime) -> list[Provider]:
    """Every provider that the company has in its list, in turn, with how it is: two queries."""
    rows = list(Offer.objects.order_by("place", "provider"))
    known = {one.provider: one for one in Breaker.objects.all()}
    return [
        _provider(code, [one for one in rows if one.provider == code], known.get(code), now)
        for code in dict.fromkeys(one.provider for one in rows)
    ]


def _provider(code: str, rows: Sequence[Offer], breaker: Breaker | None, now: datetime) -> Provider:
    used = [one for one in rows if one.is_on]
    asked, problem = _asked(used)
    state, tone = _state(bool(used), bool(asked), problem, breaker, now)
    return Provider(
        words.provider(code),
        state,
        tone,
        tuple(dict.fromkeys(asked)),
        tuple(dict.fromkeys(one.data_region for one in used if one.data_region)),
        breaker if asked and breaker and breaker.open_until else None,
    )


def _asked(rows: Sequence[Offer]) -> tuple[list[str], str]:
    """The models that the environment leads to, and what is wrong with its addresses."""
    found: list[str] = []
    for row in rows:
        try:
            found += [
                one.model for one in made(standing.offered(row), os.environ, allowed=settings.ALLOWED_ORIGINS)
            ]
        except BadAddress as problem:
            return found, str(problem)
    return found, ""


def _state(used: bool, keyed: bool, problem: str, breaker: Breaker | None, now: datetime) -> tuple[str, str]:
    if not used:
        return _("Not in use."), ""
    if problem:
        return problem, "failing"
    if not keyed:
        return _("No key or address in the environment, so it is never asked."), ""
    if breaker and breaker.open_until:
        return _left_alone(breaker, breaker.open_until, now)
    if breaker and breaker.failures:
        n = {"n": breaker.failures, "why": words.reason(breaker.why)}
        return _("Asked as usual. It failed %(n)s times in a row: %(why)s.") % n, "waiting"
    return _("Asked as usual."), "well"


def _left_alone(breaker: Breaker, until: datetime, now: datetime) -> tuple[str, str]:
    facts = {"why": words.reason(breaker.why), "until": words.moment(until, now)}
    text = (
        _("Left alone until %(until)s, because %(why)s.")
        if until > now
        else _("The next question tries it again; it was left alone until %(until)s, because %(why)s.")
    )
    since = breaker.changed_at
    told = _(" Since %(since)s.") % {"since": words.moment(since, now)} if since else ""
    return text % facts + told, "failing"
