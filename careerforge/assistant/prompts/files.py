"""The texts that the program ships."""

import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "templates" / "prompts"
# What all prompts share: who the model is, what data is, the scales, what nothing is said about.
FRAME = "frame"


@lru_cache(maxsize=32)
def shipped(name: str) -> str:
    """A text by its name.

    Raises:
        FileNotFoundError: there is none.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise FileNotFoundError(name)
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def names() -> tuple[str, ...]:
    """All of them, the frame first."""
    found = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != FRAME)
    return (FRAME, *found)
