"""What the ledger adds up to over some days, which are UTC, as those of budgets: two queries."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection

# Both read one stretch of the index model_calls_newest_first.
SUMS = """
SELECT (started_at AT TIME ZONE 'UTC')::date, function, provider, outcome, cached, count(*),
       sum(micros)::bigint, sum(input_tokens)::bigint, sum(output_tokens)::bigint,
       sum(cache_read_tokens)::bigint, sum(cache_write_tokens)::bigint
FROM gateway_modelcall WHERE started_at >= %s AND started_at <= %s
GROUP BY 1, 2, 3, 4, 5
"""
TIMES = """
SELECT function, provider, percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY latency_ms),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY micros), count(*)
FROM gateway_modelcall WHERE started_at >= %s AND started_at <= %s AND outcome = 'ok' AND NOT cached
GROUP BY GROUPING SETS ((function, provider), ())
"""
DAY = timedelta(days=1)
# What PostgreSQL's row over everything has in place of function and provider.
ALL = ("", "")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens by class, as providers bill them."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0

    def __add__(self, other: "Tokens") -> "Tokens":
        return Tokens(
            self.input + other.input,
            self.output + other.output,
            self.cache_read + other.cache_read,
            self.cache_write + other.cache_write,
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """Calls that are alike. ``micros`` are millionths of a US dollar."""

    day: date
    function: str
    provider: str
    outcome: str
    cached: bool
    calls: int
    micros: int
    tokens: Tokens

    @property
    def answered(self) -> bool:
        """Whether a question got its answer."""
        return self.outcome == "ok"


@dataclass(frozen=True, slots=True)
class Speed:
    """Of calls that a provider answered: half, and 95 of 100, took no longer; half cost no more."""

    p50_ms: int
    p95_ms: int
    micros: int
    calls: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day. ``answered`` counts questions with an answer, ``cached`` those that the cache answered."""

    on: date
    calls: int = 0
    answered: int = 0
    cached: int = 0
    micros: int = 0

    @property
    def share(self) -> float | None:
        """Answers from the cache, as a share of 1; None on a day without answers."""
        return self.cached / self.answered if self.answered else None


@dataclass(frozen=True)
class Figures:
    """The sums of a stretch of days."""

    days: Sequence[date]
    cells: Sequence[Cell]
    speeds: dict[tuple[str, str], Speed]
    overall: Speed | None

    @cached_property
    def by_day(self) -> list[Day]:
        """Every day, those without calls too."""
        found = {on: Day(on) for on in self.days}
        for cell in self.cells:
            if cell.day in found:
                found[cell.day] = _with(found[cell.day], cell)
        return list(found.values())

    @cached_property
    def whole(self) -> Day:
        """All days as one."""
        total = Day(self.days[-1])
        for cell in self.cells:
            total = _with(total, cell)
        return total

    @cached_property
    def tokens(self) -> dict[str, Tokens]:
        """By provider."""
        found: dict[str, Tokens] = {}
        for cell in self.cells:
            if not cell.cached and cell.outcome != "switched_off":
                found[cell.provider] = found.get(cell.provider, Tokens()) + cell.tokens
        return dict(sorted(found.items()))

    @cached_property
    def outcomes(self) -> dict[str, Counter[str]]:
        """By function: how its calls ended; ``cached`` is an end of its own."""
        found: dict[str, Counter[str]] = {}
        for cell in self.cells:
            end = "cached" if cell.cached else cell.outcome
            found.setdefault(cell.function, Counter())[end] += cell.calls
        return dict(sorted(found.items()))


def read(days: int, now: datetime) -> Figures:
    """The sums of the last ``days`` UTC days, today among them."""
    first = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - (days - 1) * DAY
    every = [first.date() + n * DAY for n in range(days)]
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [first, now])
        cells = [_cell(row) for row in cursor.fetchall()]
        cursor.execute(TIMES, [first, now])
        speeds = dict(_speed(row) for row in cursor.fetchall() if row[2])
    overall = speeds.pop(ALL, None)
    return Figures(every, cells, speeds, overall)


def _cell(row: tuple[Any, ...]) -> Cell:
    day, function, provider, outcome, cached, calls, micros, *tokens = row
    return Cell(day, function, provider, outcome, cached, calls, micros, Tokens(*tokens))


def _speed(row: tuple[Any, ...]) -> tuple[tuple[str, str], Speed]:
    function, provider, (p50, p95), micros, calls = row
    return (function or "", provider or ""), Speed(p50, p95, micros, calls)


def _with(day: Day, cell: Cell) -> Day:
    answered = cell.calls * cell.answered
    return Day(
        day.on,
        day.calls + cell.calls * (not cell.cached and cell.outcome != "switched_off"),
        day.answered + answered,
        day.cached + answered * cell.cached,
        day.micros + cell.micros,
    )
