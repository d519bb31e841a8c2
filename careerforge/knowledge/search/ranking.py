"""Candidates of a search, read and put in order: the more relevant, the fresher, the more trusted first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from careerforge.knowledge.passage import Passage, Why
from careerforge.knowledge.search import fusion
from careerforge.knowledge.search.fusion import Match

# The same for every search, so Django need not write it anew each time, which costs more than it does.
_READ = """
    SELECT c.id, d.title, d.url, d.published_at, d.kind, c.document_id, c.version_id, c.text, c.start,
           c."end", c.heading, c.collection_id
    FROM knowledge_chunk AS c JOIN knowledge_document AS d ON d.id = c.document_id
    WHERE c.id = ANY(%s) AND c.live AND d.gone_at IS NULL
"""


# How much a text speaks of what the asker can do and wants to become, 0 to 1.
Lean = Callable[[str], float]


class Candidate(NamedTuple):
    """A live chunk, with what is shown of its document."""

    chunk: int
    title: str
    url: str
    published_at: datetime | None
    kind: str
    document: UUID
    version: UUID
    text: str
    start: int
    end: int
    heading: str
    collection: UUID


class Ranked(NamedTuple):
    """A candidate and its score."""

    score: float
    why: Why
    one: Candidate


def read(chunks: Sequence[int]) -> list[Candidate]:
    """Those that are live."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(chunks)])
        return [Candidate(*row) for row in cursor.fetchall()]


def ranked(
    candidates: Sequence[Candidate],
    matches: Mapping[int, Match],
    trust: Mapping[UUID, float],
    lean: Lean,
    now: datetime,
) -> list[Ranked]:
    """Best first, of equal ones the lower chunk.

    Args:
        matches: by chunk. trust: by collection.
    """
    scored = [_scored(one, matches[one.chunk], trust[one.collection], lean, now) for one in candidates]
    return sorted(scored, key=lambda it: (-it.score, it.one.chunk))


def varied(best_first: Sequence[Ranked], limit: int) -> list[Passage]:
    """The first of them that do not repeat each other, as passages."""
    keys = ((it, it.one.document, (it.one.title, it.one.heading, it.one.text)) for it in best_first)
    return [_passage(*it) for it in fusion.diverse(keys, limit)]


def _scored(one: Candidate, match: Match, trust: float, lean: Lean, now: datetime) -> Ranked:
    why = Why(
        match.words,
        match.meaning,
        match.relevance,
        fusion.freshness(one.kind, one.published_at, now),
        trust,
        lean(f"{one.title}\n{one.heading}\n{one.text}"),
    )
    worth = fusion.worth(why.relevance, why.freshness, why.trust, why.toward)
    return Ranked(round(worth, 6), why, one)


def _passage(score: float, why: Why, one: Candidate) -> Passage:
    return Passage(
        chunk_id=one.chunk,
        title=one.title,
        url=one.url,
        published_at=one.published_at,
        kind=one.kind,
        document_id=one.document,
        version_id=one.version,
        text=one.text,
        start=one.start,
        end=one.end,
        heading=one.heading,
        score=score,
        why=why,
    )
