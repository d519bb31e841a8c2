"""How sure answers were said to be, against what their readers made of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from careerforge.administration.gateway import words
from careerforge.assistant import confidence, outcomes
from careerforge.assistant.confidence import (
    BINS,
    ENOUGH_OUTCOMES,
    ENOUGH_PEOPLE,
    FEWEST_PEOPLE,
    Outcomes,
    Tenth,
)
from careerforge.design.words import percent, plain
from careerforge.gateway.models import FunctionSwitch

Function = FunctionSwitch.Function
# Kinds of results that say which share of their sentences is supported, and the function that makes them.
KINDS = {"advice": Function.ADVICE, "chat": Function.CHAT, "path": Function.PATH}


@dataclass(frozen=True)
class Line:
    """Answers that were given with about the same share of support, in words."""

    bounds: str
    said: str
    came: str
    n: int


@dataclass(frozen=True)
class Calibration:
    """One function.

    Attributes:
        state: how far it is from a figure, or what its figures rest on.
        lines: the tenths that may be told; empty while there is no figure.
        brier, error: of these tenths; empty along with them.
    """

    name: str
    state: str
    lines: Sequence[Line] = ()
    brier: str = ""
    error: str = ""


def calibrations() -> list[Calibration]:
    """Every function whose answers say how much of them is supported: one query."""
    found = outcomes.read(KINDS)
    return [_calibration(words.function(function), found[kind]) for kind, function in KINDS.items()]


def _calibration(name: str, found: Outcomes) -> Calibration:
    if not found.shown:
        return Calibration(name, _waiting(found))
    return Calibration(
        name,
        _rests_on(found),
        [_line(one) for one in found.shown],
        plain(confidence.brier(found.shown), 3),
        plain(confidence.calibration_error(found.shown), 3),
    )


def _waiting(found: Outcomes) -> str:
    facts = {"of": ENOUGH_OUTCOMES, "all": ENOUGH_PEOPLE, "few": FEWEST_PEOPLE, "n": plain(found.n)}
    if found.is_enough:
        return _("No tenth has outcomes of %(few)s people yet; until then confidence is in words.") % facts
    if found.people < FEWEST_PEOPLE:
        said = _("Fewer than %(few)s people have rated, of %(all)s. %(of)s outcomes are needed too;")
    else:
        facts["people"] = plain(found.people)
        said = _("%(n)s of %(of)s outcomes, of %(people)s of %(all)s people;")
    return f"{said % facts} {_('until then confidence is in words.')}"


def _rests_on(found: Outcomes) -> str:
    facts = {"n": plain(found.n), "people": plain(found.people)}
    return _("%(n)s outcomes of %(people)s people.") % facts


def _line(tenth: Tenth) -> Line:
    facts = {"from": plain(100 * tenth.place / BINS), "to": plain(100 * (tenth.place + 1) / BINS)}
    bounds = _("%(from)s to %(to)s of 100") % facts
    return Line(bounds, percent(tenth.said / tenth.n), percent(tenth.right / tenth.n), tenth.n)
