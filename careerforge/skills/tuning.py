"""The numbers of ``tuning.toml``, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "tuning.toml"


@cache
def of(section: str) -> Mapping[str, float]:
    """A section's numbers by name."""
    numbers: Mapping[str, float] = tomllib.loads(FILE.read_text("utf-8"))[section]
    return numbers
