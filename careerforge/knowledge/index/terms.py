"""Words for the word index, before PostgreSQL stems them. Pure."""

import re

_SPECIAL = (
    (re.compile(r"(?<![\w+])c\+\+(?![\w+])", re.IGNORECASE), " cplusplus "),
    (re.compile(r"(?<!\w)([cfj])#(?!\w)", re.IGNORECASE), r" \1sharp "),
    (re.compile(r"(?<![\w.])\.net\b", re.IGNORECASE), " dotnet "),
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
# PostgreSQL's parser reads "CI/CD" as a file, "Node.js" as a host and "SHA-2" as a negative
# number behind a word; to people they are words.
_JOINED = re.compile(r"(?<=\w)[/.@_-](?=\w)")
_WORD = re.compile(r"\w+")
LONGEST = 32_000
# How words are made of texts, here and in ``postings.words_of``, and how they are packed. A higher number has
# every collection's words written anew by a job, while searches go on.
WORDING = 1


def wording() -> int:
    """For collections to come."""
    return WORDING


def readable(text: str) -> str:
    """The text for the stemmer: ``"C++, Node.js"`` becomes ``"cplusplus, Node js"``; addresses go."""
    text = _ADDRESS.sub(" ", text)
    for pattern, words in _SPECIAL:
        text = pattern.sub(words, text)
    return _JOINED.sub(" ", text)


def length(text: str) -> int:
    """How many words, for the length normalisation of BM25."""
    return min(len(_WORD.findall(text)), LONGEST)
