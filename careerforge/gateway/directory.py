"""The company's own list of who is who, in the form that spotting needs."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

from careerforge.gateway.words import ACCOUNTS, ORDINARY, PARTICLES, TITLES, TRADE

Kind = Literal["name", "part", "email", "phone", "city", "number", "handle"]

# Letters and digits, with accents and invisible characters that hide inside words.
PLAIN_WORD = re.compile(r"[^\W_]+")
HIDING = re.compile(r"[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
WORD = re.compile(
    r"[^\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]*(?:[^\W_]+|[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+)*"
)
INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x200E), 0x2060, 0xFEFF])
LIKE_LATIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)

SHORTEST_NUMBER = 5
SHORTEST_PHONE = 7
SHORTEST_GLUED = 8
SHORTEST_INFLECTED = 5
ENDINGS = ("s", "es", "a", "e", "en", "em", "ie", "chen")
NUMBER_WORDS = ("employee", "personnel", "staff", "id", "no", "number", "nr")


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word without case, accents and invisible characters: ``"Pérez"`` becomes ``"perez"``."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word.translate(INVISIBLE).casefold()).translate(LIKE_LATIN)
    return "".join(character for character in spread if not unicodedata.combining(character))


FOLDED_TITLES = frozenset(map(fold, TITLES))


def words_in(text: str) -> list[re.Match[str]]:
    """Every word of a text; the simple pattern where it will do, as it is three times as fast."""
    return list((WORD if HIDING.search(text) else PLAIN_WORD).finditer(text))


def folded(text: str) -> tuple[str, ...]:
    """The folded words of a text."""
    return tuple(fold(match[0]) for match in words_in(text))


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
class Term:
    """One such thing; ``who`` ties together what belongs to one person."""

    kind: Kind
    text: str
    who: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of folded words to look for.

    ``cased``: every word must be capitalised; ``turned``: a comma may follow the first; ``tight``: no space
    may part the words; ``asked``: only on the way to a model, never in a document.
    """

    words: tuple[str, ...]
    kind: Kind
    who: int = 0
    cased: bool = False
    turned: bool = False
    tight: bool = False
    asked: bool = False


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
            for entry in self._entries(term):
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
            for word, kind in _alone(term):
                owners[word, kind].add(term.who)
        ranked = sorted(owners.items(), key=lambda item: (item[0][1] == "part", item[0]))
        return {word: self._single(word, kind, who) for (word, kind), who in ranked}

    @cached_property
    def phones(self) -> dict[str, int | None]:
        """Digits of phone numbers to whom they belong, whole and as their last nine and ten.

        The beginnings of each are there too, as None, so that a row of digits is given up as soon as it is
        no number.
        """
        found: dict[str, int | None] = {}
        for term in self.terms:
            digits = re.sub(r"\D", "", term.text).lstrip("0")
            if term.kind == "phone" and len(digits) >= SHORTEST_PHONE:
                for form in (digits, digits[-9:], digits[-10:]):
                    for size in range(1, len(form)):
                        found.setdefault(form[:size], None)
                    found[form] = term.who
        return found

    @cached_property
    def emails(self) -> dict[str, int]:
        """Addresses in lower case to whom they belong."""
        return {term.text.casefold(): term.who for term in self.terms if term.kind == "email"}

    @cached_property
    def starts(self) -> frozenset[str]:
        """Folded words that something may begin with."""
        return frozenset({*self.sizes, *self.singles, *self.phones, *FOLDED_TITLES})

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
        """The part of a name of which this folded word is a form: "Liselottes", "Emmerichs".

        Long parts that are no words only; those in small letters with nothing but an s behind them.
        """
        if len(word) <= SHORTEST_INFLECTED or self.is_ordinary(word):
            return None
        for ending in ENDINGS if capitalised else ENDINGS[:2]:
            if word.endswith(ending):
                single = self.singles.get(word[: -len(ending)])
                if single and single.kind == "part" and not single.ordinary and not single.short:
                    return single
        return None

    def is_ordinary(self, word: str) -> bool:
        """True for a folded word that is more often a word than a name."""
        return word in ORDINARY or word in TRADE or word in self.vocabulary

    def _single(self, word: str, kind: Kind, who: set[int]) -> Single:
        trade = word in TRADE or word in self.vocabulary
        return Single(kind, _owner(who), self.is_ordinary(word), trade, short=len(word) < 5)

    def _entries(self, term: Term) -> Iterator[Entry]:
        if term.kind == "name":
            for word in _glued_names(term.text):
                yield Entry((word,), "name", asked=True)
            for words, turned in name_rows(term.text):
                cased = all(len(word) <= 2 or self.is_ordinary(word) for word in words)
                yield Entry(words, "name", cased=cased, turned=turned)
            for words in _name_parts(term.text):
                if len(words) > 1 and not PARTICLES.issuperset(words):
                    yield Entry(words, "part", cased=all(self.is_ordinary(word) for word in words))
        elif term.kind == "email":
            yield Entry(folded(term.text), "email")
            yield Entry(folded(term.text.replace("@", " at ")), "email")
        elif term.kind == "number":
            yield from (Entry(words, "number") for words in _number_rows(term.text))
        elif term.kind == "handle":
            yield from self._handle_entries(term)
        elif term.kind == "city" and len(folded(term.text)) > 1:
            yield Entry(folded(term.text), term.kind)

    def _handle_entries(self, term: Term) -> Iterator[Entry]:
        """A handle such as "Calm Otter 4821", whole, glued and in part; a sign-in name such as "emp-data"."""
        words = folded(term.text)
        glued = "".join(words)
        spaced = " " in term.text.strip()
        if len(words) > 1:
            yield Entry(words, "handle", tight=not spaced)
        if len(words) == 1 and not self._is_telling(glued):
            return
        if len(glued) >= SHORTEST_NUMBER and not self.is_ordinary(glued):
            yield Entry((glued,), "handle", asked=glued.isalpha())
        if spaced and len(words) > 2 and words[-1].isdigit():
            *called, number = words
            name = "".join(called)
            yield Entry((name, number), "handle")
            yield Entry((called[-1] + number,), "handle")
            yield Entry((called[-1], number), "handle")
            yield Entry((*called[:-1], called[-1] + number), "handle")
            yield Entry(tuple(called), "handle", asked=True)
            if len(name) >= SHORTEST_GLUED:
                yield Entry((name,), "handle", asked=True)

    def _is_telling(self, word: str) -> bool:
        """Whether a sign-in name of one word is more than a word: "admin" and "owner" are none."""
        return not word.isalpha() or not (word in ACCOUNTS or self.is_ordinary(word))


