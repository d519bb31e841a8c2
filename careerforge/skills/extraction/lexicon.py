"""All names of a company's skills, ready to be found in a text."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from careerforge.skills.extraction.words import forms, tokens

AMBIGUOUS = Path(__file__).parent / "ambiguous.toml"
# Misspelt words of at least so many letters are looked for.
MISSPELT_FROM = 6
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a skill. ``main``: the one it is shown by, which every language may use."""

    skill_id: UUID
    text: str
    language: str = ENGLISH
    main: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as the lexicon holds it.

    Attributes:
        cased: counts only as it is written, being short ("Go", "QA").
        ambiguous: an ordinary word too; ``doubtful`` even when it is written like the name.
    """

    named: Named
    cased: bool
    ambiguous: bool
    doubtful: bool


@dataclass(slots=True)
class Node:
    """A place in the tree of words: what may follow, and which names end here."""

    after: "dict[str, Node]" = field(default_factory=dict)
    ends: list[Entry] = field(default_factory=list)


class Lexicon:
    """Names as a tree of words (a trie, Fredkin 1960): all are looked for in one pass over a text.

    Built once per taxonomy and kept (see ``kept``). Not changed afterwards, safe in several threads.
    """

    def __init__(self, names: Iterable[Named]) -> None:
        self.root = Node()
        self.languages: set[str] = set()
        self.size = 0
        spelt: set[str] = set()
        for named in names:
            entry = _entry(named)
            self.size += 1
            self.languages.add(base(named.language))
            for words in forms(named.text):
                self._add(words, entry)
                if len(words) == 1 and not entry.ambiguous and not entry.cased:
                    spelt.add(words[0])
        self._spelt = frozenset(word for word in spelt if len(word) >= MISSPELT_FROM and word.isalpha())
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._spelt):
            for shorter in _shorter(word):
                self._near[shorter].append(word)

    def _add(self, words: tuple[str, ...], entry: Entry) -> None:
        node = self.root
        for word in words:
            node = node.after.setdefault(word, Node())
        node.ends.append(entry)

    def speaks(self, language: str) -> bool:
        """Whether any skill has a name in this language."""
        return base(language) in self.languages

    def meant(self, word: str) -> str | None:
        """The only name that a misspelt word can be: one letter missing, extra, wrong, or two swapped.

        The first letter has to be right. Found by the words that both become when a letter is left out
        (Bocek, Hunt and Stiller, 2007), so it costs no walk over the names.
        """
        if len(word) < MISSPELT_FROM or word in self._spelt or not word.isalpha():
            return None
        near = {each for shorter in _shorter(word) for each in self._near.get(shorter, ())}
        fit = [each for each in near if each[0] == word[0] and _one_slip(word, each)]
        return fit[0] if len(fit) == 1 else None


def base(language: str) -> str:
    """ "de-AT" is "de"."""
    return language.strip().lower().replace("_", "-").split("-", 1)[0]


@cache
def ambiguous() -> dict[str, Any]:
    """The file of words that are more than a skill's name."""
    return tomllib.loads(AMBIGUOUS.read_text("utf-8"))


def _entry(named: Named) -> Entry:
    words = tokens(named.text)
    single = words[0].form if len(words) == 1 else ""
    file = ambiguous()
    doubtful = single in file["doubtful"]
    # "Go", "QA" and "CI" count as written; "C++" and "C#" cannot be anything else.
    cased = bool(single) and len(named.text.strip(". ")) <= 2 and named.text.isalpha()
    return Entry(named, cased, doubtful or named.text.casefold() in file["words"], doubtful)


def _shorter(word: str) -> Iterator[str]:
    """The word, and each word that is left when one letter is taken out."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_slip(said: str, meant: str) -> bool:
    """Whether one typing error makes one of the other (Damerau, 1964)."""
    if said == meant or abs(len(said) - len(meant)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(said, meant, strict=False)) if a != b), min(len(said), len(meant))
    )
    one, other = said[start:], meant[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[:2][::-1] and one[2:] == other[2:])
    )
