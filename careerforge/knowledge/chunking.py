"""Cut a text into passages that can be embedded, found and quoted. Pure.

A passage never crosses a heading unless the section before it is tiny. Inside a section, paragraphs and
list items are packed up to the target; one that is too long is cut into sentences, a sentence into words,
a word into pieces.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from careerforge.knowledge.blocks import Block, blocks
from careerforge.knowledge.boilerplate import is_boilerplate

TARGET = 180
# The model reads 256 tokens, two of which are its own marks.
CEILING = 254
# A section shorter than this is joined with the next one.
TINY = 24
LONGEST_HEADING = 300
# A tokeniser may call a page of base64 one unknown word; no real text has so many letters a token.
LETTERS_PER_TOKEN = 12

Count = Callable[[str], int]

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^\sa-z])|\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage: ``text[start:end]`` of what was cut, and the headings it stands under."""

    start: int
    end: int
    text: str
    heading: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something that is not cut any further; ``section`` counts up at each heading."""

    start: int
    end: int
    size: int
    section: int
    heading: str


def split(text: str, count: Count, *, target: int = TARGET, ceiling: int = CEILING) -> list[Piece]:
    """Passages of a text, in order, none overlapping, each of at most ``ceiling`` tokens by ``count``.

    Args:
        text: any length, plain or with Markdown headings and lists.
        count: the length of a text in the embedder's tokens.
        target: packing stops here.
    """

    def bounded(words: str) -> int:
        return max(count(words), len(words) // LETTERS_PER_TOKEN)

    pieces, pack = list[Piece](), list[_Unit]()
    for unit in _units(text, bounded, target, ceiling):
        if pack and not _fits(text, pack, unit, bounded, target, ceiling):
            pieces.append(_piece(text, pack))
            pack = []
        pack.append(unit)
    return [*pieces, _piece(text, pack)] if pack else pieces


def _fits(text: str, pack: list[_Unit], unit: _Unit, count: Count, target: int, ceiling: int) -> bool:
    size = sum(one.size for one in pack)
    if unit.section != pack[0].section and (size >= TINY or unit.section != pack[-1].section + 1):
        return False
    # What stands between the two (a heading, a marker) is part of the passage, and is counted with it.
    return size + unit.size <= target and count(text[pack[0].start : unit.end]) <= ceiling


def _piece(text: str, pack: list[_Unit]) -> Piece:
    start, end = pack[0].start, pack[-1].end
    return Piece(start, end, text[start:end], pack[0].heading)


def _units(text: str, count: Count, target: int, ceiling: int) -> Iterator[_Unit]:
    """Blocks, or parts of long ones. Boilerplate is left out, and nothing is packed across it."""
    path: dict[int, str] = {}
    section = 0
    for block in blocks(text):
        words = text[block.start : block.end]
        if block.kind == "heading":
            section += 1
            path = {level: title for level, title in path.items() if level < block.level}
            path[block.level] = words
        is_marked = block.kind == "heading" and block.written < block.start
        if is_marked:
            continue
        if is_boilerplate(words):
            section += 2
            continue
        heading = " › ".join(path.values())[:LONGEST_HEADING]
        for start, end in _parts(text, block, count, target, ceiling):
            yield _Unit(start, end, count(text[start:end]), section, heading)


def _parts(text: str, block: Block, count: Count, target: int, ceiling: int) -> Iterator[tuple[int, int]]:
    start = block.written if block.kind == "item" else block.start
    if count(text[start : block.end]) <= target:
        yield start, block.end
        return
    for first, last in _cut(text, start, block.end, _SENTENCE_END):
        yield from _small(text, first, last, count, ceiling)


def _small(text: str, start: int, end: int, count: Count, ceiling: int) -> Iterator[tuple[int, int]]:
    """Halves of a sentence, at a space if there is one, until each is below the ceiling."""
    if count(text[start:end]) <= ceiling or end - start < 2:
        yield start, end
        return
    middle = (start + end) // 2
    cut = text.find(" ", middle, end)
    cut = cut if cut > 0 else text.rfind(" ", start + 1, middle)
    cut = cut if cut > 0 else middle
    yield from _small(text, start, cut, count, ceiling)
    yield from _small(text, cut + (text[cut] == " "), end, count, ceiling)


def _cut(text: str, start: int, end: int, at: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The stretches between the matches, none empty."""
    for match in at.finditer(text, start, end):
        # Closing quotes belong to the sentence they close.
        stop = match.start() + len(match[0].rstrip())
        if start < stop:
            yield start, stop
        start = match.end()
    if start < end:
        yield start, end
