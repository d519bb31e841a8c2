"""How good a source text is to answer from, 0 to 1, with its arithmetic. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from careerforge.knowledge.index.blocks import Block, blocks
from careerforge.knowledge.index.boilerplate import is_boilerplate

# A text of so many words says enough; a shorter one counts by its part.
ENOUGH_WORDS = 150
UNKNOWN_LANGUAGE = ("", "und")

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the sum: what was looked at, what it was worth at most, and what it got."""

    sign: str
    most: float
    got: float

    @property
    def words(self) -> str:
        """For people."""
        return {
            "length": _("Length, up to 150 words"),
            "content": _("Share of its text that is no page furniture"),
            "structure": _("Headings, paragraphs or lists"),
            "date": _("Says when it was published"),
            "address": _("Has an address of its own"),
            "licence": _("Says under which licence"),
            "language": _("Its language is known"),
        }[self.sign]


def points(text: str, *, url: str, published_at: datetime | None, licence: str, language: str) -> list[Point]:
    """The sum's lines; they add up to at most 1. A text that is empty gets nothing for its form."""
    found = blocks(text)
    words = len(_SPACE.findall(text)) + bool(text)
    return [
        Point("length", 0.3, 0.3 * min(words / ENOUGH_WORDS, 1)),
        Point("content", 0.25, 0.25 * _content(text, found)),
        Point("structure", 0.1, 0.1 * min(len(found) / 3, 1)),
        Point("date", 0.15, 0.15 * (published_at is not None)),
        Point("address", 0.05, 0.05 * bool(url)),
        Point("licence", 0.1, 0.1 * bool(licence)),
        Point("language", 0.05, 0.05 * (language not in UNKNOWN_LANGUAGE)),
    ]


def score(lines: Sequence[Point]) -> float:
    """The sum, to two places."""
    return round(sum(line.got for line in lines), 2)


def _content(text: str, found: Sequence[Block]) -> float:
    sizes = [(block.end - block.start, is_boilerplate(text[block.start : block.end])) for block in found]
    whole = sum(size for size, _ in sizes)
    return sum(size for size, is_furniture in sizes if not is_furniture) / whole if whole else 0.0
