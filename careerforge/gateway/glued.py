"""Names and numbers that were pulled apart, run into Asian script or coded: found by their letters. Pure."""

import base64
import binascii
import re
from collections.abc import Iterator

from careerforge.gateway.directory import Directory
from careerforge.gateway.folding import Words, fold
from careerforge.gateway.forms import Kind
from careerforge.gateway.spans import Span
from careerforge.gateway.words import listed

SHORTEST = 5
LONGEST_GAP = 3
LONGEST_WORD = 30
LINE_END = re.compile(r"\n(?=[ \t>*]{0,8}[^\W\d_])")
HEAD = re.compile(r"[^\W\d_]{1,30}\r?\Z")
TAIL = re.compile(r"[ \t>*]{0,8}([^\W\d_]{1,30})")
ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,400}")
# Behind a surname: how people are addressed, and what marks a noun.
AFTER_SURNAME = tuple(
    listed("さん 様 さま 氏 君 くん ちゃん 先生 部長 課長 は が の を に と へ も 님 씨 은 는 이 가 을 를 의")
)
CODED = re.compile(r"[A-Za-z0-9+/_-]{12,4000}={0,2}")


def spaced(words: Words, directory: Directory) -> Iterator[Span]:
    """Names and numbers whose letters stand apart: "O s t e r", "2.0.4.3.3"."""
    for row in words.rows_of_letters(SHORTEST):
        letters = [words[place] for place in row]
        begun = 0
        for place in range(1, len(letters) + 1):
            if place == len(letters) or letters[place].start - letters[place - 1].end > LONGEST_GAP:
                row_here = [(one.folded[0], one.start, one.end) for one in letters[begun:place]]
                yield from _in_row(row_here, directory)
                begun = place


def _in_row(row: list[tuple[str, int, int]], directory: Directory) -> Iterator[Span]:
    run, place = "".join(letter for letter, _, _ in row), 0
    while place <= len(run) - SHORTEST:
        sizes = directory.glued_sizes.get(run[place : place + SHORTEST], ())
        fitting = (size for size in sizes if place + size <= len(run))
        size = next((size for size in fitting if run[place : place + size] in directory.glued), 0)
        if size:
            kind, who = directory.glued[run[place : place + size]]
            yield Span(row[place][1], row[place + size - 1][2], kind, who)
        place += size or 1


def over_lines(text: str, directory: Directory) -> Iterator[Span]:
    """Names that a line's end parts without a hyphen."""
    for found in LINE_END.finditer(text):
        head = HEAD.search(text[max(0, found.start() - LONGEST_WORD - 1) : found.start()])
        tail = TAIL.match(text, found.end())
        if head and tail:
            known = directory.glued.get(fold(head[0].rstrip("\r") + tail[1]))
            if known:
                start = found.start() - len(head[0])
                yield Span(start, tail.end(), *known)


def asian(text: str, directory: Directory) -> Iterator[Span]:
    """Names in scripts that write no spaces; a surname only with what follows one, or by itself."""
    if text.isascii() or not directory.asian:
        return
    for found in ASIAN.finditer(text):
        place = found.start()
        while place < found.end():
            size, kind, who = _asian_at(text, place, found.end(), found.start(), directory)
            if size:
                yield Span(place, place + size, kind, who)
            place += size or 1


def _asian_at(text: str, place: int, end: int, start: int, directory: Directory) -> tuple[int, Kind, int]:
    for name, kind, who in directory.asian.get(text[place], ()):
        after = place + len(name)
        if text.startswith(name, place) and (
            kind != "part" or (place == start and after == end) or text.startswith(AFTER_SURNAME, after)
        ):
            return len(name), kind, who
    return 0, "part", 0


def coded(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches that are the base64 of some text, and that text."""
    for found in CODED.finditer(text):
        letters = found[0].rstrip("=").translate(str.maketrans("-_", "+/"))
        try:
            read = base64.b64decode(letters + "=" * (-len(letters) % 4)).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
        yield found.start(), found.end(), read
