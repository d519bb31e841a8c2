"""What has changed between two texts: block by block, and word by word inside a changed block. Pure; what it
gives is text, never markup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from careerforge.knowledge.index.blocks import blocks

# Word by word only up to so many words on both sides; longer ones are shown whole.
MOST_WORDS = 1200
# Blocks that are this alike are one block that changed, others are one that went and one that came.
ALIKE = 0.35
# Unchanged blocks that are shown beside a change; the others are counted.
BESIDE = 1

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: ``same``, ``gone`` or ``new``."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A block: ``same``, ``gone``, ``new`` or ``changed``; or ``skipped``: ``count`` same blocks."""

    how: str
    pieces: tuple[Piece, ...] = ()
    count: int = 0


def differences(old: str, new: str) -> list[Change]:
    """The changes in order, with a little of what stands beside them; empty when nothing has changed."""
    before, after = _lines(old), _lines(new)
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) + len(after) > 2000)
    changes: list[Change] = []
    for how, first, last, start, end in matcher.get_opcodes():
        if how == "equal":
            changes += [Change("same", (Piece("same", line),)) for line in before[first:last]]
        else:
            changes += _replaced(before[first:last], after[start:end])
    return list(_shortened(changes)) if any(change.how != "same" for change in changes) else []


def _lines(text: str) -> list[str]:
    return [text[block.written : block.end] if block.kind == "item" else text[block.start : block.end]
            for block in blocks(text)]  # fmt: skip


def _replaced(gone: Sequence[str], came: Sequence[str]) -> Iterator[Change]:
    """Blocks side by side: those at the same place that are alike have changed."""
    for place in range(max(len(gone), len(came))):
        old = gone[place] if place < len(gone) else ""
        new = came[place] if place < len(came) else ""
        pieces = _words(old, new) if old and new else None
        if pieces:
            yield Change("changed", pieces)
            continue
        if old:
            yield Change("gone", (Piece("gone", old),))
        if new:
            yield Change("new", (Piece("new", new),))


def _words(old: str, new: str) -> tuple[Piece, ...] | None:
    """Two blocks word by word; None when they have too little in common, or too many words."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return None
    if SequenceMatcher(None, _WORD.findall(old), _WORD.findall(new), autojunk=False).ratio() < ALIKE:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for how, first, last, start, end in matcher.get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", "".join(before[first:last])))
            continue
        if last > first:
            pieces.append(Piece("gone", "".join(before[first:last])))
        if end > start:
            pieces.append(Piece("new", "".join(after[start:end])))
    return tuple(pieces)


def _shortened(changes: Sequence[Change]) -> Iterator[Change]:
    """Long stretches that are the same become a number."""
    moved = [place for place, change in enumerate(changes) if change.how != "same"]
    near = {at for place in moved for at in range(place - BESIDE, place + BESIDE + 1)}
    skipped = 0
    for place, change in enumerate(changes):
        if place not in near:
            skipped += 1
            continue
        if skipped:
            yield Change("skipped", count=skipped)
        skipped = 0
        yield change
    if skipped:
        yield Change("skipped", count=skipped)
