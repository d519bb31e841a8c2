"""Vectors for chunks that have none yet: off the request path, in batches, safe to kill and run again."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

from django.db import connection, transaction

from careerforge.gateway.embedding import Embedder
from careerforge.jobs.running import Running
from careerforge.knowledge import embedders, generations
from careerforge.knowledge.models import Chunk, ChunkVector, IndexGeneration

BATCH = 64

# A chunk that was retired meanwhile gets no vector; one that is being retired waits for us, and takes it along.
_INSERT = """
    INSERT INTO knowledge_chunkvector (organisation_id, generation_id, collection_id, chunk_id, embedding)
    SELECT c.organisation_id, %(generation)s, c.collection_id, c.id, v.embedding::vector
    FROM unnest(%(chunks)s::bigint[], %(vectors)s::text[]) AS v(chunk, embedding)
    JOIN knowledge_chunk AS c ON c.id = v.chunk WHERE c.live
    ORDER BY c.id FOR SHARE OF c
    ON CONFLICT (generation_id, chunk_id) DO NOTHING
"""


def index_pending(running: Running | None = None) -> int:
    """Give every live chunk of the open organisation its vectors; gives back how many were made.

    Args:
        running: the job this is part of, whose last stage shows the progress. Without one, the open transaction is used.
    """
    done = 0
    for generation, embedder in _work(running):
        with _slice(running):
            total = generations.pending(generation)
        for chunks in _batches(running, generation):
            vectors = embedder.embed([text for _, text in chunks])
            with _slice(running):
                _insert(generation, [pk for pk, _ in chunks], vectors.tolist())
            done += len(chunks)
            if running:
                running.stage(running.stages[-1], done / max(total, done))
    return done


def _work(running: Running | None) -> list[tuple[IndexGeneration, Embedder]]:
    with _slice(running):
        wanted = [(generation, embedders.named(generation.embedder)) for generation in generations.to_fill()]
    return [(generation, embedder) for generation, embedder in wanted if embedder]


def _slice(running: Running | None) -> AbstractContextManager[None]:
    return running.transaction() if running else transaction.atomic()


def _batches(running: Running | None, generation: IndexGeneration) -> Iterator[Sequence[tuple[int, str]]]:
    """Chunks without a vector, with what is embedded of them, by id from the lowest."""
    last = 0
    while True:
        with _slice(running):
            known = ChunkVector.objects.filter(generation=generation, chunk__gt=last).values("chunk")
            rows = Chunk.objects.filter(live=True, pk__gt=last).exclude(pk__in=known).order_by("pk")
            fields = rows.values_list("pk", "document__title", "heading", "text")
            batch = [(pk, embedded(title, heading, text)) for pk, title, heading, text in fields[:BATCH]]
        if not batch:
            return
        yield batch
        last = batch[-1][0]


def embedded(title: str, heading: str, text: str) -> str:
    """What stands for a chunk in the vector space: where it comes from, then its words."""
    return "\n".join(part for part in (title, heading, text) if part)


def _insert(generation: IndexGeneration, chunks: Sequence[int], vectors: Sequence[Sequence[float]]) -> None:
    with connection.cursor() as cursor:
        written = [f"[{','.join(map(repr, vector))}]" for vector in vectors]
        cursor.execute(_INSERT, {"generation": generation.pk, "chunks": list(chunks), "vectors": written})
