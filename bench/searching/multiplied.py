"""A company's documents many times over, made in the database: for a million passages in minutes.

Copies have the originals' words. Their vectors are the originals' moved by one noise vector per copy and
brought back to length 1 (cosine about 0.86), so that the graph has as many different ones. That is fine for
latency and memory, and says nothing about quality.
"""

from uuid import UUID

import numpy as np
from django.db import connection

from careerforge.knowledge.models import Chunk, Collection, IndexGeneration
from searching.corpus import NOISE

# Rows of postings that are read and written in one go.
ROWS = 5_000
_DOCUMENTS = """
    INSERT INTO knowledge_document (id, collection_id, external_id, title, {same}, organisation_id)
    SELECT md5(id::text || %(copy)s)::uuid, collection_id, external_id || '-' || %(copy)s,
           title, {same}, organisation_id
    FROM knowledge_document WHERE id = ANY(SELECT document_id FROM knowledge_chunk WHERE id <= %(last)s)
"""
_VERSIONS = """
    INSERT INTO knowledge_documentversion (id, document_id, text, {same}, organisation_id)
    SELECT md5(id::text || %(copy)s)::uuid, md5(document_id::text || %(copy)s)::uuid, '', {same},
           organisation_id
    FROM knowledge_documentversion WHERE id = ANY(SELECT version_id FROM knowledge_chunk WHERE id <= %(last)s)
"""
_CHUNKS = """
    INSERT INTO knowledge_chunk (id, document_id, version_id, {same}, organisation_id)
    OVERRIDING SYSTEM VALUE
    SELECT id + %(shift)s, md5(document_id::text || %(copy)s)::uuid,
           md5(version_id::text || %(copy)s)::uuid, {same}, organisation_id
    FROM knowledge_chunk WHERE id <= %(last)s AND live
"""
_VECTORS = """
    INSERT INTO knowledge_chunkvector
           (organisation_id, generation_id, collection_id, chunk_id, part, embedding, in_graph)
    SELECT organisation_id, generation_id, collection_id, chunk_id + %(shift)s, part,
           l2_normalize(embedding + %(noise)s::halfvec), false
    FROM knowledge_chunkvector WHERE generation_id = %(generation)s AND chunk_id <= %(last)s
"""
_READ = """
    SELECT id, organisation_id, collection_id, lexeme, packed FROM knowledge_posting
    WHERE id > %s AND id <= %s ORDER BY id LIMIT %s
"""
_WRITE = """
    INSERT INTO knowledge_posting (organisation_id, collection_id, lexeme, packed, size, first, last)
    SELECT * FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[],
                         %s::int[], %s::bigint[], %s::bigint[])
"""
_SAME = {
    "knowledge_document": {"id", "collection_id", "external_id", "title", "organisation_id"},
    "knowledge_documentversion": {"id", "document_id", "text", "organisation_id"},
    "knowledge_chunk": {"id", "document_id", "version_id", "organisation_id"},
}
_LEFT_OUT = {"current_version_id", "same_as_id"}


def multiply(generation: IndexGeneration, times: int) -> None:
    """Add copies of everything the open organisation has, until there is ``times`` as much."""
    first, last = _range()
    # Beyond any number that a sequence has given.
    start = -(-last // 1_000_000) * 1_000_000 + 1_000_000
    shifts = [start + copy * (last - first + 1) - first for copy in range(times - 1)]
    chance = np.random.default_rng(times)
    for copy, shift in enumerate(shifts):
        noise = chance.standard_normal(generation.dimensions) * NOISE / np.sqrt(generation.dimensions)
        values = {
            "copy": str(copy),
            "shift": shift,
            "last": last,
            "generation": generation.pk,
            "noise": str(noise.round(5).tolist()),
        }
        for sql, table in (
            (_DOCUMENTS, "knowledge_document"),
            (_VERSIONS, "knowledge_documentversion"),
            (_CHUNKS, "knowledge_chunk"),
            (_VECTORS, ""),
        ):
            _run(sql.format(same=_columns(table)) if table else sql, values)
    _words(shifts)
    for collection in Collection.objects.all():
        own = Chunk.objects.filter(collection=collection, live=True)
        collection.passages, collection.words = own.count(), collection.words * times
        collection.save(update_fields=["passages", "words"])


def _range() -> tuple[int, int]:
    ids = Chunk.objects.filter(live=True).order_by("pk").values_list("pk", flat=True)
    return ids[0], ids.last()  # type: ignore[return-value]


def _columns(table: str) -> str:
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    return ", ".join(f'"{name}"' for name in columns if name not in _SAME[table] | _LEFT_OUT)


def _run(sql: str, values: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _words(shifts: list[int]) -> None:
    """For each row of postings one more, with all copies of its chunks."""
    moved = np.array(shifts, dtype=np.int64)[:, None] << 24
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM knowledge_posting")
        end, after = cursor.fetchone()[0], 0
        while True:
            cursor.execute(_READ, [after, end, ROWS])
            rows = cursor.fetchall()
            if not rows:
                return
            after = rows[-1][0]
            cursor.execute(_WRITE, list(map(list, zip(*(_copied(row, moved) for row in rows), strict=True))))


def _copied(
    row: tuple[int, UUID, UUID, str, bytes], moved: np.ndarray
) -> tuple[UUID, UUID, str, bytes, int, int, int]:
    copies = np.frombuffer(row[4], dtype=">i8").astype(np.int64)[None] + moved
    ids = copies >> 24
    return row[1], row[2], row[3], copies.astype(">i8").tobytes(), copies.size, int(ids.min()), int(ids.max())
