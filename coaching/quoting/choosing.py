"""Which sentences of documents an answer quotes: few, with a reason, none twice. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from careerforge.assistant.terms import CURRENCIES, terms
from coaching.answers.answer import Source

SENTENCES, EACH = 4, 2
# A sentence far behind the best one is about something else.
FAR_BEHIND = 0.65
# Two sentences that share so much of the shorter one say the same.
SAME = 0.6
# Why to build a skill: what comes first, what the labour market asks for, what happens without it. An answer
# takes the best sentence of each.
REASONS = (
    re.compile(r"\b(?:comes? (?:before|first|second|third|next)|taught first|in the same month)\b", re.I),
    re.compile(r"\b\d+ of (?:the )?\d+\b.*\badverts?\b|\badverts?\b.*\b\d+ of (?:the )?\d+\b", re.I),
    re.compile(r"\b(?:because|since|so that|therefore)\b", re.I),
)
FIGURE = re.compile(r"\b\d+ of (?:the )?\d+\b")
# What a figure adds to a sentence's score, what each further skill it names adds, and what a posting takes
# away: it is written for applicants.
EXACT, FURTHER, POSTING = 0.25, 0.2, -0.3
_AMOUNT = re.compile(r"\bhow (?:much|many|high)\b|\b(?:what|which|up to what) (?:amount|sum)\b", re.I)
_MONEY = re.compile(r"\b(?:money|amount|price|costs?|fees?|budget|paid|pays?)\b", re.I)
OPENING = re.compile(r"\b(?:opening|vacanc|posting|open post|apply)", re.I)
OPEN = 0.8


@dataclass(frozen=True)
class Quote:
    """A sentence of a document that answers the question, with its place and its score."""

    text: str
    title: str
    url: str
    published_on: date | None
    kind: str
    kind_name: str
    chunk_id: int
    document: str = ""
    start: int = 0
    score: float = 1.0
    # Where it is about, and whether it speaks of the labour market rather than of the company.
    region: str = ""
    market: bool = False

    @property
    def source(self) -> Source:
        """As a source of the answer."""
        return Source(self.title, self.kind_name, self.published_on, self.url, self.text, self.chunk_id)


def choose(
    question: str,
    quotes: Sequence[Quote],
    skills: Sequence[Sequence[str]] = (),
    *,
    reasons: bool = False,
    allowed: Callable[[str], bool] = lambda _text: True,
) -> list[Quote]:
    """The sentences to quote, those of a document together and in its order.

    Args:
        question: the coach's words.
        quotes: candidates with their scores.
        skills: names of each skill that the answer is about; then only sentences that name one count.
        reasons: the answer has said what to build, and documents add why.
        allowed: whether a sentence may be repeated; it is asked of few, and the next best takes the place of
            one that may not.
    """
    fitting = [quote for quote in _of_amount(question, quotes) if not skills or _named(quote, skills)]
    ranked = sorted(fitting, key=lambda quote: -_worth(question, quote, skills))
    chosen = _best_reasons(ranked, allowed) if reasons else _best(question, ranked, skills, allowed)
    return _in_reading_order(chosen)


def _of_amount(question: str, quotes: Sequence[Quote]) -> Sequence[Quote]:
    """For who asks how much, the sentences with a figure, of money where it is money, if there are any."""
    if not _AMOUNT.search(question):
        return quotes
    is_money = bool(_MONEY.search(question))
    return [one for one in quotes if _holds_figure(one.text, is_money=is_money)] or quotes


def _holds_figure(text: str, *, is_money: bool) -> bool:
    numbers = terms(text).numbers
    return any(one.unit in CURRENCIES.values() for one in numbers) if is_money else bool(numbers)


def _best_reasons(ranked: Sequence[Quote], allowed: Callable[[str], bool]) -> list[Quote]:
    picked: list[Quote] = []
    for kind in REASONS:
        free = (quote for quote in ranked if _reason(quote) is kind)
        best = next((quote for quote in free if not _repeats(quote, picked) and allowed(quote.text)), None)
        if best:
            picked.append(best)
    return picked


def _reason(quote: Quote) -> re.Pattern[str] | None:
    return next((kind for kind in REASONS if kind.search(quote.text)), None)


def _best(
    question: str,
    ranked: Sequence[Quote],
    skills: Sequence[Sequence[str]],
    allowed: Callable[[str], bool],
) -> list[Quote]:
    """What may not be repeated sets no measure for the others."""
    picked: list[Quote] = []
    for quote in ranked:
        if len(picked) == SENTENCES - bool(skills):
            break
        least = FAR_BEHIND * _worth(question, picked[0], skills) if picked else -inf
        if _worth(question, quote, skills) < least:
            break
        if not _repeats(quote, picked) and allowed(quote.text):
            picked.append(quote)
    return picked


def _repeats(quote: Quote, picked: Sequence[Quote]) -> bool:
    """Whether it says what was picked already, or its document has had its share."""
    return sum(one.document == quote.document for one in picked) >= EACH or any(
        same(quote.text, one.text) for one in picked
    )


def _worth(question: str, quote: Quote, skills: Sequence[Sequence[str]]) -> float:
    worth = quote.score
    if skills:
        worth += EXACT * bool(FIGURE.search(quote.text)) + FURTHER * (_named(quote, skills) - 1)
    if quote.kind == "posting":
        worth += OPEN if OPENING.search(question) else POSTING if skills else 0.0
    return worth


def _named(quote: Quote, skills: Sequence[Sequence[str]]) -> int:
    """How many of the skills a sentence names."""
    return sum(
        any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", quote.text, re.I) for name in names)
        for names in skills
    )


def same(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    left, right = terms(one), terms(other)
    shorter = min(len(left.all_words), len(right.all_words))
    # Other figures are another statement, however alike the words.
    if not shorter or (left.numbers and right.numbers and left.numbers != right.numbers):
        return False
    return len(left.all_words & right.all_words) / shorter >= SAME


def _in_reading_order(picked: Sequence[Quote]) -> list[Quote]:
    documents = list(dict.fromkeys(quote.document for quote in picked))
    return sorted(picked, key=lambda quote: (documents.index(quote.document), quote.start))
