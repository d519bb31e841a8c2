"""Whether a document speaks of a role's own field, so that its vacancies and reports are evidence. Pure.

A title names a role when it holds all words of the role's title or of an alias, but for those of rank:
"Data engineers (m/f/d), Tarnvale" names the senior data engineer, "Security analyst" does not name the data
analyst.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from careerforge.skills.models import Role

RANKS = frozenset(
    [
        "junior",
        "mid",
        "level",
        "senior",
        "lead",
        "staff",
        "principal",
        "head",
        "chief",
        "of",
        "and",
        "the",
        "a",
        "an",
        "i",
        "ii",
        "iii",
        "iv",
    ]
)
WORD = re.compile(r"[^\W_]+(?:[+#]+|\.[a-z]+)?")


Names = frozenset[frozenset[str]]


@dataclass(frozen=True)
class Field:
    """The words of each name of a field, its practice's and those of its roles, and of all other fields."""

    own: Names
    others: Names

    def speaks_of(self, text: str) -> bool:
        """Whether a text names the field."""
        return _named(self.own, text)

    def is_foreign(self, text: str) -> bool:
        """Whether a text names other fields only. One that names none is about work in general."""
        return not self.speaks_of(text) and _named(self.others, text)


def field_of(role: Role) -> Field:
    """The field of a role: one query."""
    rows = Role.objects.values_list("practice_id", "practice__name", "title", "aliases__text")
    names: dict[bool, list[str]] = {True: [], False: []}
    for practice_id, *texts in rows:
        names[practice_id == role.practice_id] += filter(None, texts)
    return make(names[True], names[False])


def make(own: Iterable[str], others: Iterable[str]) -> Field:
    """A field from its names and those of the others."""
    return Field(_names(own), _names(others))


def _names(texts: Iterable[str]) -> Names:
    return frozenset(filter(None, map(words, texts)))


def _named(names: Names, text: str) -> bool:
    here = words(text)
    return any(name <= here for name in names)


def words(text: str) -> frozenset[str]:
    """The words of a title that tell, in lower case and without a plural."""
    found = (word.lower() for word in WORD.findall(text))
    return frozenset(_singular(word) for word in found if word not in RANKS)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
