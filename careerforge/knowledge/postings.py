"""The word index: which lexeme stands in which chunk. Kept by few statements for many chunks."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from careerforge.knowledge import terms
from careerforge.knowledge.models import Chunk
from careerforge.tenancy import context

# More rows than this for one word of one collection are merged into one.
FRAGMENTS = 8

_STEMMED = """
    SELECT r.chunk, r.collection, r.length, t.lexeme,
           LEAST(cardinality(t.positions), 32767)::smallint AS count
    FROM unnest(%(chunks)s::bigint[], %(collections)s::uuid[], %(configurations)s::text[], %(texts)s::text[],
                %(lengths)s::smallint[]) AS r(chunk, collection, configuration, text, length),
         LATERAL unnest(to_tsvector(r.configuration::regconfig, r.text)) AS t
    WHERE length(t.lexeme) <= 64
"""
_ADD = f"""
    INSERT INTO knowledge_posting (organisation_id, collection_id, lexeme, chunks, counts, lengths, size)
    SELECT %(organisation)s, collection, lexeme, array_agg(chunk ORDER BY chunk),
           array_agg(count ORDER BY chunk), array_agg(length ORDER BY chunk), count(*)
    FROM ({_STEMMED}) AS stemmed GROUP BY collection, lexeme ORDER BY collection, lexeme
"""  # noqa: S608
_EMPTY = f"""
    DELETE FROM knowledge_posting AS p
    USING (SELECT DISTINCT collection, lexeme FROM ({_STEMMED}) AS stemmed) AS s
    WHERE p.collection_id = s.collection AND p.lexeme = s.lexeme AND p.chunks <@ %(chunks)s::bigint[]
"""  # noqa: S608
_THIN = f"""
    UPDATE knowledge_posting AS p SET (chunks, counts, lengths, size) = (
        SELECT array_agg(u.chunk ORDER BY u.chunk), array_agg(u.count ORDER BY u.chunk),
               array_agg(u.length ORDER BY u.chunk), count(*)
        FROM unnest(p.chunks, p.counts, p.lengths) AS u(chunk, count, length)
        WHERE u.chunk <> ALL(%(chunks)s::bigint[]))
    FROM (SELECT DISTINCT collection, lexeme FROM ({_STEMMED}) AS stemmed) AS s
    WHERE p.collection_id = s.collection AND p.lexeme = s.lexeme AND p.chunks && %(chunks)s::bigint[]
"""  # noqa: S608
_MERGE = """
    WITH many AS (
        SELECT lexeme FROM knowledge_posting WHERE collection_id = %(collection)s
        GROUP BY lexeme HAVING count(*) > %(fragments)s ORDER BY lexeme LIMIT %(limit)s
    ), taken AS (
        DELETE FROM knowledge_posting USING many
        WHERE collection_id = %(collection)s AND knowledge_posting.lexeme = many.lexeme
        RETURNING organisation_id, collection_id, knowledge_posting.lexeme, chunks, counts, lengths
    ), merged AS (
        INSERT INTO knowledge_posting (organisation_id, collection_id, lexeme, chunks, counts, lengths, size)
        SELECT organisation_id, collection_id, lexeme, array_agg(u.chunk ORDER BY u.chunk),
               array_agg(u.count ORDER BY u.chunk), array_agg(u.length ORDER BY u.chunk), count(*)
        FROM taken, LATERAL unnest(chunks, counts, lengths) AS u(chunk, count, length)
        GROUP BY organisation_id, collection_id, lexeme RETURNING 1
    )
    SELECT count(*) FROM merged
"""


def words_of(chunk: Chunk, title: str) -> str:
    """What a chunk can be found by: its document's title, its headings and its own words."""
    return terms.readable(f"{title}\n{chunk.heading}\n{chunk.text}")


def add(chunks: Iterable[Chunk], titles: dict[UUID, str]) -> None:
    """Make saved chunks findable by their words. ``titles``: by document."""
    _run((_ADD,), _columns(list(chunks), titles))


def remove(chunks: Iterable[Chunk], titles: dict[UUID, str]) -> None:
    """Take chunks out again. Texts and titles must still be what they were when they were added."""
    _run((_EMPTY, _THIN), _columns(list(chunks), titles))


def merge(collection: UUID, *, limit: int = 2000) -> int:
    """Join the rows of words that have many; gives back how many words, at most ``limit``."""
    with connection.cursor() as cursor:
        cursor.execute(_MERGE, {"collection": collection, "fragments": FRAGMENTS, "limit": limit})
        return int(cursor.fetchone()[0])


def _columns(chunks: Sequence[Chunk], titles: dict[UUID, str]) -> dict[str, Any]:
    return {
        "organisation": context.current_id(),
        "chunks": [chunk.pk for chunk in chunks],
        "collections": [chunk.collection_id for chunk in chunks],
        "configurations": [chunk.configuration for chunk in chunks],
        "texts": [words_of(chunk, titles[chunk.document_id]) for chunk in chunks],
        "lengths": [chunk.length for chunk in chunks],
    }


def _run(statements: Sequence[str], columns: dict[str, Any]) -> None:
    if not columns["chunks"]:
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, columns)
