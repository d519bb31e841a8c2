"""The company's own list of who is who, in the form that spotting needs."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from careerforge.gateway.disguises import shrunk, stem, stems, wholes
from careerforge.gateway.folding import fold, folded
from careerforge.gateway.forms import Entry, Kind, Term, alone, entries
from careerforge.gateway.words import ORDINARY, TITLES, TRADE

__all__ = ["Directory", "Entry", "Kind", "Person", "Single", "Term"]

SHORTEST_PHONE = 7
SHORTEST_INFLECTED = 5
SHORTEST_STEM = 4
SHORTEST_NUMBER = 5
ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
FOLDED_TITLES = frozenset(map(fold, TITLES))


@dataclass(frozen=True, slots=True)
class Person:
    """What could tell who somebody is. Empty means unknown."""

    name: str = ""
    email: str = ""
    phone: str = ""
    city: str = ""
    number: str = ""
    handle: str = ""


@dataclass(frozen=True, slots=True)
class Single:
    """A word that counts alone, under the rules of :mod:`careerforge.gateway.redact`."""

    kind: Kind
    who: int
    ordinary: bool
    trade: bool
    short: bool


@dataclass(frozen=True)
class Directory:
    """Everybody's terms.

    Attributes:
        terms: from :meth:`of`.
        vocabulary: folded words of the company's own trade (skills, practices), to be treated as ordinary.
    """

    terms: frozenset[Term]
    vocabulary: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, people: Iterable[Person], vocabulary: Collection[str] = ()) -> "Directory":
        """A directory of people; a person's place in the order is who they are."""
        terms = {
            Term(kind, text.strip(), who)
            for who, person in enumerate(people)
            for kind, text in _fields(person)
            if text.strip()
        }
        return cls(frozenset(terms), frozenset(word for text in vocabulary for word in folded(text)))

    @cached_property
    def rows(self) -> dict[tuple[str, ...], tuple[Entry, ...]]:
        """Rows of words to look for. One that several people share belongs to none of them."""
        owners: defaultdict[Entry, set[int]] = defaultdict(set)
        for term in self.terms:
            for entry in entries(term, self.is_ordinary):
                owners[entry].add(term.who)
        found: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry, who in owners.items():
            if entry.words:
                found[entry.words].append(replace(entry, who=_owner(who)))
        return {
            words: tuple(sorted(entries, key=repr) if len(entries) > 1 else entries)
            for words, entries in found.items()
        }

    @cached_property
    def sizes(self) -> dict[str, tuple[int, ...]]:
        """How long rows that begin with a word are, longest first."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for words in self.rows:
            found[words[0]].add(len(words))
        return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}

    @cached_property
    def singles(self) -> dict[str, Single]:
        """Parts of names, and cities of one word."""
        owners: defaultdict[tuple[str, Kind], set[int]] = defaultdict(set)
        for term in self.terms:
            for word, kind in alone(term):
                owners[word, kind].add(term.who)
        ranked = sorted(owners.items(), key=lambda item: (item[0][1] == "part", item[0]))
        return {word: self._single(word, kind, who) for (word, kind), who in ranked}

    @cached_property
    def phones(self) -> dict[str, int | None]:
        """Digits of phone numbers to whom they belong, whole and as their last seven, nine and ten.

        The beginnings of each are there too, as None, so that a row of digits is given up as soon as it is
        no number.
        """
        found: dict[str, int | None] = {}
        for term in self.terms:
            digits = re.sub(r"\D", "", term.text).lstrip("0")
            if term.kind == "phone" and len(digits) >= SHORTEST_PHONE:
                for form in (digits, digits[-9:], digits[-10:], digits[-SHORTEST_PHONE:]):
                    for size in range(1, len(form)):
                        found.setdefault(form[:size], None)
                    found[form] = term.who
        return found

    @cached_property
    def numbers(self) -> dict[str, int | None]:
        """Employee numbers without what parts them, with their letters and without, and their beginnings."""
        found: dict[str, int | None] = {}
        for term in self.terms:
            if term.kind == "number":
                whole = "".join(folded(term.text))
                for form in {whole, re.sub(r"\D", "", whole)}:
                    if len(form) >= SHORTEST_NUMBER:
                        found |= {form[:size]: found.get(form[:size]) for size in range(1, len(form))}
                        found[form] = term.who
        return found

    @cached_property
    def glued(self) -> dict[str, tuple[Kind, int]]:
        """Letters or digits that tell somebody wherever they stand in a row."""
        found: dict[str, tuple[Kind, int]] = {
            form: ("phone", who) for form, who in self.phones.items() if who is not None
        }
        found |= {form: ("number", who) for form, who in self.numbers.items() if who is not None}
        for row, known in self.rows.items():
            if len(row) == 1 and len(row[0]) > SHORTEST_NUMBER and not self.is_ordinary(row[0]):
                found[row[0]] = known[0].kind, known[0].who
        return found | {word: (single.kind, single.who) for word, single in self._telling.items()}

    @cached_property
    def glued_sizes(self) -> dict[str, tuple[int, ...]]:
        """How long those with these first five letters are, longest first."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for form in self.glued:
            found[form[:SHORTEST_NUMBER]].add(len(form))
        return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}

    @cached_property
    def asian(self) -> dict[str, list[tuple[str, Kind, int]]]:
        """Names and cities in scripts without spaces by their first letter, longest first."""
        found: dict[str, list[tuple[str, Kind, int]]] = {}
        for term in sorted(self.terms, key=lambda term: (-len(term.text), term.text)):
            parts = term.text.split()
            if term.kind not in {"name", "city"} or not ASIAN.fullmatch("".join(parts)):
                continue
            whole: list[tuple[str, Kind, int]] = [
                ("".join(order), term.kind, term.who) for order in (parts, parts[::-1])
            ]
            single: list[tuple[str, Kind, int]] = [
                (part, "part", term.who) for part in parts if len(part) > 1
            ]
            for one in whole + (single if term.kind == "name" else []):
                found.setdefault(one[0][0], []).append(one)
        for rows in found.values():
            rows.sort(key=lambda one: -len(one[0]))
        return found

    @cached_property
    def _telling(self) -> dict[str, Single]:
        """Parts of names and cities that are neither short nor words."""
        return {
            word: single for word, single in self.singles.items() if not single.ordinary and not single.short
        }

    @cached_property
    def _spelt(self) -> dict[str, Single]:
        """The same in one spelling of umlauts."""
        short = {shrunk(word): single for word, single in self._telling.items()}
        return {
            word: single for word, single in short.items() if len(word) >= SHORTEST_INFLECTED
        } | self._telling

    @cached_property
    def _stems(self) -> dict[str, Single]:
        """The same without their last vowels, where they end in one."""
        short = {stem(word): (word, single) for word, single in self._spelt.items()}
        return {
            base: single
            for base, (word, single) in short.items()
            if base != word and len(base) >= SHORTEST_STEM
        }

    @cached_property
    def emails(self) -> dict[str, int]:
        """Addresses in lower case to whom they belong."""
        return {term.text.casefold(): term.who for term in self.terms if term.kind == "email"}

    @cached_property
    def starts(self) -> frozenset[str]:
        """Folded words that something may begin with."""
        return frozenset({*self.sizes, *self.singles, *self.phones, *self.numbers, *FOLDED_TITLES})

    @cached_property
    def starts_of_rows(self) -> frozenset[str]:
        """Those that begin more than a single word."""
        return frozenset({*self.sizes, *self.phones})

    def is_start(self, word: str, *, alone: bool = True) -> bool:
        """True when something may begin with this folded word; not ``alone``: more than the word itself."""
        known = self.starts if alone else self.starts_of_rows
        if word in known or (word[0] == "0" and word.lstrip("0") in self.phones):
            return True
        return alone and self.inflected(word) is not None

    def inflected(self, word: str, *, capitalised: bool = True) -> Single | None:
        """The part of a name, or the city, of which this folded word is a form: "Liselottes", "quellmann2".

        Long ones that are no words only; those in small letters with nothing but an s behind them.
        """
        if len(word) < SHORTEST_INFLECTED or self.is_ordinary(word):
            return None
        for whole in wholes(word, capitalised=capitalised):
            single = self._spelt.get(whole) or self._spelt.get(shrunk(whole))
            if single:
                return single
        found = (self._stems.get(base) for base in stems(word)) if capitalised else ()
        return next(filter(None, found), None)

    def is_ordinary(self, word: str) -> bool:
        """True for a folded word that is more often a word than a name."""
        return word in ORDINARY or word in TRADE or word in self.vocabulary

    def _single(self, word: str, kind: Kind, who: set[int]) -> Single:
        trade = word in TRADE or word in self.vocabulary
        return Single(kind, _owner(who), self.is_ordinary(word), trade, short=len(word) < 5)


def _fields(person: Person) -> tuple[tuple[Kind, str], ...]:
    return (
        ("name", person.name),
        ("email", person.email),
        ("phone", person.phone),
        ("city", person.city),
        ("number", person.number),
        ("handle", person.handle),
    )


def _owner(who: set[int]) -> int:
    """The one person, or a number below zero that stands for "one of these"."""
    return next(iter(who)) if len(who) == 1 else -1 - min(who)
