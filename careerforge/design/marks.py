"""Small drawings: the mark of a handle and the line beside a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

WIDTH, HEIGHT = 64, 22


def ident_path(handle: str) -> str:
    """The 5×5 mark of a handle as path data: 15 bits of its hash, mirrored. It says nothing about anybody."""
    bits = int.from_bytes(sha256(handle.encode()).digest()[:2], "big") or 1
    on = {(column, row) for column in range(3) for row in range(5) if bits >> (column * 5 + row) & 1}
    on |= {(4 - column, row) for column, row in on}
    return "".join(f"M{column}.5 {row}.5h1v1h-1z" for column, row in sorted(on))


@dataclass(frozen=True)
class Spark:
    path: str
    x: str
    y: str


def spark(values: Sequence[float], least: float = 0.0) -> Spark | None:
    """A line of 64 by 22 units; None when two values are not there to join.

    Args:
        least: the smallest difference that fills the height, so that next to nothing looks like nothing.
    """
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    spread = max(high - low, least)
    scale = 14 / spread if spread else 0.0
    middle = (high + low) / 2
    step = (WIDTH - 6) / (len(values) - 1)
    spots = [(3 + i * step, HEIGHT / 2 - (v - middle) * scale) for i, v in enumerate(values)]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
    return Spark(path=f"M{path}", x=f"{spots[-1][0]:.1f}", y=f"{spots[-1][1]:.1f}")
