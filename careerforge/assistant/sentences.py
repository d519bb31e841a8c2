"""Split a text into sentences, and remember where each stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from careerforge.gateway.words import listed


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text`` is the source's ``[start:end]``, without the bullet before it and the spaces around it."""

    text: str
    start: int
    end: int


# A new paragraph, heading, quote, table row or list item starts a sentence whatever stands before it.
BLOCK = re.compile(r"\n[^\S\n]*(?:\n\s*|(?=(?:[-*•–+>|]|\d{1,3}[.)]|#{1,6})[^\S\n]))")
MARKER = re.compile(r"\s*(?:(?:[-*•–+>]|\d{1,3}[.)]|#{1,6})[^\S\n]+)*")
# The end of a sentence: marks, closing quotes or brackets, numbers of sources, then a space.
STOP = re.compile(r"(?<![.!?…。])[.!?…。]{1,9}[\"'”’»)\]*_]{0,5}(?:\s?\[\d{1,3}\]){0,9}(?=\s)")
LAST_WORD = re.compile(r"(?<!\w)(\w(?:[\w.]{0,38}\w)?)\.\Z")
STARTER = re.compile(r"\s+[\"'“‘«(\[*_]{0,5}(?:[A-ZÀ-ÖØ-ÞŁŚŻ0-9\[]|[^\x00-\x7f])")
INITIAL = re.compile(r"[A-HJ-ZÀ-ÖØ-ÞŁŚŻ]")
TAIL = 40

ABBREVIATIONS = listed(
    """
    adj al approx apr art aug ave ca cap cf ch chap co col corp dec dept dr e.g eq esp est et etc feb fig
    figs fr gen gov hon i.e inc incl jan jr jul jun ltd m max messrs min misc mr mrs ms mt n.b no nos nov
    nr oct op p par pp ph.d pl prof rev resp sec sen sep sept sgt sr st sub subj syn tab tel u.k u.s u.s.a
    univ viz vol vols vs z.b a.m p.m bzw usw ggf d.h
    """
)
# Of these, some do end sentences when a capital follows.
MAY_END = listed("etc a.m p.m u.s u.k u.s.a inc ltd co corp jr sr ph.d al usw no")


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in order, none empty.

    Abbreviations, initials, decimals and list numbers end none.
    """
    return [sentence for start, end in _blocks(text) for sentence in _in_block(text, start, end)]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for edge in BLOCK.finditer(text):
        yield start, edge.start()
        start = edge.end()
    yield start, len(text)


def _in_block(text: str, start: int, end: int) -> Iterator[Sentence]:
    marker = MARKER.match(text, start, end)
    begin = marker.end() if marker else start
    line_end = text.find("\n", begin, end)
    if marker and "#" in marker[0] and line_end > 0:
        yield from _sentence(text, begin, line_end)
        begin = line_end
    for stop in STOP.finditer(text, begin, end):
        if _ends(text, stop, begin, end):
            yield from _sentence(text, begin, stop.end())
            begin = stop.end()
    yield from _sentence(text, begin, end)


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    body = text[start:end]
    stripped = body.strip()
    if any(character.isalnum() for character in stripped):
        start += len(body) - len(body.lstrip())
        yield Sentence(stripped, start, start + len(stripped))


def _ends(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    """Whether these marks end a sentence, judged by the word before and the character after."""
    if not STARTER.match(text, stop.end(), end):
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    before = LAST_WORD.search(text[max(begin, stop.start() - TAIL) : stop.start() + 1])
    word = before[1].casefold() if before else ""
    if word in MAY_END:
        return word != "no" or not text[stop.end() : stop.end() + 3].strip()[:1].isdigit()
    return word not in ABBREVIATIONS and not (before and INITIAL.fullmatch(before[1]))
