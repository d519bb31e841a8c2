"""The journey line: a person's road on a time axis, from the first day to the expected finish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from careerforge.design.scale import Span, Tick, anchor, pct
from careerforge.design.words import day

# Texts nearer to each other than this, in per cent of the width, would touch.
NEAR = 14
# "You, 21 Nov" and the finish stand on one line; on phones they need more room.
NEAR_ON_PHONES = 26


@dataclass(frozen=True)
class Stop:
    on: date
    name: str
    done: bool = False


@dataclass(frozen=True)
class Journey:
    """What is known. `finish` is the middle forecast, `low` to `high` its 80 % range; each may be unknown."""

    start: date
    today: date
    finish: date | None = None
    low: date | None = None
    high: date | None = None
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True)
class Dot:
    x: str
    anchor: str
    name: str
    done: bool


@dataclass(frozen=True)
class Goal:
    x: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Band:
    x: str
    width: str


@dataclass(frozen=True)
class JourneyPlot:
    """The same, as positions."""

    ticks: tuple[Tick, ...]
    here: Goal
    here_y: int
    goal: Goal | None
    band: Band | None
    dots: tuple[Dot, ...]
    sentence: str


def plot(line: Journey) -> JourneyPlot:
    """Place a journey. A text that would touch another is left out; its dot and the sentence stay."""
    days = [line.start, line.today, *(stop.on for stop in line.stops)]
    days += [known for known in (line.finish, line.low, line.high) if known]
    first = min(days).replace(day=1)
    span = Span(first, max(days) + timedelta(days=max((max(days) - first).days // 20, 3)))

    here = span.at(line.today)
    taken: list[float] = []
    goal, near = None, False
    if line.finish:
        x = span.at(line.finish)
        goal = Goal(pct(x), anchor(x), day(line.finish))
        near = abs(x - here) < NEAR_ON_PHONES
        taken.append(here if near else x)
    dots = []
    for stop in sorted(line.stops, key=lambda stop: stop.on):
        x = span.at(stop.on)
        free = all(abs(x - other) >= NEAR for other in taken)
        taken += [x] * free
        dots.append(Dot(pct(x), anchor(x), stop.name if free else "", stop.done))
    band = None
    if line.low and line.high:
        band = Band(pct(span.at(line.low)), pct(span.at(line.high) - span.at(line.low)))
    return JourneyPlot(
        ticks=span.ticks(),
        here=Goal(pct(here), anchor(here), _("You, %(day)s") % {"day": day(line.today, "short")}),
        here_y=68 if near else 16,
        goal=goal,
        band=band,
        dots=tuple(dots),
        sentence=sentence(line),
    )


def sentence(line: Journey) -> str:
    parts = [
        _("Timeline from %(start)s. You are at %(today)s.")
        % {"start": day(line.start), "today": day(line.today)}
    ]
    if line.finish:
        parts.append(_("Expected finish %(finish)s.") % {"finish": day(line.finish)})
    if line.low and line.high:
        parts.append(_("80%% range: %(low)s to %(high)s.") % {"low": day(line.low), "high": day(line.high)})
    return " ".join(parts)
