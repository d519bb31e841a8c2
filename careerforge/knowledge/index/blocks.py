"""The structure of a stored text: headings, paragraphs and lists, each with its place in characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["heading", "paragraph", "item"]

_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(r"[ \t]*(?:[-*•–·]|\d{1,3}[.)])[ \t]+(?=\S)")
LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True)
class Block:
    """``text[start:end]`` is the block without its markers and surrounding space.

    Attributes:
        level: of a heading, 1 to 6; 0 for other kinds.
        written: where its markers begin, so that ``text[written:end]`` is the block as it stands.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    written: int = 0


def blocks(text: str) -> list[Block]:
    """Every block of a text, in order. Linear; what is neither heading nor list item is a paragraph."""
    found: list[Block] = []
    for lines in _groups(text):
        found += _of_group(text, lines)
    return found


def _groups(text: str) -> Iterator[list[tuple[int, int]]]:
    """Lines between blank lines, as spans without surrounding space."""
    lines: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        start, end = _stripped(text, match.start(), match.end())
        if start < end:
            lines.append((start, end))
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _of_group(text: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    """Headings take a line, list items one and those that go on; the rest is one paragraph."""
    open_block: Block | None = None
    for start, end in lines:
        heading, item = _HEADING.match(text, start, end), _ITEM.match(text, start, end)
        if heading or item:
            if open_block:
                yield open_block
            open_block = None
        if heading:
            yield Block("heading", heading.end(), end, len(heading[1]), start)
        elif item:
            open_block = Block("item", item.end(), end, 0, start)
        elif open_block:
            open_block = Block(open_block.kind, open_block.start, end, 0, open_block.written)
        else:
            open_block = Block("paragraph", start, end, 0, start)
    if open_block:
        yield _title(text, open_block) if len(lines) == 1 else open_block


def _title(text: str, block: Block) -> Block:
    """A line alone that reads like a heading is one: short, a capital first, no full stop."""
    words = text[block.start : block.end]
    fits = len(words) <= LONGEST_TITLE and len(words.split()) <= 10
    if block.kind == "paragraph" and fits and words[0].isupper() and words[-1].isalpha():
        return Block("heading", block.start, block.end, 6, block.written)
    return block


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
