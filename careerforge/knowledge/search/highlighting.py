"""Where a passage speaks of a query's words: the part that a page shows, with the words marked. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careerforge.knowledge.documents.quoting import Segment

LONGEST = 420
# Two words are taken for forms of one when they share so many letters, and end in so few others.
SHARED, ENDING = 4, 4
_WORD = re.compile(r"\w+(?:[+#]+)?")
# Too frequent to be worth a mark.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a passage; whether something of it is left out before and after."""

    segments: tuple[Segment, ...]
    cut_before: bool
    cut_after: bool


def excerpt(text: str, query: str, longest: int = LONGEST) -> Excerpt:
    """The stretch with most of the query's words, at most ``longest`` characters, cut between words.

    A word counts as the query's when it is the same or another form of it ("test", "testing").
    """
    words = list(_WORD.finditer(text))
    asked = sorted(
        {word.casefold() for word in _WORD.findall(query) if len(word) >= _SHORT or not word.isalpha()}
    )
    # Most words of a passage do not even begin like one of the query's.
    starts = {word[:SHARED] for word in asked}
    hits = [
        word
        for word in words
        if (folded := word[0].casefold())[:SHARED] in starts and _is_asked(folded, asked)
    ]
    start, end = _window(text, hits, longest)
    marked = [(hit.start(), hit.end()) for hit in hits if start <= hit.start() and hit.end() <= end]
    return Excerpt(tuple(_segments(text, start, end, marked)), start > 0, end < len(text))


def _is_asked(word: str, asked: Sequence[str]) -> bool:
    place = bisect_left(asked, word)
    # Forms of a word stand beside it in the order of the alphabet, or begin as it does.
    return any(_same(word, other) for other in asked[max(place - 2, 0) : place + 2])


def _same(word: str, other: str) -> bool:
    if word == other:
        return True
    shared = next(
        (n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    return (
        shared >= SHARED
        and max(len(word), len(other)) - shared <= ENDING
        and min(len(word), len(other)) - shared <= 1
    )


def _window(text: str, hits: Sequence[re.Match[str]], longest: int) -> tuple[int, int]:
    """Where to begin and to end: around the densest place, begun with a sentence or word."""
    if len(text) <= longest:
        return 0, len(text)
    starts = [hit.start() for hit in hits] or [0]
    distinct = [
        len({hit[0].casefold() for hit in hits if at <= hit.start() < at + longest * 3 // 4}) for at in starts
    ]
    first = starts[distinct.index(max(distinct))]
    lead = max(text.rfind(". ", max(first - longest // 4, 0), first) + 2, 0)
    start = lead if 2 <= lead <= first else _word_start(text, max(first - longest // 8, 0))
    end = min(start + longest, len(text))
    return start, end if end == len(text) else max(text.rfind(" ", start, end), first + 1)


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = text.find(" ", at)
    return space + 1 if space >= 0 else at


def _segments(text: str, start: int, end: int, marked: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    at = start
    for first, last in marked:
        if at < first:
            yield Segment(text[at:first])
        yield Segment(text[first:last], marked=True)
        at = last
    if at < end:
        yield Segment(text[at:end])
