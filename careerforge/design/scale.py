"""Where a day or a value lies on a chart. Positions are strings in per cent, without a locale's comma."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, log10

from careerforge.design import words


def pct(value: float) -> str:
    return f"{value:.2f}%"


def anchor(x: float) -> str:
    """Which end of a text stands at x, so that it stays inside the chart."""
    return "start" if x < 8 else "end" if x > 92 else "middle"


@dataclass(frozen=True)
class Tick:
    x: str
    text: str
    anchor: str
    # a minor tick's text is left out on phones
    minor: bool


@dataclass(frozen=True)
class Span:
    """The days of a chart, from `left` to `right` per cent of its width."""

    first: date
    last: date
    left: float = 0
    right: float = 100

    def at(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * (day - self.first).days / days

    def ticks(self, most: int = 6) -> tuple[Tick, ...]:
        """Starts of months, or single days when the chart is shorter than ten weeks."""
        if (self.last - self.first).days < 70:
            days = list(self._days(most))
            texts = [words.day(day, "short") for day in days]
            minor = [i % 2 == 1 for i in range(len(days))]
        else:
            days = list(self._months(most))
            whole_years = len({day.month for day in days}) == 1
            dated = [i == 0 or day.month == 1 or whole_years for i, day in enumerate(days)]
            texts = [
                words.day(day, "month" if year else "month only")
                for day, year in zip(days, dated, strict=True)
            ]
            # a text beside a long one has no room on phones
            minor = [
                i % 2 == 1 if whole_years else not year and any(dated[max(i - 1, 0) : i + 2])
                for i, year in enumerate(dated)
            ]
        return tuple(map(self._tick, days, texts, minor))

    def _tick(self, day: date, text: str, minor: bool) -> Tick:
        x = self.at(day)
        return Tick(pct(x), text, "start" if x < 4 else "end" if x > 90 else "middle", minor)

    def _days(self, most: int) -> Iterator[date]:
        step = max(1, ceil((self.last - self.first).days / most))
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(days=step)

    def _months(self, most: int) -> Iterator[date]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((s for s in (1, 2, 3, 4, 6, 12) if months / s <= most), 24)
        index = self.first.year * 12 + self.first.month - 1
        if self.first.day > 1:
            index += 1
        while (day := date(index // 12, index % 12 + 1, 1)) <= self.last:
            yield day
            index += step


def nice_values(low: float, high: float, most: int = 4) -> list[float]:
    """Round values that cover low to high, at most `most` steps apart: 44, 61 → 40, 50, 60, 70."""
    if high - low < 1e-9:
        low, high = low - 1, high + 1
    base = 10.0 ** floor(log10((high - low) / most))
    rows = (_grid(low, high, m * base) for m in (1, 2, 2.5, 5, 10, 20))
    return next(row for row in rows if len(row) <= most + 1)


def _grid(low: float, high: float, step: float) -> list[float]:
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(i * step, 6) for i in range(first, last + 1)]
