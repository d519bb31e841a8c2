"""Whether a word that may be a skill's name is one here, by the words around it. Pure."""

import re
from functools import cache

from careerforge.skills.extraction.lexicon import Entry, ambiguous

AROUND = 40
# Ends of the text before a name that speak of work with it.
STRONG_BEFORE = re.compile(
    r"(?:\b(?:proficien\w+|experienc\w+|skill\w*|knowledge|expert\w*|familiar\w*|certifi\w+|program\w*|cod(?:e|ing)"
    r"|develop\w*|using|uses?|used|writ(?:e|es|ing|ten)|learn\w*|know\w*|stack|tools?|languages?|technolog\w+"
    r"|framework\w*|master\w*|command|script\w*|built|microsoft|ms|apache|advanced|basics?|strong|fluen\w+)\b"
    r"[^.;!?\n]{0,25})$",
    re.IGNORECASE,
)
WEAK_BEFORE = re.compile(
    r"(?:\b(?:in|with|of|like|or|and|plus|about|including|e\.g\.)|[,/(+:•|])\s*$", re.IGNORECASE
)
BEHIND = re.compile(
    r"^\s*(?:(?:is|was)\b|programming|language|develop\w+|engineers?\b|code\b|coding|skills?\b|experience|certifi\w+|frameworks?\b"
    r"|librar\w+|script\w*|services?\b|microservices?\b|stack\b|back-?end|front-?end|apps?\b|applications?\b|projects?\b"
    r"|modules?\b|knowledge|pipelines?\b|jobs?\b|clusters?\b|macros?\b|spreadsheets?\b|formulas?\b|\d)",
    re.IGNORECASE,
)
LISTED = re.compile(r"^\s*[,/|)•]")
JOINED = re.compile(r"[\w&'’-]")


def plausible(entry: Entry, text: str, start: int, end: int, *, certain: bool) -> bool:
    """Whether ``text[start:end]`` is this name.

    Args:
        certain: another skill that cannot be anything else is named in the same sentence.
    """
    said = text[start:end]
    if said.startswith(".") and start and text[start - 1].isalnum():
        return False
    if entry.cased and not _as_written(entry, said, text, start, end):
        return False
    if _never(entry.named.text.casefold(), text, start, end):
        return False
    return not entry.ambiguous or _about_work(entry, said, text, start, end, certain=certain)


def _as_written(entry: Entry, said: str, text: str, start: int, end: int) -> bool:
    """A name of one or two letters: in its own capitals, and no part of "R&D" or "Objective-C"."""
    alone = not (start and JOINED.match(text[start - 1])) and not JOINED.match(text[end : end + 1])
    # "Go-based" and "Go's" are still Go.
    alone = alone or (bool(re.match(r"(?:-(?:based|lang)|['’]s)\b", text[end : end + 7])) and not start)
    return alone and (said == entry.named.text or (said.isupper() and _shouted(text, start)))


def _about_work(entry: Entry, said: str, text: str, start: int, end: int, *, certain: bool) -> bool:
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    strong = bool(STRONG_BEFORE.search(before)) or bool(BEHIND.match(behind))
    weak = bool(WEAK_BEFORE.search(before)) or bool(LISTED.match(behind))
    alone = text.strip() == said
    if said == entry.named.text and not _shouted(text, start):
        in_sentence = bool(before.strip()) and not re.search(r"[.!?:\n•]\s*$", before)
        if entry.doubtful:
            return strong or alone or (certain and weak)
        return in_sentence or strong or certain or weak or alone
    return strong or alone or (certain and weak)


def _shouted(text: str, start: int) -> bool:
    """Whether capitals say nothing here, because all letters nearby are."""
    around = [letter for letter in text[max(0, start - AROUND) : start + AROUND] if letter.isalpha()]
    return len(around) > 8 and all(letter.isupper() for letter in around)


def _never(word: str, text: str, start: int, end: int) -> bool:
    pattern = _patterns().get(word)
    if pattern is None:
        return False
    low, high = max(0, start - AROUND), end + AROUND
    return any(one.start() <= start - low < one.end() for one in pattern.finditer(text[low:high]))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {word: re.compile(pattern, re.IGNORECASE) for word, pattern in ambiguous()["never"].items()}
