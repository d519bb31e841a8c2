"""One bar a day, as positions for a drawing: nothing but attributes, so that the strict policy holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from careerforge.design import words
from careerforge.design.scale import Span, Tick, nice_values, pct

TOP, FOOT = 10.0, 150.0
LEFT, RIGHT = 13.0, 100.0
# Of the room that a day has.
BROAD = 0.72


@dataclass(frozen=True)
class Line:
    """A line of the grid and its figure."""

    y: str
    text_y: str
    text: str


@dataclass(frozen=True)
class Bar:
    """One day."""

    x: str
    width: str
    y: str
    height: str


@dataclass(frozen=True)
class Bars:
    """A chart of days."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    sentence: str


def plot(
    points: Sequence[tuple[date, float | None]], tell: Callable[[float], str], sentence: str, top: float = 0.0
) -> Bars:
    """Place a value a day; None is a day without one.

    Args:
        tell: a value in words, for the grid.
        top: what the grid reaches at least; 0 for the highest value.
    """
    values = [value for _on, value in points if value is not None]
    grid = nice_values(0, max([top, *values]) or 1)
    room = (RIGHT - LEFT) / max(len(points), 1)
    half = room * BROAD / 2
    span = Span(points[0][0], points[-1][0], LEFT + room / 2, RIGHT - room / 2)

    def y(value: float) -> float:
        return FOOT - (FOOT - TOP) * value / grid[-1]

    bars = tuple(
        Bar(pct(span.at(on) - half), pct(2 * half), f"{y(value):.1f}", f"{FOOT - y(value):.1f}")
        for on, value in points
        if value
    )
    lines = tuple(Line(f"{y(v):.1f}", f"{y(v) + 4:.1f}", tell(v)) for v in grid)
    return Bars(lines, span.ticks(), bars, sentence)


def money(points: Sequence[tuple[date, int]]) -> Bars:
    """Millionths of a US dollar, day by day."""
    total, peak = sum(micros for _on, micros in points), max(points, key=lambda point: point[1])
    facts = {
        "total": _dollars(total / 1e6),
        "from": words.day(points[0][0]),
        "to": words.day(points[-1][0]),
        "most": _dollars(peak[1] / 1e6),
        "on": words.day(peak[0]),
    }
    text = (
        _("US dollars a day from %(from)s to %(to)s: %(total)s in all, most on %(on)s with %(most)s.")
        if total
        else _("US dollars a day from %(from)s to %(to)s: nothing was spent.")
    )
    return plot([(on, micros / 1e6) for on, micros in points], _dollars, text % facts)


def shares(points: Sequence[tuple[date, float | None]], whole: float | None) -> Bars:
    """Shares of 1, day by day, and that of all days together."""
    facts = {
        "from": words.day(points[0][0]),
        "to": words.day(points[-1][0]),
        "share": words.percent(whole),
        "n": sum(value is not None for _on, value in points),
    }
    text = (
        _("Share of answers from the cache, a day, from %(from)s to %(to)s: %(share)s over all of %(n)s days"
          " with answers.")
        if whole is not None
        else _("Share of answers from the cache, a day, from %(from)s to %(to)s: there were no answers.")
    )  # fmt: skip
    percent = [(on, None if value is None else value * 100) for on, value in points]
    return plot(percent, lambda value: f"{value:.0f}%", text % facts, top=100)


def _dollars(value: float) -> str:
    """As many decimals as small sums need."""
    places = next((n for n in (2, 3) if value == round(value, n)), 4)
    return f"${words.plain(value, places)}"
