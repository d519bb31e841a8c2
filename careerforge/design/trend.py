"""A line of values over days: readiness, demand, anything with a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from careerforge.design import words
from careerforge.design.scale import Span, Tick, anchor, nice_values, pct

TOP, FOOT = 10.0, 180.0
LEFT, RIGHT = 8.0, 94.0

Point = tuple[date, float]


@dataclass(frozen=True)
class Line:
    y: str
    text_y: str
    text: str


@dataclass(frozen=True)
class Mark:
    x: str
    y: str
    text_y: str
    anchor: str
    text: str


@dataclass(frozen=True)
class TrendPlot:
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    path: str
    marks: tuple[Mark, ...]
    last: Mark
    sentence: str


def plot(
    points: Sequence[Point], *, name: str, unit: str = "share", marks: Sequence[tuple[date, str]] = ()
) -> TrendPlot | None:
    """Place a line; None when there is nothing to draw. Unit "share" reads 0.61 as 61 per cent."""
    shares = unit == "share"
    values = sorted((on, float(value) * (100 if shares else 1)) for on, value in points)
    if not values:
        return None
    grid = nice_values(min(v for _d, v in values), max(v for _d, v in values))
    if shares:
        grid = [value for value in grid if 0 <= value <= 100]
    low, high = grid[0], grid[-1]
    span = Span(values[0][0], values[-1][0], LEFT, RIGHT)

    def depth(value: float) -> float:
        return (high - value) / (high - low) * 100

    def y(value: float) -> float:
        return TOP + (FOOT - TOP) * depth(value) / 100

    def mark(on: date, value: float, text: str, lift: float = 13) -> Mark:
        x = span.at(on)
        return Mark(pct(x), f"{y(value):.1f}", f"{y(value) - lift:.1f}", anchor(x), text)

    at = dict(values)
    steps = " L".join(f"{span.at(on):.2f} {depth(value):.2f}" for on, value in values)
    tell = (lambda value: f"{words.plain(value, 0)}%") if shares else words.plain
    (first_day, first), (last_day, last) = values[0], values[-1]
    return TrendPlot(
        lines=tuple(Line(f"{y(v):.1f}", f"{y(v) + 4:.1f}", words.plain(v)) for v in grid),
        ticks=span.ticks() if len(values) > 1 else (),
        path=f"M{steps}" if len(values) > 1 else "",
        marks=tuple(mark(on, at[on], text) for on, text in marks if on in at),
        last=mark(last_day, last, tell(last), 14),
        sentence=sentence(name, (first_day, first), (last_day, last), tell),
    )


def sentence(name: str, first: Point, last: Point, tell: object) -> str:
    assert callable(tell)
    facts = {
        "name": name,
        "a": tell(first[1]),
        "from": words.day(first[0]),
        "b": tell(last[1]),
        "to": words.day(last[0]),
    }
    if first[0] == last[0]:
        return _("%(name)s: %(b)s on %(to)s.") % facts
    if last[1] > first[1]:
        return _("%(name)s rose from %(a)s on %(from)s to %(b)s on %(to)s.") % facts
    if last[1] < first[1]:
        return _("%(name)s fell from %(a)s on %(from)s to %(b)s on %(to)s.") % facts
    return _("%(name)s stayed at %(b)s from %(from)s to %(to)s.") % facts
