"""Answer a question with sentences of the passages, word for word.

This is the rules' answer, complete without a model.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from careerforge.assistant.sentences import Sentence, sentences
from careerforge.assistant.terms import canonical, stem, terms
from careerforge.gateway.words import listed
from careerforge.knowledge.passage import Passage

if TYPE_CHECKING:
    from careerforge.gateway.embedding import Embedder

# A passage that holds less of the question's weight than this is about something else; nor is its meaning
# near it.
ENOUGH_WORDS, ENOUGH_MEANING = 0.45, 0.5
UNKNOWN_NAME = 4
# With more of a question's weight in words that no passage has, the passages are about something else.
UNHEARD, LOST = 0.45, 2
# A sentence on its own must share at least this much with the question or the facts.
ENOUGH_IN_SENTENCE = 0.12
# What a sentence is worth: its own words, its passage's, its meaning, the person's skills, its place.
OWN, PASSAGE, MEANING, FACTS, PLACE = 1.0, 0.35, 0.6, 0.35, 0.08
# A sentence that repeats a chosen one loses this much of the overlap.
REPETITION = 0.5
SHORTEST_WORDS, LONGEST_WORDS = 4, 60

# Words of asking, not of what is asked.
ASKING = frozenset(
    map(
        stem,
        listed(
            """
            advice advise best better coach employee explain find give good help important improve know
            look main need people person please question recommend say should show suggest tell thing think
            want way work would
            """
        ),
    )
)

# Words that a question has in many ways, and documents in others.
OFTEN = frozenset(
    canonical(stem(word))
    for word in listed("amount anybody anyone cover decide happen hard high join left long put somebody")
)


@dataclass(frozen=True, slots=True)
class Extract:
    """A sentence of a document that answers a question.

    Attributes:
        text: the sentence, word for word: the version's text from ``start`` to ``end``.
        passage: where it was found.
        start: first character in the document's version.
        end: behind the last.
        score: how well it answers; only comparable within one answer.
    """

    text: str
    passage: Passage
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence with what it is judged by."""

    passage: Passage
    sentence: Sentence
    place: int
    words: frozenset[str]
    about: frozenset[str]


def extract(
    question: str,
    passages: Sequence[Passage],
    facts: Sequence[str] = (),
    limit: int = 5,
    *,
    embedder: "Embedder | None" = None,
    near: Mapping[int, float] | None = None,
) -> tuple[Extract, ...]:
    """The sentences that answer a question, best first.

    Args:
        question: in natural language.
        passages: what a search found.
        facts: names that matter for the person concerned, such as the skills they lack; sentences with
            them come first.
        limit: how many at most.
        embedder: judge by meaning too.
        near: the same from vectors that are stored: how near each passage is to the question, by chunk.

    Returns:
        Nothing when no passage is about the question: then the answer is "I don't know".
    """
    asked = _weights(question, passages)
    wanted = frozenset(word for fact in facts for word in terms(fact).words)
    if _is_unheard(asked, passages):
        return ()
    close = _Closeness(question, embedder)
    if near is None:
        near = {passage.chunk_id: close(passage.text) for passage in passages}
    # Meaning alone would answer a question about Peru with Poland.
    enough = math.inf if _unknown_names(question, passages) else ENOUGH_MEANING
    useful = [one for one in passages if _is_about(one, asked) or near.get(one.chunk_id, 0.0) >= enough]
    scored = [
        (_score(candidate, asked, wanted, near.get(candidate.passage.chunk_id, 0.0)), candidate)
        for passage in useful
        for candidate in _candidates(passage)
    ]
    answers = [(score, candidate) for score, candidate in scored if score > 0]
    return tuple(_extracted(score, candidate) for score, candidate in _varied(answers, limit))


def _weights(question: str, passages: Sequence[Passage]) -> dict[str, float]:
    """Each content word of the question with its weight over the passages: rare ones tell more.

    1 + ln(1 + n / (1 + df)), as in a smoothed inverse document frequency. A word found nowhere counts like
    one found once, and a name found nowhere much more.
    """
    said = terms(question)
    words = [word for word in dict.fromkeys(said.words) if word not in ASKING] or list(
        dict.fromkeys(said.words)
    )
    found = Counter(word for passage in passages for word in _about(passage))
    rarity = {word: 1 + math.log(1 + len(passages) / (1 + max(found[word], 1))) for word in words}
    unknown = _unknown_names(question, passages)
    return {word: rarity[word] * (UNKNOWN_NAME if word in unknown else 1) for word in words}


