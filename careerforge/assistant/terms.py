"""What a sentence is made of: content words, numbers with their units, names, and what is denied."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from careerforge.assistant.lexicon import (
    BREAKS,
    CANONICAL,
    DENYING,
    EVERY,
    FORWARD,
    NEGATION_REACH,
    NEGATIONS,
    NUMBER_WORDS,
    SCALES,
    STOPWORDS,
    TELLING,
    UNITS,
    UNSAID,
)

SIGNS = ("usd", "eur", "gbp", "percent")
# A currency may stand before its sum.
CURRENCIES = {word: unit for word, unit in UNITS.items() if unit in ("usd", "eur", "gbp")}
TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[&][^\W\d_]+)?(?:\d+)?(?:[+#]+)?|[%$€£]|['’]|[.!?;:,]", re.UNICODE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as text of its plain value, its unit or nothing, and the word before it."""

    value: str
    unit: str
    before: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence between commas and conjunctions: what it says, whether some of it is denied."""

    words: frozenset[str]
    numbers: frozenset[Number]
    denied: bool


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text says, without its grammar.

    Attributes:
        words: stems of content words, in order, with repeats.
        numbers: figures and number words, with units.
        names: folded words written like names, not at the start of a sentence, or in capitals.
        denied: stems within reach of a negation.
        all_words: stems of everything, stop words too.
        sequence: everything in order, a number as "=40", a word by its stem or the stem of one that says the
            same.
        telling: what of the sequence says something.
        clauses: its parts.
    """

    words: tuple[str, ...]
    numbers: frozenset[Number]
    names: frozenset[str]
    denied: frozenset[str]
    all_words: frozenset[str]
    sequence: tuple[str, ...] = ()
    telling: frozenset[str] = frozenset()
    clauses: tuple[Clause, ...] = ()


def canonical(stemmed: str) -> str:
    """The stem that stands for all that say the same; forms of short words, "named" and "name", are one."""
    short = stemmed
    if len(stemmed) == SHORT + 1:
        short = stemmed.removesuffix("ed")
    elif len(stemmed) == SHORT:
        short = stemmed.removesuffix("e")
    return CANONICAL.get(stemmed) or CANONICAL.get(short, short)


# Words of four letters keep their endings in a stem.
SHORT = 4


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A light stem: plural, -ed, -ing, -ly and -er of longer words.

    After Harman, "How effective is suffixing?", 1991.
    """
    for ending, rest in (("ies", "i"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + rest
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ations", "ation", "ingly", "edly", "ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 4 else word


def terms(text: str) -> Terms:
    """Take a text apart. Linear in its length."""
    return _Reader(text).read()


class _Reader:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self._tokens = [(match[0], match[0].casefold()) for match in TOKEN.finditer(text)]
        self._words: list[str] = []
        self._names: set[str] = set()
        self._numbers: set[Number] = set()
        self._denied: set[str] = set()
        self._all: set[str] = set()
        self._sequence: list[str] = []
        self._telling: set[str] = set()
        self._clauses: list[Clause] = []
        self._part = _Part()
        self._unsaid = False
        self._reach = 0

    def read(self) -> Terms:
        starts = True
        for place, (written, folded) in enumerate(self._tokens):
            if folded in ".!?;:,":
                self._reach = 0
                self._break()
                starts = starts or folded in ".!?"
                continue
            if folded not in "'’":
                self._take(place, written, folded, starts)
                starts = False
        self._break()
        return Terms(
            tuple(self._words),
            frozenset(self._numbers),
            frozenset(self._names),
            frozenset(self._denied),
            frozenset(self._all),
            tuple(self._sequence),
            frozenset(self._telling),
            tuple(replace(one, denied=one.denied or self._unsaid) for one in self._clauses),
        )

    def _take(self, place: int, written: str, folded: str, starts: bool) -> None:
        if folded[0].isdigit() or folded in NUMBER_WORDS:
            self._count(self._number(place, folded))
            return
        if folded in EVERY and place and self._tokens[place - 1][1] == "every":
            self._count(self._number(place, EVERY[folded]))
            return
        if folded in BREAKS:
            self._break()
            # "No date and number" denies both.
            self._reach = self._reach if folded in ("and", "or") else 0
        if folded in NEGATIONS:
            self._reach = NEGATION_REACH
            self._part.denied = self._part.denied or folded not in FORWARD
        self._unsaid = self._unsaid or folded in UNSAID
        stemmed = stem(folded)
        self._all.add(stemmed)
        if self._is_part_of_number(place, folded):
            return
        self._sequence.append("not" if folded in DENYING else canonical(stemmed))
        if folded in TELLING or folded in NEGATIONS:
            self._telling.add(canonical(stemmed))
        is_month = written == "May" and not starts
        if is_month or (folded not in STOPWORDS and folded not in NEGATIONS):
            self._mean(stemmed, is_name=_is_name(written, starts))

    def _is_part_of_number(self, place: int, folded: str) -> bool:
        """A sign, the name of a currency, or "million": the number beside it has it already."""
        counted = place and self._tokens[place - 1][0][0].isdigit()
        return UNITS.get(folded) in SIGNS or bool(folded in SCALES and counted)

    def _mean(self, stemmed: str, *, is_name: bool) -> None:
        """A word that says something."""
        self._words.append(stemmed)
        self._telling.add(canonical(stemmed))
        self._part.words.add(canonical(stemmed))
        if self._reach:
            self._denied.add(stemmed)
            self._reach -= 1
        if is_name:
            self._names.add(stemmed)

    def _count(self, number: Number) -> None:
        self._numbers.add(number)
        self._part.numbers.add(number)
        self._sequence.append(f"={number.value}")
        self._telling.add(f"={number.value}")

    def _break(self) -> None:
        """End a part; one that says nothing is none."""
        part, self._part = self._part, _Part()
        if part.words or part.numbers:
            self._clauses.append(Clause(frozenset(part.words), frozenset(part.numbers), part.denied))

    def _number(self, place: int, folded: str) -> Number:
        """The value, scaled ("2.5 million"), with the unit beside it ("40 %", "$30k", "six months")."""
        value = float(_plain(NUMBER_WORDS.get(folded, folded)) or 0)
        near = [self._tokens[step][1] if step < len(self._tokens) else "" for step in (place + 1, place + 2)]
        if near[0] in SCALES:
            value *= SCALES[near.pop(0)]
        before = self._tokens[place - 1][1] if place else ""
        unit = UNITS.get(near[0]) or CURRENCIES.get(before, "")
        return Number(f"{value:.6g}", unit, before)


@dataclass
class _Part:
    """A clause being read."""

    words: set[str] = field(default_factory=set)
    numbers: set[Number] = field(default_factory=set)
    denied: bool = False


def _is_name(written: str, starts: bool) -> bool:
    """Capitalised inside a sentence, or with capitals beyond the first letter anywhere."""
    inner = any(character.isupper() for character in written[1:])
    return inner or (written[0].isupper() and not starts and len(written) > 1)


def _plain(figure: str) -> str:
    """Digits and one point: thousands separators go, a decimal comma becomes a point, a time keeps its
    digits.
    """
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", figure):
        return re.sub(r"[.,]", "", figure)
    plain = re.sub(r"[:,]", ".", figure)
    return plain if plain.count(".") < 2 else plain.replace(".", "")
