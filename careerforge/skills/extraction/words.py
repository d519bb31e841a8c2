"""Words of a text and of a name, made comparable. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from careerforge.skills.checks import normal_form

TOKEN = re.compile(r"\.net\b|[^\W_]+(?:\+\+|#)?|&", re.IGNORECASE)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: as it is compared, and where it stands."""

    form: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Words in order. "C++", "C#" and ".NET" are one each, "node.js" and "CI/CD" two."""
    return [Token(form(each[0]), each.start(), each.end()) for each in TOKEN.finditer(text)]


@lru_cache(maxsize=50_000)
def form(word: str) -> str:
    """A word without case, accents, plural and national spelling; in another script, its small letters."""
    return normal_form(word) or word.casefold()


def forms(name: str) -> list[tuple[str, ...]]:
    """The ways a name is met: its words, written together, and parted where a capital stands inside."""
    whole = tuple(token.form for token in tokens(name))
    found = [whole]
    if 1 < len(whole) <= 3 and len("".join(whole)) > 5:
        found.append(("".join(whole),))
    parted = CAMEL.sub(" ", name)
    if parted != name:
        parts = tuple(token.form for token in tokens(parted))
        if all(len(part) > 1 for part in parts):
            found.append(parts)
    return [each for each in dict.fromkeys(found) if each]
