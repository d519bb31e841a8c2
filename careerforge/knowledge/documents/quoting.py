"""A stored text as a page shows it, with one span marked. Pure; what it gives is text, never markup."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from careerforge.knowledge.index.blocks import Block, blocks


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a block; the first marked one of a page carries the anchor."""

    text: str
    marked: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, or a list: ``lines`` are its one line, or its items."""

    kind: str
    lines: tuple[tuple[Segment, ...], ...]


def parts(text: str, start: int = 0, end: int = 0) -> list[Part]:
    """The blocks of a text; ``text[start:end]`` is marked, nothing when it is empty."""
    found = blocks(text)
    first = next((block for block in found if start < end and _overlap(block, start, end)), None)
    shown = [(block, _segments(text, block, start, end, block is first)) for block in found]
    return list(_grouped(shown))


def _overlap(block: Block, start: int, end: int) -> bool:
    return max(block.start, start) < min(block.end, end)


def _segments(text: str, block: Block, start: int, end: int, first: bool) -> tuple[Segment, ...]:
    if not _overlap(block, start, end):
        return (Segment(text[block.start : block.end]),)
    left, right = max(block.start, start), min(block.end, end)
    pieces = (
        Segment(text[block.start : left]),
        Segment(text[left:right], marked=True, first=first),
        Segment(text[right : block.end]),
    )
    return tuple(piece for piece in pieces if piece.text)


def _grouped(shown: Sequence[tuple[Block, tuple[Segment, ...]]]) -> Iterator[Part]:
    """Items that follow each other are one list."""
    for is_item, run in groupby(shown, key=lambda pair: pair[0].kind == "item"):
        if is_item:
            yield Part("list", tuple(segments for _, segments in run))
        else:
            yield from (Part(_kind(block), (segments,)) for block, segments in run)


def _kind(block: Block) -> str:
    """Headings by two sizes are enough under a document's title."""
    if block.kind != "heading":
        return block.kind
    return "heading" if block.level <= 2 else "subheading"
