"""The two ways a passage is found, as one statement: by its words (BM25), by its meaning (vectors).

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, without the constant
factor k1 + 1. Statistics are those of the collections the asker may see, so that a score tells nothing
about the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from careerforge.knowledge.models import Collection

# Candidates of each leg.
DEPTH = 50
# Below this many vectors looking at each is complete, and as fast as the graph.
EXACT_BELOW = 10_000
K1, B = 1.2, 0.75
# A query is cut to its rarest words: so many, standing together in so many passages.
MOST_WORDS, MOST_POSTINGS = 16, 10_000


@dataclass(frozen=True)
class Scope:
    """Where to look: what the asker may see, already narrowed down.

    Attributes:
        passages: how many there are in these collections; ``words``: how many words they have.
        configurations: the ways their words are stemmed.
    """

    collections: Sequence[UUID]
    passages: int
    words: int
    configurations: Sequence[str]
    kinds: Sequence[str] = ()
    region: str = ""

    @classmethod
    def of(cls, collections: Sequence[Collection], kinds: Sequence[str] = (), region: str = "") -> "Scope":
        """Collections, with what they say of themselves."""
        return cls(
            [one.pk for one in collections],
            sum(one.passages for one in collections),
            sum(one.words for one in collections),
            sorted({name for one in collections for name in one.configurations}),
            kinds,
            region,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether only some documents of the collections are wanted."""
        return bool(self.kinds or self.region)

    @property
    def is_exact(self) -> bool:
        """Whether every vector is compared: of few passages, and of those that a filter leaves."""
        return self.is_filtered or self.passages < EXACT_BELOW


@dataclass(frozen=True)
class Near:
    """A question in the vector space of one generation."""

    generation: int
    dimensions: int
    vector: Sequence[float]


def statement(scope: Scope, words: str, near: Near | None) -> tuple[str, dict[str, Any]]:
    """SQL that gives rows of (leg, chunk, score), best first in each leg, and its parameters."""
    legs = [_WORDS.format(allowed=_ALLOWED_CHUNK if scope.is_filtered else "")]
    if near:
        legs.append(_nearest(scope, near))
    given = f"WITH wanted AS MATERIALIZED ({_WANTED}) " if scope.is_filtered else ""
    parameters = {
        "collections": list(scope.collections),
        "configurations": list(scope.configurations),
        "words": words,
        "passages": scope.passages,
        "average": max(scope.words / max(scope.passages, 1), 1.0),
        "kinds": list(scope.kinds),
        "region": scope.region,
        "vector": f"[{','.join(map(repr, near.vector))}]" if near else "",
    }
    return given + " UNION ALL ".join(f"({leg})" for leg in legs), parameters


def _nearest(scope: Scope, near: Near) -> str:
    """Generation and width are literals: a plan for parameters would not see the partial index."""
    # The index is on the typed expression: the plain column asks for every vector, the typed for the graph.
    column = "embedding" if scope.is_exact else f"embedding::vector({int(near.dimensions)})"
    return _NEAREST.format(
        column=column,
        generation=int(near.generation),
        dimensions=int(near.dimensions),
        allowed="AND chunk_id IN (SELECT id FROM wanted)" if scope.is_filtered else "",
        depth=DEPTH,
    )


_WANTED = """
    SELECT c.id FROM knowledge_chunk AS c JOIN knowledge_document AS d ON d.id = c.document_id
    WHERE c.live AND c.collection_id = ANY(%(collections)s::uuid[])
      AND (%(kinds)s::text[] = '{}' OR d.kind = ANY(%(kinds)s::text[]))
      AND (%(region)s = '' OR d.region IN ('', %(region)s))
"""
_ALLOWED_CHUNK = "AND u.chunk IN (SELECT id FROM wanted)"
_WORDS = f"""
    WITH found AS MATERIALIZED (
        SELECT lexeme, sum(size) AS chunks FROM knowledge_posting
        WHERE collection_id = ANY(%(collections)s::uuid[]) AND lexeme = ANY(ARRAY(
            SELECT t.lexeme FROM unnest(%(configurations)s::text[]) AS c,
                   LATERAL unnest(to_tsvector(c::regconfig, %(words)s)) AS t))
        GROUP BY lexeme
    ), ranked AS (
        SELECT lexeme, chunks, row_number() OVER rarest AS place, sum(chunks) OVER rarest AS so_far
        FROM found WINDOW rarest AS (ORDER BY chunks, lexeme)
    ), asked AS MATERIALIZED (
        SELECT lexeme, ln(1 + (%(passages)s - chunks + 0.5)::float8 / (chunks + 0.5)::float8) AS weight
        FROM ranked
        WHERE place = 1 OR (place <= {MOST_WORDS} AND so_far <= {MOST_POSTINGS})
    )
    SELECT 'words' AS leg, u.chunk AS chunk, round(sum(a.weight * u.count / (
               u.count + {K1 * (1 - B)}::float8 + {K1 * B}::float8 * u.length / %(average)s::float8
           ))::numeric, 6)::float8 AS score
    FROM knowledge_posting AS p JOIN asked AS a USING (lexeme),
         LATERAL unnest(p.chunks, p.counts, p.lengths) AS u(chunk, count, length)
    WHERE p.collection_id = ANY(%(collections)s::uuid[]) AND p.lexeme = ANY(ARRAY(SELECT lexeme FROM asked))
          {{allowed}}
    GROUP BY u.chunk ORDER BY score DESC, chunk LIMIT {DEPTH}
"""  # noqa: S608
_NEAREST = """
    SELECT 'meaning' AS leg, chunk_id AS chunk, -({column} <#> %(vector)s::vector({dimensions})) AS score
    FROM knowledge_chunkvector
    WHERE generation_id = {generation} AND collection_id = ANY(%(collections)s::uuid[]) {allowed}
    ORDER BY {column} <#> %(vector)s::vector({dimensions}) LIMIT {depth}
"""
