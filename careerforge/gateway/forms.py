"""Everything that one term of the directory may be written as, as rows of folded words. Pure."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from careerforge.gateway.disguises import shrunk
from careerforge.gateway.folding import folded
from careerforge.gateway.words import ACCOUNTS, ORDINARY, PARTICLES, listed

Kind = Literal["name", "part", "email", "phone", "city", "number", "handle"]
# Tells of a folded word whether it is more often a word than a name.
IsOrdinary = Callable[[str], bool]

SHORTEST_NUMBER = 5
SHORTEST_GLUED = 8
NUMBER_WORDS = listed(
    """
    employee personnel staff id no number nr personalnummer personalnr mitarbeiternummer mitarbeiternr
    matricule matricola legajo empleado pracownik
    """
)
# As German, Danish and others write them where a keyboard lacks them.
SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)


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


def entries(term: Term, is_ordinary: IsOrdinary) -> Iterator[Entry]:
    """The rows to look for, with umlauts spelt out and without."""
    yield from _entries(term, is_ordinary)
    if term.kind in {"name", "city"}:
        for text in _spellings(term.text):
            yield from _entries(replace(term, text=text), is_ordinary)


def _spellings(text: str) -> set[str]:
    """Duesseldorf for Düsseldorf, and the other way round."""
    composed = unicodedata.normalize("NFC", text)
    return {composed.translate(SPELT_OUT), *_shrunk(composed)} - {text, composed}


def _shrunk(text: str) -> list[str]:
    words = text.split()
    short = [shrunk(word.casefold()) for word in words]
    return [" ".join(short)] if all(len(word) > 4 for word in short) else []


def _entries(term: Term, is_ordinary: IsOrdinary) -> Iterator[Entry]:
    if term.kind == "name":
        for word in _glued_names(term.text):
            yield Entry((word,), "name", asked=True)
        for words, turned in name_rows(term.text):
            cased = all(len(word) <= 2 or is_ordinary(word) for word in words)
            yield Entry(words, "name", cased=cased, turned=turned)
        for words in _name_parts(term.text):
            if len(words) > 1 and not PARTICLES.issuperset(words):
                yield Entry(words, "part", cased=all(is_ordinary(word) for word in words))
    elif term.kind == "email":
        yield Entry(folded(term.text), "email")
        yield Entry(folded(term.text.replace("@", " at ")), "email")
    elif term.kind == "number":
        yield from (Entry(words, "number") for words in _number_rows(term.text))
    elif term.kind == "handle":
        yield from _handle_entries(term, is_ordinary)
    elif term.kind == "city" and len(folded(term.text)) > 1:
        yield Entry(folded(term.text), term.kind)


def _handle_entries(term: Term, is_ordinary: IsOrdinary) -> Iterator[Entry]:
    """A handle such as "Calm Otter 4821", whole, glued and in part; a sign-in name such as "emp-data"."""
    words = folded(term.text)
    glued = "".join(words)
    spaced = " " in term.text.strip()
    if len(words) > 1:
        yield Entry(words, "handle", tight=not spaced)
    if len(words) == 1 and not _is_telling(glued, is_ordinary):
        return
    for word in words[1:]:
        if len(word) >= SHORTEST_GLUED and not word.isalpha():
            yield Entry((word,), "handle")
    if len(glued) >= SHORTEST_NUMBER and not is_ordinary(glued):
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


def _is_telling(word: str, is_ordinary: IsOrdinary) -> bool:
    """Whether a sign-in name of one word is more than a word: "admin" and "owner" are none."""
    return not word.isalpha() or not (word in ACCOUNTS or is_ordinary(word))


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


def alone(term: Term) -> Iterator[tuple[str, Kind]]:
    """Words of it that may count alone."""
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
