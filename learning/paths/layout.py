"""Which row of the map each step stands on: beside what it needs, so that most connectors are straight. Pure.

A column is a phase. A step stands on the row of a need in the column before, or below a need in its own
column; the others fill the rows that are left. Milestones have the last row, which all columns share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from learning.models import Step
from learning.paths.states import Phase, Stop


@dataclass(frozen=True)
class Cell:
    """A stop on its row, from 1. ``after`` are the stops from which a connector may lead here."""

    stop: Stop
    row: int
    after: tuple[UUID, ...]


@dataclass(frozen=True)
class Column:
    """A phase with its cells, in the order of the path."""

    phase: Phase
    cells: tuple[Cell, ...]


def columns(phases: Sequence[Phase]) -> tuple[Column, ...]:
    """Place every stop of a path."""
    last = height(phases)
    at: dict[UUID, int] = {}
    found, milestone = [], None
    for phase in phases:
        before = dict(at)
        at = _rows(_steps(phase), before, last - 1)
        found.append(Column(phase, tuple(_cell(stop, at, last, milestone) for stop in phase.stops)))
        milestone = next((s.node.step_id for s in phase.stops if _is_milestone(s)), None)
    return tuple(found)


def height(phases: Sequence[Phase]) -> int:
    """Rows of the map: the longest phase's steps, and one for the milestones."""
    return max((len(_steps(phase)) for phase in phases), default=0) + 1


def _is_milestone(stop: Stop) -> bool:
    return stop.node.step.type == Step.Type.MILESTONE


def _steps(phase: Phase) -> list[Stop]:
    return [stop for stop in phase.stops if not _is_milestone(stop)]


def _cell(stop: Stop, at: dict[UUID, int], last: int, milestone: UUID | None) -> Cell:
    """A milestone needs all of its phase; on the map it follows the milestone before."""
    if _is_milestone(stop):
        return Cell(stop, last, (milestone,) if milestone else ())
    return Cell(stop, at[stop.node.step_id], tuple(need.step_id for need in stop.needs))


def _rows(steps: Sequence[Stop], before: dict[UUID, int], rows: int) -> dict[UUID, int]:
    """The row of each step of a column, given the rows of the column before."""
    placed: dict[UUID, int] = {}
    wishes = [(run, _wish(run[0], before)) for run in _runs(steps)]
    for run, wish in sorted(wishes, key=lambda pair: pair[1] or rows + 1):
        free = [row for row in range(1, rows + 1) if row not in placed.values()]
        fits = [row for row in free if all(row + i in free for i in range(len(run)))]
        start = min(fits or free, key=lambda row: abs(row - (wish or row)))
        chosen = range(start, start + len(run)) if fits else sorted(free, key=lambda row: abs(row - start))
        placed |= dict(zip((stop.node.step_id for stop in run), chosen, strict=False))
    return placed


def _runs(steps: Sequence[Stop]) -> list[list[Stop]]:
    """Steps that follow each other within the column, each run to stand in one piece."""
    runs: list[list[Stop]] = []
    for stop in steps:
        needs = {need.step_id for need in stop.needs}
        run = next((run for run in runs if run[-1].node.step_id in needs), None)
        if run:
            run.append(stop)
        else:
            runs.append([stop])
    return runs


def _wish(stop: Stop, before: dict[UUID, int]) -> int | None:
    return min((before[need.step_id] for need in stop.needs if need.step_id in before), default=None)
