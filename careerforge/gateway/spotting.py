"""Find people in a text: pure, linear in its length, whatever the size of the directory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from careerforge.gateway import plaintext
from careerforge.gateway.addresses import addresses
from careerforge.gateway.directory import Directory, Entry, Kind, Single
from careerforge.gateway.folding import Word, Words
from careerforge.gateway.glued import asian, coded, over_lines, spaced
from careerforge.gateway.spans import Span, apart
from careerforge.gateway.words import (
    ADDRESSED,
    AFTER_PERSON,
    BEFORE_ACCOUNT,
    BEFORE_CITY,
    BEFORE_PERSON,
    LIVING,
    SMALL,
    TITLES,
)

__all__ = ["Span", "spot"]

LONGEST_GAP = 24
LONGEST_PHONE_WORDS = 7
NAME_GAP = re.compile(r"[\s*`]*+[-_.‐‑–'’]?[\s*`]*+")
NUMBER_GAP = re.compile(r"[ \t\u00a0\u202f._/‐‑–-]{0,3}")
ANY_GAP = re.compile(r"[\s.,@()\[\]\-_/:#+‐‑–]*")


def spot(text: str, directory: Directory, *, alone: bool = True) -> list[Span]:
    """Every stretch that tells who somebody is, in order, none overlapping.

    Args:
        text: any length.
        directory: whom we know.
        alone: also parts of names, cities and strangers with a title; False for documents.
    """
    found = _spotted(text, directory, alone)
    if alone:
        found += [
            Span(start, end, "name", read.casefold())
            for start, end, read in coded(text)
            if _spotted(read, directory, alone)
        ]
    plain = plaintext.plain(text)
    if plain is not None:
        spans = _spotted(plain.text, directory, alone)
        found += [Span(*plain.place(span.start, span.end), span.kind, span.who) for span in spans]
    return apart(found)


def _spotted(text: str, directory: Directory, alone: bool) -> list[Span]:
    words = Words(text)
    scan = _Scan(text, words, directory)
    found = [*addresses(text, directory, alone)]
    for place in words.places(lambda word: directory.is_start(word, alone=alone)):
        found += scan.at(place, alone)
    if alone:
        found += [*spaced(words, directory), *over_lines(text, directory), *asian(text, directory)]
    return found


@dataclass(frozen=True, slots=True)
class _Scan:
    """One pass over the words of one text."""

    text: str
    words: Words
    directory: Directory

    def at(self, place: int, alone: bool) -> Iterator[Span]:
        """What begins at this word."""
        word = self.words[place].folded
        for size in self.directory.sizes.get(word, ()):
            entry = self._row(place, size, alone)
            if entry:
                yield self._span(place, place + size, entry.kind, entry.who)
                break
        if word[0].isdigit():
            yield from self._phone(place)
        if not alone:
            return
        if word in self.directory.numbers:
            yield from self._number(place)
        single = self.directory.singles.get(word) or self._inflected(place)
        if single and self._counts_alone(place, single):
            yield self._span(place, place + 1, single.kind, single.who)
        yield from self._stranger(place)

    def _span(self, first: int, after: int, kind: Kind, who: int | str) -> Span:
        return Span(self.words[first].start, self.words[after - 1].end, kind, who)

    def _row(self, place: int, size: int, alone: bool) -> Entry | None:
        """The known row of this length that begins here and is written as one."""
        if place + size > len(self.words):
            return None
        here = [self.words[place + step] for step in range(size)]
        for entry in self._entries(tuple(word.folded for word in here)):
            if (entry.kind == "part" or entry.asked) and not alone:
                continue
            if entry.tight and alone and self._beside(place, place - 1) in BEFORE_ACCOUNT:
                entry = replace(entry, tight=False)
            joined = all(self._joins(left, right, entry) for left, right in pairwise(here))
            if joined and (
                not _needs_capitals(entry, alone) or all(self._is_capitalised(word) for word in here)
            ):
                return entry
        return None

    def _entries(self, row: tuple[str, ...]) -> tuple[Entry, ...]:
        """The known rows of these words; a name's last word may carry an s."""
        known = self.directory.rows.get(row, ())
        last = row[-1][:-1]
        if known or len(row) < 2 or row[-1][-1] != "s" or len(last) < 5 or self.directory.is_ordinary(last):
            return known
        return tuple(
            entry for entry in self.directory.rows.get((*row[:-1], last), ()) if entry.kind == "name"
        )

    def _joins(self, left: Word, right: Word, entry: Entry) -> bool:
        """Whether what stands between two words lets them be one name, number or address."""
        gap = self.text[left.end : right.start]
        if len(gap) > LONGEST_GAP or gap.count("\n") > 1:
            return False
        if entry.tight and any(character.isspace() for character in gap):
            return False
        if entry.kind not in {"name", "part"}:
            return ANY_GAP.fullmatch(gap) is not None
        if entry.turned and gap.strip() == ",":
            return True
        # "… met Mark. Young people …": a full stop and a space end a sentence, except after an initial.
        if "." in gap and gap[-1].isspace() and len(left.folded) > 1:
            return False
        return NAME_GAP.fullmatch(gap) is not None

    def _phone(self, place: int) -> Iterator[Span]:
        digits = ""
        for after in range(place, min(place + LONGEST_PHONE_WORDS, len(self.words))):
            word = self.words[after]
            if not word.folded.isdigit() or (after > place and word.start - self.words[after - 1].end > 3):
                return
            digits += word.folded
            plain = digits.lstrip("0")
            if plain and plain not in self.directory.phones:
                return
            who = self.directory.phones.get(plain)
            if who is not None:
                yield self._span(place, after + 1, "phone", who)

    def _number(self, place: int) -> Iterator[Span]:
        """An employee number in pieces: "TV-204 33"."""
        glued = ""
        for after in range(place, min(place + LONGEST_PHONE_WORDS, len(self.words))):
            if after > place and not NUMBER_GAP.fullmatch(
                self.text, self.words[after - 1].end, self.words[after].start
            ):
                return
            glued += self.words[after].folded
            if glued not in self.directory.numbers:
                return
            who = self.directory.numbers[glued]
            if who is not None:
                yield self._span(place, after + 1, "number", who)

    def _inflected(self, place: int) -> Single | None:
        word = self.words[place]
        return self.directory.inflected(word.folded, capitalised=self._is_capitalised(word))

    def _stranger(self, place: int) -> Iterator[Span]:
        """Whoever is called "Dr" or "Ms": up to three capitalised words behind the title."""
        title = self.words[place]
        if self.text[title.start : title.end] not in TITLES:
            return
        after = place + 1
        while after < len(self.words) and after <= place + 3 and self._follows_title(after):
            after += 1
        if after > place + 1:
            span = self._span(place + 1, after, "part", "")
            yield Span(span.start, span.end, "part", self.text[span.start : span.end].casefold())

    def _follows_title(self, place: int) -> bool:
        gap = self.text[self.words[place - 1].end : self.words[place].start]
        return gap in {" ", ". ", "-", ".", "\u00a0"} and self._is_capitalised(self.words[place])

    def _counts_alone(self, place: int, single: Single) -> bool:
        word = self.words[place]
        if single.kind == "city":
            return self._is_city(place, single)
        if not single.ordinary and not single.short:
            return True
        if not single.ordinary and self._is_title_case(word):
            return True
        if single.ordinary and not self._is_capitalised(word):
            return False
        return self._is_used_as_name(place, single)

    def _is_used_as_name(self, place: int, single: Single) -> bool:
        before, after = self._beside(place, place - 1), self._beside(place, place + 1)
        if self._title_before(place) or after in AFTER_PERSON:
            return True
        possessive = after == "s" and self.text[self.words[place].end] in "'’"
        if possessive and not single.trade:
            return True
        return before in (ADDRESSED if single.trade else BEFORE_PERSON) and self._ends_here(place)

    def _is_city(self, place: int, single: Single) -> bool:
        word = self.words[place]
        if not single.ordinary:
            return len(word.folded) > 3 or self._is_title_case(word)
        behind_in = self._beside(place, place - 1) in BEFORE_CITY
        if not self._is_title_case(word) or not behind_in or not self._ends_here(place):
            return False
        # "in Mobile and Web" lists two fields of work; "in Nice and likes it" does not.
        listed = self._beside(place, place + 1) in {"and", "or"} and self._is_capitalised_at(place + 2)
        return not listed and (not single.trade or (place > 1 and self.words[place - 2].folded in LIVING))

    def _ends_here(self, place: int) -> bool:
        """Nothing behind the word makes it the first half of a term: punctuation, a small word, a
        possessive.
        """
        after = self._beside(place, place + 1)
        return after == "" or after in SMALL or after == "s"

    def _beside(self, place: int, other: int) -> str:
        """The folded neighbour, or nothing when there is none or punctuation comes between."""
        if not 0 <= other < len(self.words):
            return ""
        left, right = sorted((place, other))
        return self.words[other].folded if self._is_next_to(self.words[left], self.words[right]) else ""

    def _is_next_to(self, left: Word, right: Word) -> bool:
        return self.text[left.end : right.start].strip(" \t\u00a0'’\n\r") == ""

    def _title_before(self, place: int) -> bool:
        if place == 0:
            return False
        title = self.words[place - 1]
        return self.text[title.start : title.end] in TITLES and self._follows_title(place)

    def _is_capitalised_at(self, place: int) -> bool:
        return place < len(self.words) and self._is_capitalised(self.words[place])

    def _is_capitalised(self, word: Word) -> bool:
        return self.text[word.start].isupper()

    def _is_title_case(self, word: Word) -> bool:
        return self._is_capitalised(word) and not self.text[word.start : word.end].isupper()


def _needs_capitals(entry: Entry, alone: bool) -> bool:
    """In a prompt "mark young" is a person; in a document, turned round, or behind an initial, it must
    be "Mark Young".
    """
    return entry.cased and (not alone or entry.turned or min(map(len, entry.words)) == 1)
