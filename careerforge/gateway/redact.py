"""Take people out of a text, and put them back.

We know every name: the directory is the company's own. What is written as a name goes, what is an ordinary
word stays:

* A **full name** goes in any case and any order, over line breaks, hyphens, underscores and dots, with
  initials, or with half of a double surname. When every part of it is an ordinary word ("Will Grant"), it
  must be capitalised in documents, and in prompts if it is turned round or shortened.
* A **part of a name** alone goes in any case if it is five letters or longer and no ordinary word; shorter
  ones ("Ana", "Ito") must be written like a name, and parts of one or two letters never go alone.
* A part that **is an ordinary word** ("Mark", "Grace", "Will", "Ruby") goes only when capitalised and used
  as a name: after a title ("Ms Grace"), before what people do ("Mark said", "Grace's plan"), or after a
  word such as "with" or "ask" with nothing but a small word or punctuation behind it ("ask Mark about").
  So "Grace period", "Mark the date", "in Ruby" stay.
* A **city** goes in any case; one that is an ordinary word ("Nice", "Mobile") only when capitalised, after
  a word such as "in" or "from", and before a small word or punctuation.
* E-mail addresses and international phone numbers go whether or not they are in the directory; directory
  numbers and handles go however they are spaced; whoever is called "Dr", "Mr" or "Ms" goes too.
* A name **in disguise** goes too: in letters that look alike, with umlauts spelt out, inflected, escaped,
  glued to a digit or an initial, in base64, over a line's end or with its letters apart.

:func:`mask` is for documents, where single words are far more often words than people: it takes full
names, addresses, numbers and handles only.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from careerforge.gateway.directory import Directory, Kind
from careerforge.gateway.spans import Span
from careerforge.gateway.spotting import spot

__all__ = ["Directory", "Redacted", "Span", "mask", "redact", "restore"]

BRACKETED = re.compile(r"\[[^\[\]\n]{1,40}\]")
Replacement = Callable[[Span, str], str]

REMOVED: dict[Kind, str] = {
    "name": "[name removed]",
    "part": "[name removed]",
    "email": "[e-mail removed]",
    "phone": "[phone removed]",
    "city": "[place removed]",
    "number": "[number removed]",
    "handle": "[handle removed]",
}
TOKENS: dict[Kind, str] = {
    "name": "person",
    "part": "person",
    "email": "e-mail",
    "phone": "phone",
    "city": "place",
    "number": "number",
    "handle": "colleague",
}


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without people, and the way back.

    Attributes:
        text: with tokens such as ``[person 1]``; other spellings of the same person are ``[person 1.2]``.
        mapping: token to the words it stands for. Personal data: keep it in memory, never in a log.
    """

    text: str
    mapping: Mapping[str, str]

    def restore(self, text: str) -> str:
        """Put the people back into any text that uses these tokens."""
        return restore(text, self.mapping)


def redact(text: str, directory: Directory) -> Redacted:
    """Replace everything that tells who somebody is by tokens made for this call.

    ``restore(*redact(text, …))`` gives the text back exactly. Linear in the length of the text.
    """
    tokens = _Tokens(text)
    redacted = _replaced(text, spot(text, directory), tokens.of)
    return Redacted(redacted, tokens.mapping)


def restore(text: str, mapping: Mapping[str, str]) -> str:
    """Put the words back for their tokens; models change case and spaces inside the brackets, which is
    forgiven.
    """
    if not mapping:
        return text
    known = {_plain(token): words for token, words in mapping.items()}
    return BRACKETED.sub(lambda found: known.get(_plain(found[0]), found[0]), text)


def mask(text: str, directory: Directory) -> str:
    """A document's text without the directory's people, for good."""
    return _replaced(text, spot(text, directory, alone=False), lambda span, _: REMOVED[span.kind])


class _Tokens:
    """Gives out tokens: one number per person and kind, a second number per spelling."""

    def __init__(self, text: str) -> None:
        self.mapping: dict[str, str] = {}
        self._numbers: dict[tuple[str, int | str], int] = {}
        self._given: Counter[str] = Counter()
        self._spellings: dict[tuple[str, int], list[str]] = {}
        # A text that already holds such tokens must not be "restored" at those places.
        self._mark = ""
        while re.search(rf"\[\s*(?:{'|'.join(set(TOKENS.values()))})\s+{self._mark}\d", text, re.IGNORECASE):
            self._mark += "x"

    def of(self, span: Span, words: str) -> str:
        """The token for these words of this person."""
        label = TOKENS[span.kind]
        number = self._numbers.get((label, span.who))
        if number is None:
            number = self._numbers[label, span.who] = self._given[label] = self._given[label] + 1
        spellings = self._spellings.setdefault((label, number), [])
        if words not in spellings:
            spellings.append(words)
        spelling = spellings.index(words)
        token = f"[{label} {self._mark}{number}" + (f".{spelling + 1}]" if spelling else "]")
        self.mapping[token] = words
        return token


def _plain(token: str) -> str:
    return " ".join(token.casefold().replace("[", " ").replace("]", " ").split())


def _replaced(text: str, spans: Iterable[Span], words: Replacement) -> str:
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], words(span, text[span.start : span.end])]
        done = span.end
    return "".join([*pieces, text[done:]])
