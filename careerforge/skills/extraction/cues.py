"""What a text says about the skills it names: how well, for how many years, or not at all. Pure."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from careerforge.skills.extraction.lexicon import ENGLISH, base

FILE = Path(__file__).parent / "cues.toml"
# From so many years on a text means this level.
YEARS = ((10, 5), (5, 4), (3, 3), (1, 2), (0, 1))
# A word about the level that follows a name stands this near behind it: "SQL (advanced)".
BEHIND = re.compile(r"\s*+(?:[(\[:–—-]|at(?: an?)?\b|with|for)?\s*+(?:an?\s)?", re.IGNORECASE)

# A level behind a list is that of all its names: "SQL, Python and Kubernetes at advanced level".
AT = re.compile(r"\bat(?: an?)?\s{1,9}\Z", re.IGNORECASE)
LEVEL = re.compile(r"\s{1,9}level\b", re.IGNORECASE)
PART = re.compile(r"\s{0,9}(?:,|;|/|&|\band\b|\bor\b){1,4}\s{0,9}(?:(?:and|or)\s{1,9})?", re.IGNORECASE)
# What stands between a name of a list and the next sign, in letters, at most.
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class _Patterns:
    denies: re.Pattern[str]
    exempt: re.Pattern[str]
    denied: re.Pattern[str]
    asserts: re.Pattern[str]
    ends: re.Pattern[str]
    years: re.Pattern[str]
    levels: tuple[tuple[int, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a text in which a word about a skill reaches all that are named.

    Attributes:
        denials: where words stand that deny what follows.
        denied: from where to where what comes before such words is denied; empty without any.
        levels: (start, end, level) of words about the level.
    """

    start: int
    end: int
    denials: tuple[int, ...]
    denied: tuple[int, int]
    levels: tuple[tuple[int, int, int], ...]

    def negates(self, start: int) -> bool:
        """Whether what stands at a place is denied."""
        return self.denied[0] <= start < self.denied[1] or any(at < start for at in self.denials)

    def level(self, start: int, end: int, others: Sequence[int], text: str) -> int | None:
        """The level said of the name at ``start:end``; ``others`` are the starts of all names here."""
        for first, _, level in self.levels:
            if end <= first and BEHIND.fullmatch(text, end, first):
                return level
        if self._is_of_a_list(end, others, text):
            return self.levels[0][2]
        before = (
            level
            for first, last, level in reversed(self.levels)
            if last <= start and not self._belongs_before(first, others, text)
        )
        return next(before, None)

    def _is_of_a_list(self, end: int, others: Sequence[int], text: str) -> bool:
        """Whether a name that ends here is in a list whose level stands behind it."""
        first, last, _ = self.levels[0] if self.levels else (0, 0, 0)
        said = end <= first and AT.search(text, end, first) and LEVEL.match(text, last)
        return bool(said) and _is_list(text, end, first, others)

    def _belongs_before(self, first: int, others: Sequence[int], text: str) -> bool:
        """Whether a word about a level was said in brackets behind an earlier name: it is that name's."""
        return any(other < first for other in others) and text[:first].rstrip().endswith(("(", "["))


def _is_list(text: str, start: int, end: int, names: Sequence[int]) -> bool:
    """Whether nothing but names, with a sign or a word between each, stands in a stretch of a text."""
    parts = list(PART.finditer(text, start, end))
    ends = [*(part.start() for part in parts[1:]), end]
    return (
        bool(parts)
        and parts[0].start() == start
        and all(part.end() in names for part in parts)
        and all(stop - part.end() <= LONGEST_NAME for part, stop in zip(parts, ends, strict=True))
    )


class Clauses:
    """A text's clauses, read when they are asked for.

    A language without cues of its own is read by the English ones.
    """

    def __init__(self, text: str, language: str) -> None:
        self._text, self._patterns = text, _patterns(base(language))
        self._edges = [0, *(one.end() for one in self._patterns.ends.finditer(text)), len(text)]
        self._read: dict[int, Clause] = {}

    def at(self, place: int) -> Clause:
        """The clause that a place is in."""
        number = max(bisect_right(self._edges, place) - 1, 0)
        if number not in self._read:
            start, end = self._edges[number], self._edges[min(number + 1, len(self._edges) - 1)]
            self._read[number] = _clause(self._text, start, end, self._patterns)
        return self._read[number]


def _clause(text: str, start: int, end: int, said: _Patterns) -> Clause:
    denied = said.denied.search(text, start, end)
    exempt = [one.span() for one in said.exempt.finditer(text, start, end)]
    if denied and text[start : denied.start()].strip():
        exempt.append(denied.span())
    denials = tuple(
        one.start()
        for one in said.denies.finditer(text, start, end)
        if not any(low <= one.start() < high for low, high in exempt)
    )
    return Clause(start, end, denials, _before(text, start, denied, said), _levels(text, start, end, said))


def _before(text: str, start: int, denied: re.Match[str] | None, said: _Patterns) -> tuple[int, int]:
    """What "… is not required" reaches: all before it, or after the last comma where others are asked for."""
    if denied is None:
        return (0, 0)
    asserted = [one.end() for one in said.asserts.finditer(text, start, denied.start())]
    if not asserted:
        return (start, denied.start())
    return (max(asserted[-1], text.rfind(",", start, denied.start())), denied.start())


def _levels(text: str, start: int, end: int, said: _Patterns) -> tuple[tuple[int, int, int], ...]:
    """Words about levels; of two that overlap the longer one: "very good" is not "good"."""
    found = [
        (*one.span(), level) for level, pattern in said.levels for one in pattern.finditer(text, start, end)
    ]
    found += [(*one.span(), _of_years(int(one[1]))) for one in said.years.finditer(text, start, end)]
    kept: list[tuple[int, int, int]] = []
    for one in sorted(found, key=lambda each: (each[0] - each[1], each)):
        if not any(one[0] < high and low < one[1] for low, high, _ in kept):
            kept.append(one)
    return tuple(sorted(kept))


def _of_years(years: int) -> int:
    return next(level for least, level in YEARS if years >= least)


@cache
def _patterns(language: str) -> _Patterns:
    file = tomllib.loads(FILE.read_text("utf-8"))
    rows = {key: re.compile(text, re.IGNORECASE) for key, text in file.get(language, file[ENGLISH]).items()}
    return _Patterns(
        rows["denies"],
        rows["denies_not"],
        rows["denied"],
        rows["asserts"],
        rows["ends"],
        rows["years"],
        tuple((level, rows[str(level)]) for level in range(1, 6)),
    )
