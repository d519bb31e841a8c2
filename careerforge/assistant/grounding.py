"""Is a sentence supported by the passages it is said to stand on? Without a model.

A claim is compared with every span of one to three neighbouring sentences. Its numbers with their units,
its names, and what it denies must be in the span; the rest is a matter of how many of its content words
are there. In the line of ROUGE and of the entity and number checks of summarisation research (Nan et al.,
"Entity-level Factual Consistency", 2021).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from careerforge.assistant import contrast
from careerforge.assistant.sentences import Sentence, sentences
from careerforge.assistant.terms import Terms, canonical, terms
from careerforge.knowledge.passage import Passage

if TYPE_CHECKING:
    from careerforge.gateway.embedding import Embedder

# Chosen on public question-and-answer pairs: most unsupported found while few supported are struck.
THRESHOLD = 0.7
LONGEST_SPAN = 3
# So many spans with most of a claim's words are looked at closely.
CLOSELY = 8
# A longer span is a little weaker evidence than a short one.
SPAN_PENALTY = 0.04
# Words that only repeat the question say little about whether the answer is true.
ASKED_WEIGHT = 0.25
NAME_WEIGHT = 1.5
# What remains of the score when the claim and the span differ in something that cannot be a paraphrase.
WRONG_NUMBER, WRONG_NAME, WRONG_SIGN = 0.25, 0.45, 0.35
# How far a meaning close to the span may lift a claim in other words, hard checks passed.
PARAPHRASE_FROM, PARAPHRASE_WEIGHT = 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Support:
    """How well a claim is supported.

    Attributes:
        score: 0 to 1; supported from :data:`THRESHOLD` on.
        passage: the passage of the best span; None when there are no passages.
        quote: the span, word for word.
        start: its first character in the document's version.
        end: behind its last.
        missing: what the claim says and the span does not, such as ``"number 40 hour"``.
    """

    score: float
    passage: Passage | None = None
    quote: str = ""
    start: int = 0
    end: int = 0
    missing: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """True when the claim may be shown."""
        return self.score >= THRESHOLD


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer and what supports it."""

    sentence: Sentence
    support: Support


