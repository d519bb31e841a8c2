"""The leg by words: which postings a query needs, fetched once and kept, scored by BM25."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from psycopg import Cursor

from careerforge.knowledge.search import bm25
from careerforge.knowledge.search.held import Held
from careerforge.knowledge.search.scope import Scope

if TYPE_CHECKING:
    from careerforge.knowledge.search.bm25 import Ids

# A query reads no more postings than this, of its rarest words first; the rarest is always read.
MOST_POSTINGS = 400_000
# Rows up to this size come with the first query and are not kept.
SMALL = 256
# The most that a process keeps of what it has read.
HELD = Held(48_000_000)
# The index is read again when somebody merges or replaces rows between our two queries.
ATTEMPTS = 2
# Rows of a word in which :func:`holding` looks.
MOST_ROWS = 40

# Lexeme, id, size, and the postings themselves where they are few (or all are asked for).
Header = tuple[str, int, int, bytes | None]

HEADERS = """
    SELECT lexeme, id, size, CASE WHEN size <= %(small)s THEN packed END
    FROM knowledge_posting
    WHERE collection_id = ANY(%(collections)s::uuid[]) AND lexeme = ANY(ARRAY(
        SELECT t.lexeme FROM unnest(%(configurations)s::text[]) AS c,
               LATERAL unnest(to_tsvector(c::regconfig, %(words)s)) AS t))
    ORDER BY lexeme, id
"""
_HOLDING = """
    SELECT asked.key, word.lexeme, posting.packed
    FROM unnest(%(keys)s::text[], %(texts)s::text[]) AS asked(key, text)
    CROSS JOIN LATERAL unnest(tsvector_to_array(to_tsvector('english', asked.text))) AS word(lexeme)
    LEFT JOIN LATERAL (
        SELECT substr(packed, greatest(size - %(newest)s, 0) * 8 + 1) AS packed FROM knowledge_posting
        WHERE lexeme = word.lexeme AND collection_id = ANY(%(collections)s::uuid[])
        ORDER BY last DESC LIMIT %(rows)s
    ) AS posting ON true
"""
_PACKED = "SELECT id, packed FROM knowledge_posting WHERE id = ANY(%s)"


def parameters(scope: Scope, words: str, small: int | None = None) -> dict[str, Any]:
    """Of :data:`HEADERS`."""
    return {
        "collections": list(scope.collections),
        "configurations": list(scope.configurations),
        "words": words,
        "small": SMALL if small is None else small,
    }


def found(scope: Scope, words: str) -> Sequence[Header]:
    """The rows of postings of each word, the small ones with what is in them."""
    return _headers(scope, words, SMALL)


def ranked(
    scope: Scope, words: str, headers: Sequence[Header], depth: int, among: "Ids | None" = None
) -> list[tuple[int, float]]:
    """(chunk, score), best first.

    Args:
        headers: what :func:`found` has found.
        among: only these chunks, in ascending order.
    """
    for _ in range(ATTEMPTS):
        terms = _terms(scope, headers)
        if terms is not None:
            return bm25.best(terms, scope.average, depth, among)
        headers = _headers(scope, words, SMALL)
    terms = _terms(scope, _headers(scope, words, 2**31 - 1))
    return bm25.best(terms or [], scope.average, depth, among)


def holding(texts: Mapping[str, str], collections: Sequence[UUID], newest: int) -> dict[str, list[int]]:
    """Chunks that hold every word of a text, by the text's key, the newest first.

    Args:
        texts: readable English.
        newest: of each row of postings only so many are looked at, and of each word so many rows.
    """
    held: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    with connection.cursor() as cursor:
        cursor.execute(
            _HOLDING,
            {
                "keys": list(texts),
                "texts": list(texts.values()),
                "collections": list(collections),
                "newest": newest,
                "rows": MOST_ROWS,
            },
        )
        for key, lexeme, packed in cursor.fetchall():
            held[key][lexeme].update(bm25.chunks([bytes(packed or b"")]).tolist())
    found = {key: set.intersection(*words.values()) for key, words in held.items()}
    return {key: sorted(chunks, reverse=True) for key, chunks in found.items() if chunks}


def _headers(scope: Scope, words: str, small: int) -> Sequence[Header]:
    with connection.cursor() as cursor:
        cursor.execute(HEADERS, parameters(scope, words, small))
        return list(cursor.fetchall())


def _terms(scope: Scope, headers: Sequence[Header]) -> list[bm25.Term] | None:
    """The words with their postings; None when a row was replaced before it could be read."""
    chosen = _chosen([list(rows) for _, rows in groupby(headers, key=lambda row: row[0])])
    packed = _packed([row[1] for rows in chosen for row in rows if row[3] is None])
    if packed is None:
        return None
    return [
        bm25.Term(
            bm25.weight(scope.passages, sum(row[2] for row in rows)),
            [packed[row[1]] if row[3] is None else bytes(row[3]) for row in rows],
        )
        for rows in chosen
    ]


def _chosen(words: list[list[Header]]) -> list[list[Header]]:
    """The rarest words whose postings together are within the bound, in the order of their lexemes."""
    sizes = sorted((sum(row[2] for row in rows), rows[0][0]) for rows in words)
    taken, so_far = set[str](), 0
    for size, lexeme in sizes:
        so_far += size
        if taken and so_far > MOST_POSTINGS:
            break
        taken.add(lexeme)
    return [rows for rows in words if rows[0][0] in taken]


def _packed(ids: Sequence[int]) -> dict[int, bytes] | None:
    found = HELD.known(ids)
    missing = [key for key in ids if key not in found]
    if missing:
        read = _read(missing)
        HELD.keep(read)
        found |= read
    return found if len(found) == len(ids) else None


def _read(ids: Sequence[int]) -> dict[int, bytes]:
    """In binary, which Django's own cursor cannot: half the bytes on the way, and nothing to decode."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(_PACKED, [ids], binary=True)
        return dict(cursor.fetchall())