def _unknown_names(question: str, passages: Sequence[Passage]) -> frozenset[str]:
    """Names in the question that no passage speaks of."""
    return terms(question).names.difference(*map(_about, passages))


def _is_unheard(asked: dict[str, float], passages: Sequence[Passage]) -> bool:
    """Whether several words with much of a question's weight are in no passage, whatever they are put for."""
    heard = frozenset(canonical(word) for passage in passages for word in _about(passage))
    weighty = {word: weight for word, weight in asked.items() if canonical(word) not in OFTEN}
    lost = {word: weight for word, weight in weighty.items() if canonical(word) not in heard}
    return len(lost) >= LOST and sum(lost.values()) >= UNHEARD * sum(weighty.values())


@lru_cache(maxsize=256)
def _about(passage: Passage) -> frozenset[str]:
    return terms(f"{passage.title}. {passage.heading}. {passage.text}").all_words


def _share(asked: dict[str, float], words: frozenset[str]) -> float:
    whole = sum(asked.values())
    return sum(weight for word, weight in asked.items() if word in words) / whole if whole else 0.0


def _is_about(passage: Passage, asked: dict[str, float]) -> bool:
    return _share(asked, _about(passage)) >= ENOUGH_WORDS


def _candidates(passage: Passage) -> list[_Candidate]:
    about = _about(passage)
    return [
        _Candidate(passage, sentence, place, terms(sentence.text).all_words, about)
        for place, sentence in enumerate(sentences(passage.text))
        if _is_statement(sentence.text)
    ]


def _is_statement(text: str) -> bool:
    """Neither a heading, nor a list, nor a question."""
    return SHORTEST_WORDS <= len(text.split()) <= LONGEST_WORDS and not text.endswith(("?", ":"))


def _score(candidate: _Candidate, asked: dict[str, float], wanted: frozenset[str], closeness: float) -> float:
    own = _share(asked, candidate.words)
    named = len(wanted & candidate.words) / len(wanted) if wanted else 0.0
    if max(own, named) < ENOUGH_IN_SENTENCE and closeness < ENOUGH_MEANING:
        return 0.0
    place = 1 / (1 + candidate.place)
    total = OWN * own + PASSAGE * _share(asked, candidate.about) + MEANING * max(0.0, closeness)
    return total + FACTS * named + PLACE * place


def _varied(scored: list[tuple[float, _Candidate]], limit: int) -> list[tuple[float, _Candidate]]:
    """Best first, each judged against those already taken (Carbonell and Goldstein, 1998)."""
    chosen: list[tuple[float, _Candidate]] = []
    waiting = sorted(scored, key=lambda pair: (-pair[0], pair[1].passage.chunk_id, pair[1].sentence.start))
    while waiting and len(chosen) < limit:
        best = max(waiting, key=lambda pair: pair[0] - REPETITION * _repeats(pair[1], chosen))
        waiting = [pair for pair in waiting if pair is not best and not _is_same(pair[1], best[1])]
        chosen.append(best)
    return chosen


def _repeats(candidate: _Candidate, chosen: list[tuple[float, _Candidate]]) -> float:
    return max((_overlap(candidate, taken) for _, taken in chosen), default=0.0)


def _is_same(one: _Candidate, other: _Candidate) -> bool:
    """The same words twice, as chunks overlap and documents quote each other."""
    return _overlap(one, other) > 0.9


def _overlap(one: _Candidate, other: _Candidate) -> float:
    either = one.words | other.words
    return len(one.words & other.words) / len(either) if either else 1.0


def _extracted(score: float, candidate: _Candidate) -> Extract:
    start = candidate.passage.start + candidate.sentence.start
    text = candidate.sentence.text
    return Extract(text, candidate.passage, start, start + len(text), round(score, 4))


class _Closeness:
    """Cosine between the question and a text; 0 without an embedder."""

    def __init__(self, question: str, embedder: "Embedder | None") -> None:
        self._embedder = embedder
        self._asked = embedder.embed_query(question) if embedder else None

    def __call__(self, text: str) -> float:
        if self._embedder is None or self._asked is None:
            return 0.0
        return float(self._asked @ self._embedder.embed_query(text))