def name_rows(name: str) -> set[tuple[tuple[str, ...], bool]]:
    """Every order and shortening of a name that still means one person, as ``(words, surname first)``.

    ``"Zofia Quellmann-Ito"`` gives among others zofia quellmann ito, zofia quellmann, z quellmann ito,
    quellmann ito zofia.
    """
    parts = _name_parts(name)
    if len(parts) < 2:
        return set()
    first, rest, last = parts[0], tuple(word for part in parts[1:] for word in part), parts[-1]
    surnames = {rest, last, ("".join(last),), *((half,) for half in last if len(half) > 2)}
    rows: set[tuple[tuple[str, ...], bool]] = set()
    for surname in surnames:
        for given in (first, (first[0][0],)):
            rows |= {((*given, *surname), False), ((*surname, *given), True)}
    glued = {"".join((*first, *surname)) for surname in surnames}
    return rows | {((word,), False) for word in glued if len(word) >= SHORTEST_GLUED}


def _glued_names(name: str) -> set[str]:
    """As addresses and accounts write it: quellmannzofia, zquellmann, quellmannz."""
    parts = _name_parts(name)
    if len(parts) < 2:
        return set()
    first, rest, last = "".join(parts[0]), "".join(map("".join, parts[1:])), "".join(parts[-1])
    surnames = {rest, last, *(half for half in parts[-1] if len(half) > 2)}
    forms = {
        form for surname in surnames for form in (surname + first, first[0] + surname, surname + first[0])
    }
    return {form for form in forms if len(form) >= SHORTEST_GLUED and form not in ORDINARY}


def _name_parts(name: str) -> list[tuple[str, ...]]:
    surname, comma, given = name.partition(",")
    parts = [folded(word) for word in (f"{given} {surname}" if comma else name).split()]
    return [part for part in parts if part and part[0] not in {"dr", "mr", "mrs", "ms", "prof", "jr", "sr"}]


def _fields(person: Person) -> tuple[tuple[Kind, str], ...]:
    return (
        ("name", person.name),
        ("email", person.email),
        ("phone", person.phone),
        ("city", person.city),
        ("number", person.number),
        ("handle", person.handle),
    )


def _alone(term: Term) -> Iterator[tuple[str, Kind]]:
    words = folded(term.text)
    if term.kind == "city" and len(words) == 1 and len(words[0]) > 1:
        yield words[0], "city"
    if term.kind == "name":
        joined = {"".join(part) for part in _name_parts(term.text)}
        yield from ((word, "part") for word in {*words, *joined} if len(word) > 2 and word not in PARTICLES)


def _number_rows(number: str) -> Iterator[tuple[str, ...]]:
    words = folded(number)
    if sum(map(len, words)) >= SHORTEST_NUMBER:
        yield words
        yield ("".join(words),)
    else:
        yield from ((word, *words) for word in NUMBER_WORDS)
    for word in words:
        if len(word) >= SHORTEST_NUMBER and word.isdigit():
            yield (word,)


def _owner(who: set[int]) -> int:
    """The one person, or a number below zero that stands for "one of these"."""
    return next(iter(who)) if len(who) == 1 else -1 - min(who)
