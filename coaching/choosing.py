"""Which sentences of documents an answer quotes: few, with a reason, none twice, none about another practice. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from careerforge.assistant.terms import terms
from coaching.answer import Source

# With skills named, documents add the reasons; without, they are the answer.
REASONS, SENTENCES = 3, 4
EACH = 2
# A sentence far behind the best one is about something else.
FAR_BEHIND = 0.6
# Two sentences that share so much of the shorter one say the same.
SAME = 0.6
WHY = re.compile(r"\b(because|since|so that|therefore|before|comes? (?:first|second|third)|\d+ of (?:the )?\d+)\b", re.I)
# What a reason adds to a sentence's score, what each further skill it names adds, and what an offer takes away:
# a posting tells what applicants should know.
REASON, FURTHER, POSTING = 0.35, 0.2, -0.3


@dataclass(frozen=True)
class Quote:
    """A sentence of a document that answers the question, with its place and its score."""

    text: str
    title: str
    url: str
    published_on: date | None
    kind: str
    chunk_id: int
    document: str = ""
    start: int = 0
    score: float = 1.0

    @property
    def source(self) -> Source:
        """As a source of the answer."""
        return Source(self.title, self.kind, self.published_on, self.url, self.text, self.chunk_id)


def choose(quotes: Sequence[Quote], skills: Sequence[Sequence[str]]) -> list[Quote]:
    """The sentences to quote, those of a document together and in its order.

    Args:
        quotes: candidates with their scores.
        skills: names of each skill that the answer is about; then only sentences that name one count.
    """
    scored = [(_worth(quote, skills), quote) for quote in quotes if not skills or _named(quote, skills)]
    ranked = [quote for _worth_, quote in sorted(scored, key=lambda pair: -pair[0])]
    best = max((worth for worth, _quote in scored), default=0.0)
    near = {quote.url for worth, quote in scored if worth >= FAR_BEHIND * best}
    picked: list[Quote] = []
    for quote in ranked:
        of_document = sum(one.document == quote.document for one in picked)
        if quote.url in near and of_document < EACH and not any(same(quote.text, one.text) for one in picked):
            picked.append(quote)
    return _in_reading_order(picked[: REASONS if skills else SENTENCES])


def _worth(quote: Quote, skills: Sequence[Sequence[str]]) -> float:
    worth = quote.score + (REASON if WHY.search(quote.text) else 0.0)
    if skills:
        worth += FURTHER * (_named(quote, skills) - 1) + (POSTING if quote.kind == "posting" else 0.0)
    return worth


def _named(quote: Quote, skills: Sequence[Sequence[str]]) -> int:
    """How many of the skills a sentence names."""
    return sum(
        any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", quote.text, re.I) for name in names) for names in skills
    )


def same(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    left, right = terms(one).all_words, terms(other).all_words
    shorter = min(len(left), len(right))
    return bool(shorter) and len(left & right) / shorter >= SAME


def _in_reading_order(picked: Sequence[Quote]) -> list[Quote]:
    documents = list(dict.fromkeys(quote.document for quote in picked))
    return sorted(picked, key=lambda quote: (documents.index(quote.document), quote.start))
