"""Cut a text into passages that can be embedded, found and quoted. Pure.

A passage never crosses a heading unless the section before it is tiny. Inside a section, paragraphs and
list items are packed up to the target; one that is too long is cut into sentences, a sentence into words,
a word into pieces. Where a section goes on in the next passage, its last sentences are said again there.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from careerforge.knowledge.index.blocks import Block, blocks
from careerforge.knowledge.index.boilerplate import is_boilerplate

# Where packing stops, in tokens.
TARGET = 180
# The smallest model that a generation may be built with reads 256 tokens, two of which are its own marks.
# Title and headings are embedded together with the passage, and leave it at least so many.
CEILING, LEAST = 254, 100
MOST_WORDS = 512
# What a passage repeats of the one before: whole sentences, so many words and that share of the target.
OVERLAP_WORDS, OVERLAP_SHARE = 64, 1 / 4
# A section shorter than this is joined with the next one.
TINY = 24
# Where a window of a passage ends, in tokens.
WINDOW = 90
LONGEST_HEADING = 300
# A tokeniser may call a page of base64 one unknown word; no real text has so many letters a token.
LETTERS_PER_TOKEN = 12

# Where each token of a text begins.
Starts = Callable[[str], Sequence[int]]

_WORD = re.compile(r"\S+")
# Also where somebody has lost the space: "at both times.Then".
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[^\sa-z])|\n+|(?<=[a-z)\]%][.!?])(?=[A-Z][a-z]*[ ,])"
)


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


def split(
    text: str, starts: Starts, *, title: str = "", target: int = TARGET, ceiling: int = CEILING
) -> list[Piece]:
    """Passages of a text, in order; with title and headings each has at most ``ceiling`` tokens.

    Args:
        text: any length, plain or with Markdown headings and lists.
        starts: where the embedder's tokens of a text begin.
        title: what stands above the whole text.
        target: packing stops here.
    """
    room = ceiling - len(starts(title)) if title else ceiling
    return _Cutter(text, starts, target, room, OVERLAP_WORDS).pieces()


def windows(text: str, starts: Starts) -> list[str]:
    """A passage in the pieces that are embedded: whole sentences, as long as the model is best at.

    On the development sets two vectors of half a passage find clearly more than one of the whole; by words
    it is the other way round.
    """
    cutter = _Cutter(text, starts, WINDOW, CEILING, 0)
    if len(cutter.tokens) <= WINDOW * 4 // 3:
        return [text]
    return [piece.text for piece in cutter.pieces()] or [text]


class _Cutter:
    """One text on its way into passages."""

    def __init__(self, text: str, starts: Starts, target: int, ceiling: int, overlap: int) -> None:
        self.text = text
        self.starts = starts
        # Where they begin, so that stretches are counted without asking the tokeniser again.
        self.tokens = starts(text)
        self.words = [match.start() for match in _WORD.finditer(text)]
        self.target = target
        self.ceiling = ceiling
        self.overlap = overlap
        self._rooms = {"": max(ceiling, LEAST)}

    def pieces(self) -> list[Piece]:
        """Pack the units."""
        pieces, pack = list[Piece](), list[_Unit]()
        for unit in self._units():
            if pack and not self._fits(pack, unit):
                pieces.append(self._piece(pack))
                pack = self._carried(pack, unit)
            pack.append(unit)
        return [*pieces, self._piece(pack)] if pack else pieces

    def count(self, start: int, end: int) -> int:
        """Tokens of a stretch; more for one that has hardly any token a word, or too many words."""
        if self._is_in_a_word(start) or self._is_in_a_word(end):
            tokens = len(self.starts(self.text[start:end]))
        else:
            tokens = bisect_left(self.tokens, end) - bisect_left(self.tokens, start)
        words = bisect_left(self.words, end) - bisect_left(self.words, start)
        return max(tokens, (end - start) // LETTERS_PER_TOKEN, words * CEILING // MOST_WORDS)

    def _is_in_a_word(self, at: int) -> bool:
        """Whether no white space is on either side, so that half a word may have tokens of its own."""
        inside = 0 < at < len(self.text)
        return inside and not self.text[at - 1].isspace() and not self.text[at].isspace()

    def _room(self, heading: str) -> int:
        """What a passage may have under a heading."""
        if heading not in self._rooms:
            self._rooms[heading] = max(self.ceiling - len(self.starts(heading)), LEAST)
        return self._rooms[heading]

    def _fits(self, pack: list[_Unit], unit: _Unit) -> bool:
        size = sum(one.size for one in pack)
        if unit.section != pack[0].section and (size >= TINY or unit.section != pack[-1].section + 1):
            return False
        room = self._room(pack[0].heading)
        # What stands between the two (a heading, a marker) is part of the passage, and is counted with it.
        return size + unit.size <= min(self.target, room) and self.count(pack[0].start, unit.end) <= room

    def _piece(self, pack: list[_Unit]) -> Piece:
        start, end = pack[0].start, pack[-1].end
        return Piece(start, end, self.text[start:end], pack[0].heading)

    def _carried(self, pack: list[_Unit], unit: _Unit) -> list[_Unit]:
        """The last sentences of a full pack, to begin the next one with; none where a new section begins."""
        last = pack[-1]
        if unit.section != last.section:
            return []
        sentences = list(_cut(self.text, last.start, last.end, _SENTENCE_END))
        carried: _Unit | None = None
        for start, _ in reversed(sentences):
            size = self.count(start, last.end)
            words = len(self.text[start : last.end].split())
            if start <= pack[0].start or size > self.target * OVERLAP_SHARE or words > self.overlap:
                break
            carried = _Unit(start, last.end, size, last.section, last.heading)
        return [carried] if carried and self._fits([carried], unit) else []

    def _units(self) -> Iterator[_Unit]:
        """Blocks, or parts of long ones. Boilerplate is left out, and nothing is packed across it."""
        path: dict[int, str] = {}
        section = 0
        for block in blocks(self.text):
            words = self.text[block.start : block.end]
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
            for start, end in self._parts(block, self._room(heading)):
                yield _Unit(start, end, self.count(start, end), section, heading)

    def _parts(self, block: Block, room: int) -> Iterator[tuple[int, int]]:
        start = block.written if block.kind == "item" else block.start
        if self.count(start, block.end) <= min(self.target, room):
            yield start, block.end
            return
        for first, last in _cut(self.text, start, block.end, _SENTENCE_END):
            yield from self._small(first, last, room)

    def _small(self, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
        """Halves of a sentence, at a space if there is one, until each fits."""
        if self.count(start, end) <= room or end - start < 2:
            yield start, end
            return
        middle = (start + end) // 2
        cut = self.text.find(" ", middle, end)
        cut = cut if cut > 0 else self.text.rfind(" ", start + 1, middle)
        cut = cut if cut > 0 else middle
        yield from self._small(start, cut, room)
        yield from self._small(cut + (self.text[cut] == " "), end, room)


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
