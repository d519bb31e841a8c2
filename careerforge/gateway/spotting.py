"""Find people in a text: pure, linear in its length, whatever the size of the directory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from careerforge.gateway import plaintext
from careerforge.gateway.directory import Directory, Entry, Kind, Single, fold, words_in
from careerforge.gateway.words import (
    ADDRESSED,
    AFTER_PERSON,
    BEFORE_CITY,
    BEFORE_PERSON,
    LIVING,
    SMALL,
    TITLES,
)

# Bounded parts and a look-behind keep these linear on hostile text.
EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[^\W_](?:[\w-]{0,62}\.){1,8}[^\W_]{2,24}")
PHONE = re.compile(r"(?<![\w.])(?:\+|00)[1-9](?:[\s().\-/]{0,3}\d){6,13}(?!\w)")
# As they are dialled inside a country: 0171 2345678, 030/123456.
DIALLED = re.compile(
    r"0(?<![\w.,]0)[1-9]\d{1,3}[ \t/\-]{1,3}\d(?:[ \-]?\d){5,8}(?!\w)|0(?<![\w.,]0)1[5-7]\d{8,9}(?!\w)"
)
# What an address of this or another console tells of a person: a UUID, or 32 hexadecimal digits.
KEY = re.compile(
    r"[0-9a-fA-F]{8}(?:(?<![0-9A-Za-z].{8})|(?<=%[0-9A-Fa-f]{2}.{8}))"
    r"(?:(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24})(?![0-9A-Za-z])"
)

LONGEST_GAP = 24
LONGEST_PHONE_WORDS = 7
NAME_GAP = re.compile(r"[\s*`]*+[-_.‐‑–'’]?[\s*`]*+")
ANY_GAP = re.compile(r"[\s.,@()\[\]\-_/:#+‐‑–]*")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of the text tell who ``who`` is.

    Strangers have their own words as ``who``.
    """

    start: int
    end: int
    kind: Kind
    who: int | str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, folded, and where it stands."""

    folded: str
    start: int
    end: int


class Words:
    """The words of a text, folded only where somebody looks."""

    def __init__(self, text: str) -> None:
        self._matches = words_in(text)

    def __len__(self) -> int:
        return len(self._matches)

    def __getitem__(self, place: int) -> Word:
        match = self._matches[place]
        return Word(fold(match[0]), match.start(), match.end())

    def starts(self, directory: Directory, *, alone: bool) -> Iterator[int]:
        """Places at which something may begin. Each spelling is looked up once."""
        known: dict[str, bool] = {}
        for place, match in enumerate(self._matches):
            spelling = match[0]
            start = known.get(spelling)
            if start is None:
                start = known[spelling] = directory.is_start(fold(spelling), alone=alone)
            if start:
                yield place


def spot(text: str, directory: Directory, *, alone: bool = True) -> list[Span]:
    """Every stretch that tells who somebody is, in order, none overlapping.

    Args:
        text: any length.
        directory: whom we know.
        alone: also parts of names, cities and strangers with a title; False for documents.
    """
    found = _spotted(text, directory, alone)
    plain = plaintext.plain(text)
    if plain is not None:
        spans = _spotted(plain.text, directory, alone)
        found += [Span(*plain.place(span.start, span.end), span.kind, span.who) for span in spans]
    return _apart(found)


def _spotted(text: str, directory: Directory, alone: bool) -> list[Span]:
    words = Words(text)
    scan = _Scan(text, words, directory)
    found = [*_addresses(text, directory, alone)]
    for place in words.starts(directory, alone=alone):
        found += scan.at(place, alone)
    return found


def _addresses(text: str, directory: Directory, alone: bool) -> Iterator[Span]:
    for match in EMAIL.finditer(text):
        address = match[0].casefold()
        yield Span(match.start(), match.end(), "email", directory.emails.get(address, address))
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0]).lstrip("0")
        who = next(
            (known for form in (digits, digits[-9:]) if (known := directory.phones.get(form)) is not None),
            None,
        )
        if alone or who is not None:
            yield Span(match.start(), match.end(), "phone", digits if who is None else who)
    if alone:
        for match in DIALLED.finditer(text):
            yield Span(match.start(), match.end(), "phone", re.sub(r"\D", "", match[0]))
        for match in KEY.finditer(text):
            yield Span(match.start(), match.end(), "handle", match[0].casefold())


def _apart(found: list[Span]) -> list[Span]:
    """The first and longest of those that overlap."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end, span.kind)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


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
