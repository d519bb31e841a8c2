"""What is known of a model by the start of its name."""

from collections.abc import Mapping
from typing import TypeVar

Known = TypeVar("Known")


def by_start(table: Mapping[str, Known], model: str, default: Known) -> Known:
    """The value of the longest known start of a model's name."""
    starts = [start for start in table if model.startswith(start)]
    return table[max(starts, key=len)] if starts else default
