"""The word index: which lexeme stands in which chunk. Kept by few statements for many chunks.

A row is never changed, only replaced, so that a process may keep what it has read (see ``reading``). Rows of
one word are merged until they are full; a chunk stands in exactly one of them.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from careerforge.knowledge.index import terms
from careerforge.knowledge.models import Chunk
from careerforge.knowledge.search import bm25
from careerforge.tenancy import context

# Small rows of one word in one collection before they are merged, and the postings of a full row.
FRAGMENTS, FULL = 8, 4096
# Words taken out in one go; their rows are in memory meanwhile.
AT_ONCE = 400

_STEMMED = """
    SELECT r.chunk, r.collection, r.length, t.lexeme, LEAST(cardinality(t.positions), 255) AS count
    FROM unnest(%(chunks)s::bigint[], %(collections)s::uuid[], %(configurations)s::text[], %(texts)s::text[],
                %(lengths)s::int[]) AS r(chunk, collection, configuration, text, length),
         LATERAL unnest(to_tsvector(r.configuration::regconfig, r.text)) AS t
    WHERE length(t.lexeme) <= 64
"""
_COLUMNS = "organisation_id, collection_id, lexeme, packed, size, first, last"
# The format is described in bm25.
_ADD = f"""
    INSERT INTO knowledge_posting ({_COLUMNS})
    SELECT %(organisation)s, collection, lexeme,
           string_agg(int8send((chunk << 24) | (count::bigint << 16) | length), ''::bytea ORDER BY chunk),
           count(*), min(chunk), max(chunk)
    FROM ({_STEMMED}) AS stemmed GROUP BY collection, lexeme ORDER BY collection, lexeme
"""  # noqa: S608
_WORDS = f"""
    SELECT collection, lexeme, min(chunk), max(chunk) FROM ({_STEMMED}) AS stemmed
    GROUP BY collection, lexeme ORDER BY collection, lexeme
"""  # noqa: S608
_TAKE = f"""
    DELETE FROM knowledge_posting AS p
    USING unnest(%(collections)s::uuid[], %(lexemes)s::text[], %(firsts)s::bigint[], %(lasts)s::bigint[])
          AS w(collection, lexeme, first, last)
    WHERE p.collection_id = w.collection AND p.lexeme = w.lexeme AND p.first <= w.last AND p.last >= w.first
    RETURNING {", ".join(f"p.{name}" for name in _COLUMNS.split(", "))}
"""  # noqa: S608
_TAKE_ALL = f"""
    DELETE FROM knowledge_posting
    WHERE collection_id = %(collection)s AND first <= %(last)s AND last >= %(first)s RETURNING {_COLUMNS}
"""  # noqa: S608
_PUT = f"""
    INSERT INTO knowledge_posting ({_COLUMNS})
    SELECT * FROM unnest(%(organisations)s::uuid[], %(collections)s::uuid[], %(lexemes)s::text[],
                         %(packed)s::bytea[], %(sizes)s::int[], %(firsts)s::bigint[], %(lasts)s::bigint[])
"""  # noqa: S608
_MERGE = f"""
    WITH many AS (
        SELECT lexeme FROM knowledge_posting
        WHERE collection_id = %(collection)s AND lexeme > %(after)s AND size < {FULL}
        GROUP BY lexeme HAVING count(*) > {FRAGMENTS} ORDER BY lexeme LIMIT %(limit)s
    ), taken AS (
        DELETE FROM knowledge_posting AS p USING many
        WHERE p.collection_id = %(collection)s AND p.lexeme = many.lexeme AND p.size < {FULL}
        RETURNING p.*
    ), placed AS (
        SELECT *, (sum(size) OVER (PARTITION BY lexeme ORDER BY first, id) - 1) / {FULL} AS place FROM taken
    ), merged AS (
        INSERT INTO knowledge_posting ({_COLUMNS})
        SELECT organisation_id, collection_id, lexeme, string_agg(packed, ''::bytea ORDER BY first, id),
               sum(size), min(first), max(last)
        FROM placed GROUP BY organisation_id, collection_id, lexeme, place
    )
    SELECT count(*), max(lexeme) FROM many
"""  # noqa: S608

Row = tuple[UUID, UUID, str, bytes, int, int, int]


def words_of(chunk: Chunk, title: str) -> str:
    """What a chunk can be found by: its document's title, its headings and its own words."""
    return terms.readable(f"{title}\n{chunk.heading}\n{chunk.text}")


def add(chunks: Iterable[Chunk], titles: dict[UUID, str]) -> None:
    """Make saved chunks findable by their words. ``titles``: by document."""
    columns = _columns(list(chunks), titles)
    if columns["chunks"]:
        with connection.cursor() as cursor:
            cursor.execute(_ADD, columns)


def remove(chunks: Iterable[Chunk], titles: dict[UUID, str]) -> None:
    """Take chunks out again. Texts and titles must still be what they were when they were added."""
    columns = _columns(list(chunks), titles)
    if not columns["chunks"]:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, columns)
        words = cursor.fetchall()
        for at in range(0, len(words), AT_ONCE):
            names = ("collections", "lexemes", "firsts", "lasts")
            some = dict(zip(names, map(list, zip(*words[at : at + AT_ONCE], strict=True)), strict=True))
            cursor.execute(_TAKE, some)
            _put_back(cursor.fetchall(), bm25.without(columns["chunks"]))


def replace(
    collection: UUID, first: int, last: int, chunks: Sequence[Chunk], titles: dict[UUID, str]
) -> None:
    """Write a range of a collection's chunks anew: whatever stood there of them goes, whoever wrote it."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_ALL, {"collection": collection, "first": first, "last": last})
        _put_back(cursor.fetchall(), bm25.outside(first, last))
    add(chunks, titles)


def merge(collection: UUID, *, after: str = "", limit: int = 2000) -> tuple[int, str]:
    """Join the rows of words that have many: how many words, at most ``limit``, and the last of them.

    Args:
        after: only words that sort after this one.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MERGE, {"collection": collection, "after": after, "limit": limit})
        words, last = cursor.fetchone()
    return int(words), last or ""


def _put_back(rows: Iterable[Row], kept: bm25.Filter) -> None:
    """Store what is left of rows that were taken."""
    left = [(*row[:3], *rest) for row in rows if (rest := kept(bytes(row[3])))]
    if not left:
        return
    names = ("organisations", "collections", "lexemes", "packed", "sizes", "firsts", "lasts")
    with connection.cursor() as cursor:
        cursor.execute(_PUT, dict(zip(names, map(list, zip(*left, strict=True)), strict=True)))


def _columns(chunks: Sequence[Chunk], titles: dict[UUID, str]) -> dict[str, Any]:
    return {
        "organisation": context.current_id(),
        "chunks": [chunk.pk for chunk in chunks],
        "collections": [chunk.collection_id for chunk in chunks],
        "configurations": [chunk.configuration for chunk in chunks],
        "texts": [words_of(chunk, titles[chunk.document_id]) for chunk in chunks],
        "lengths": [chunk.length for chunk in chunks],
    }
