"""The pieces of a text that may name one skill. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Words in a window: from a bare name ("Kafka") to a clause ("work with colleagues from other departments").
SIZES = (1, 2, 3, 4, 6, 8)
WORD = re.compile(r"\S+")
NAME = re.compile(r"[^\W_]+(?:[+#]+)?|\.net\b")
EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "or",
        "of",
        "the",
        "in",
        "on",
        "to",
        "for",
        "with",
        "by",
        "at",
        "as",
        "is",
        "are",
        "be",
        "from",
        "that",
        "this",
        "your",
        "you",
        "we",
        "our",
        "will",
        "have",
        "has",
        "it",
        "its",
        "their",
        "they",
        "using",
        "use",
    ]
)
# Endings that English adds to one word, longest first; what is left has at least three letters.
ENDINGS = ("ations", "ation", "ments", "ings", "ment", "ing", "ers", "ies", "ed", "er", "es", "s", "e", "y")
BRACKETED = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a text, from ``start`` to ``end``."""

    text: str
    start: int
    end: int


def windows(text: str) -> list[Window]:
    """Every run of 1, 2, 3, 4, 6 and 8 words whose first and last say something, each wording once.

    No skill's name starts or ends with "of": without such runs half are left, and the ranking is the same.
    """
    found: dict[str, Window] = {}
    for one in _runs(text):
        found.setdefault(one.text, one)
    return list(found.values())


def _runs(text: str) -> Iterator[Window]:
    words = [(each.start(), each.end()) for each in WORD.finditer(text)]
    for size in SIZES:
        for first in range(len(words) - size + 1):
            run = words[first : first + size]
            said = [text[start:end] for start, end in run]
            if said[0].casefold() not in EMPTY and said[-1].casefold() not in EMPTY:
                yield Window(" ".join(said), run[0][0], run[-1][1])


def stems(text: str) -> frozenset[str]:
    """The words of a text without their endings, and without words that say nothing."""
    words = NAME.findall(text.casefold())
    return frozenset(map(stem, [word for word in words if word not in EMPTY] or words))


def stem(word: str) -> str:
    """A word without one ending: "managing", "manages" and "management" are "manag"."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def plain(label: str) -> str:
    """A label without its explanation: "Java (computer programming)" is "Java"."""
    return BRACKETED.sub("", label).strip() or label
