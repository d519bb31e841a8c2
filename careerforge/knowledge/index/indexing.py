"""Vectors for chunks that have none yet: off the request path, in batches, safe to kill and run again."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from django.db import connection, transaction

from careerforge.gateway.embedding import Embedder
from careerforge.jobs.running import Running
from careerforge.knowledge.index import embedders, generations
from careerforge.knowledge.index.chunking import windows
from careerforge.knowledge.models import Chunk, IndexGeneration
from careerforge.knowledge.search import nearest

if TYPE_CHECKING:
    from careerforge.gateway.embedding import Vectors

BATCH = 64
# So long one job embeds before it lets others go first, in seconds.
SHARE_S = 15.0

# A chunk that was retired meanwhile gets no vector; one that is being retired waits, and takes it along.
_INSERT = """
    INSERT INTO knowledge_chunkvector (organisation_id, generation_id, collection_id, chunk_id, part,
                                       embedding, in_graph)
    SELECT c.organisation_id, %(generation)s, c.collection_id, c.id, v.part, v.embedding::halfvec, false
    FROM unnest(%(chunks)s::bigint[], %(parts)s::smallint[], string_to_array(%(vectors)s, ';'))
         AS v(chunk, part, embedding)
    JOIN knowledge_chunk AS c ON c.id = v.chunk WHERE c.live
    ORDER BY c.id, v.part FOR SHARE OF c
    ON CONFLICT (generation_id, chunk_id, part) DO NOTHING
"""


def index_pending(running: Running | None = None, *, is_over: Callable[[], bool] = lambda: False) -> int:
    """Give every live chunk of the open organisation its vectors; gives back how many were made.

    Args:
        running: the job this is part of, whose last stage shows the progress; else the open transaction
            is used.
        is_over: asked after each batch; True leaves the rest to somebody else.
    """
    done = 0
    for generation, embedder in _work(running):
        missing = [] if is_over() else _missing(running, generation)
        had = 0
        for given in _given(running, generation, embedder, missing, is_over):
            had += given
            if running:
                running.stage(running.stages[-1], had / len(missing))
        done += had
    return done


def share(seconds: float, monotonic: Callable[[], float] = time.monotonic) -> Callable[[], bool]:
    """Whether so many seconds are over since now."""
    end = monotonic() + seconds
    return lambda: monotonic() >= end


def _work(running: Running | None) -> list[tuple[IndexGeneration, Embedder]]:
    with _slice(running):
        wanted = [(generation, embedders.named(generation.embedder)) for generation in generations.to_fill()]
        return [(generation, by) for generation, by in wanted if by and embedders.may_send(by)]


def _slice(running: Running | None) -> AbstractContextManager[None]:
    return running.transaction() if running else transaction.atomic()


def _missing(running: Running | None, generation: IndexGeneration) -> list[int]:
    """Ids of the chunks without a vector, the lowest first.

    Of a table that has just grown the planner knows little, and would go through all vectors for each chunk.
    """
    with _slice(running), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        ids = generations.without_vector(generation).order_by("pk").values_list("pk", flat=True)
        missing = list(ids)
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
    return missing


def _given(
    running: Running | None,
    generation: IndexGeneration,
    embedder: Embedder,
    missing: Sequence[int],
    is_over: Callable[[], bool],
) -> Iterator[int]:
    """Embed chunks, outside of any transaction of ours, and store what is still wanted; how many a batch.

    While one batch is embedded in a thread, the one before is stored and the next one read.
    """
    with ThreadPoolExecutor(1, "embedding") as thread:
        before: tuple[list[int], Future[Vectors], int] | None = None
        for at in range(0, len(missing), BATCH):
            if at and is_over():
                break
            batch = missing[at : at + BATCH]
            parts = _parts(running, embedder, batch)
            if before:
                before[1].result()
            soon = thread.submit(embedder.embed, [text for _, text in parts])
            if before:
                yield _stored(running, generation, *before)
            before = [pk for pk, _ in parts], soon, len(batch)
        if before:
            yield _stored(running, generation, *before)


def _parts(running: Running | None, embedder: Embedder, batch: Sequence[int]) -> list[tuple[int, str]]:
    """What is embedded of some chunks: (chunk, text), a long one in several parts."""
    with _slice(running):
        rows = Chunk.objects.filter(pk__in=batch, live=True).order_by("pk")
        fields = rows.values_list("pk", "document__title", "heading", "text")
        chunks, clean = list(fields), embedders.outgoing(embedder)
    return [
        (pk, clean(embedded(title, heading, window)))
        for pk, title, heading, text in chunks
        for window in windows(text, embedder.token_starts)
    ]


def _stored(
    running: Running | None,
    generation: IndexGeneration,
    chunks: Sequence[int],
    vectors: "Future[Vectors]",
    count: int,
) -> int:
    made = vectors.result()
    with _slice(running):
        insert(generation, chunks, made)
    return count


def embedded(title: str, heading: str, text: str) -> str:
    """What stands for a part of a chunk in the vector space: where it comes from, then its words."""
    return "\n".join(part for part in (title, heading, text) if part)


def insert(generation: IndexGeneration, chunks: Sequence[int], vectors: "Vectors") -> None:
    """Store vectors of live chunks; they wait outside the graph.

    Args:
        chunks: the chunk of each vector; one that comes again has several parts.
    """
    places = Counter[int]()
    parts = []
    for chunk in chunks:
        parts.append(places[chunk])
        places[chunk] += 1
    with connection.cursor() as cursor:
        # One text: the client would quote each vector of a list, letter by letter.
        written = ";".join(nearest.written(vector) for vector in vectors.tolist())
        cursor.execute(
            _INSERT, {"generation": generation.pk, "chunks": list(chunks), "parts": parts, "vectors": written}
        )