@dataclass(frozen=True, slots=True)
class Grounded:
    """An answer after the check: what stays, what is struck and listed, and the share that stays (1 for
    no claims).
    """

    kept: tuple[Claim, ...]
    struck: tuple[Claim, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring sentences of one passage, taken apart."""

    passage: Passage
    text: str
    start: int
    said: Terms
    each: tuple[Terms, ...]
    words: frozenset[str]
    names: frozenset[str]
    length: int


def spans(passages: Sequence[Passage]) -> list[Span]:
    """Every run of one to three sentences of every passage. Title and headings lend their names to each."""
    return [span for passage in passages for span in _spans_of(passage)]


def support(
    claim: str, passages: Sequence[Passage], *, question: str = "", embedder: "Embedder | None" = None
) -> Support:
    """The best support for one sentence.

    Args:
        claim: one sentence of an answer.
        passages: what was retrieved for it.
        question: what it answers; its words count less.
        embedder: also accept other words of the same meaning, where numbers, names and signs agree.
    """
    return _best(claim, spans(passages), question, _closeness(claim, embedder))


def ground(
    answer: Sequence[Sentence],
    passages: Sequence[Passage],
    *,
    question: str = "",
    embedder: "Embedder | None" = None,
) -> Grounded:
    """Check each sentence of an answer and strike what nothing supports."""
    known = spans(passages)
    claims = [
        Claim(sentence, _best(sentence.text, known, question, _closeness(sentence.text, embedder)))
        for sentence in answer
    ]
    kept = tuple(claim for claim in claims if claim.support.holds)
    struck = tuple(claim for claim in claims if not claim.support.holds)
    return Grounded(kept, struck, len(kept) / len(claims) if claims else 1.0)


Closeness = Callable[[str], float]


@lru_cache(maxsize=256)
def _spans_of(passage: Passage) -> tuple[Span, ...]:
    parts = [(one.start, one.end, terms(one.text)) for one in sentences(passage.text)]
    context = terms(f"{passage.title}. {passage.heading}")
    about = frozenset(map(canonical, context.all_words))
    found = []
    for length in range(1, LONGEST_SPAN + 1):
        for run in zip(*(parts[skip:] for skip in range(length)), strict=False):
            start, end = run[0][0], run[-1][1]
            text = passage.text[start:end]
            said = terms(text) if length > 1 else run[0][2]
            words = frozenset(map(canonical, (*said.words, *said.all_words)))
            each = tuple(one[2] for one in run)
            found.append(Span(passage, text, start, said, each, words, words | about, length))
    return tuple(found)


def _best(claim: str, known: Sequence[Span], question: str, closeness: Closeness | None) -> Support:
    said = terms(claim)
    # A word of the question that no passage knows is not excused by having been asked.
    spoken = frozenset(word for span in known for word in span.names)
    asked = frozenset(map(canonical, terms(question).words)) & spoken if question else frozenset()
    near = sorted(known, key=lambda span: (-_held(said, asked, span), span.length))[:CLOSELY]
    ranked = [(_score(said, asked, span), -span.length, span) for span in near]
    if not ranked:
        return Support(0.0)
    (score, missing), _, span = max(ranked, key=lambda rank: (rank[0][0], rank[1]))
    if closeness and not missing and score < THRESHOLD:
        score = max(score, _paraphrased(score, closeness(span.text)))
    start = span.passage.start + span.start
    return Support(round(score, 4), span.passage, span.text, start, start + len(span.text), missing)


def _score(said: Terms, asked: frozenset[str], span: Span) -> tuple[float, tuple[str, ...]]:
    """Share of the claim's weight that the span holds, cut down for every hard difference."""
    missing = tuple(_differences(said, asked, span))
    score = _held(said, asked, span)
    for kind in {reason.split()[0] for reason in missing}:
        score *= {"number": WRONG_NUMBER, "name": WRONG_NAME}.get(kind, WRONG_SIGN)
    return max(0.0, score - SPAN_PENALTY * (span.length - 1)), missing


def _differences(said: Terms, asked: frozenset[str], span: Span) -> Iterator[str]:
    """What the claim says otherwise than the span, each with its kind."""
    yield from _wrong_numbers(said, span)
    yield from (f"name {name}" for name in sorted(said.names) if _is_new(name, asked, span))
    # The sentence that is closest decides; its neighbours speak of something else.
    nearest = max(span.each, key=lambda one: len(one.telling & said.telling))
    if nearest.sequence == said.sequence:
        return
    for kind, found in (
        ("denial", contrast.denied(said, nearest)),
        ("opposite", contrast.opposites(said, nearest)),
        ("replaced", contrast.replaced(said, nearest)),
        ("order", contrast.turned_round(said, nearest)),
        ("crossed", contrast.crossed(said, nearest)),
        ("pair", contrast.mispaired(said, span.said)),
        ("added", contrast.added(said, span.names, span.said)),
    ):
        yield from (f"{kind} {word}" for word in found)


def _held(said: Terms, asked: frozenset[str], span: Span) -> float:
    weight = held = 0.0
    for word in dict.fromkeys(said.words):
        named, meant = word in said.names, canonical(word)
        worth = (NAME_WEIGHT if named else 1.0) * (ASKED_WEIGHT if meant in asked else 1.0)
        weight += worth
        held += worth if meant in (span.names if named else span.words) else 0.0
    for number in said.numbers:
        weight += NAME_WEIGHT
        held += NAME_WEIGHT if contrast.has_number(number, span.said) else 0.0
    if weight:
        return held / weight
    # A claim of nothing but small words ("Yes") says what was asked: it stands where that is spoken of.
    return len(asked & span.names) / len(asked) if asked else 0.0


def _wrong_numbers(said: Terms, span: Span) -> list[str]:
    return [
        f"number {number.value} {number.unit}".rstrip()
        for number in sorted(said.numbers, key=lambda number: (number.value, number.unit))
        if not contrast.has_number(number, span.said)
    ]


def _is_new(name: str, asked: frozenset[str], span: Span) -> bool:
    meant = canonical(name)
    return meant not in span.names and meant not in asked


def _closeness(claim: str, embedder: "Embedder | None") -> Closeness | None:
    if embedder is None:
        return None
    vector = embedder.embed_query(claim)
    return lambda text: float(vector @ embedder.embed_query(text))


def _paraphrased(score: float, cosine: float) -> float:
    """The mean of words and meaning, for claims that are close in meaning."""
    return PARAPHRASE_WEIGHT * cosine if cosine >= PARAPHRASE_FROM else score
