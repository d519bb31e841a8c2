"""How near passages are to a question in meaning, from the vectors that are stored."""

from collections.abc import Collection

from django.db.models import F
from pgvector.django import CosineDistance

from careerforge.knowledge import embedders
from careerforge.knowledge.models import ChunkVector, IndexGeneration


def closeness(question: str, chunks: Collection[int]) -> dict[int, float]:
    """Cosine by chunk, 0 where there is no vector: two queries, nothing is embedded but the question."""
    live = IndexGeneration.objects.filter(state=IndexGeneration.State.LIVE).first()
    embedder = embedders.named(live.embedder) if live else None
    if live is None or embedder is None or not chunks:
        return {}
    vector = embedder.embed_query(question).tolist()
    rows = ChunkVector.objects.filter(generation=live.pk, chunk_id__in=chunks)
    found = rows.annotate(far=CosineDistance(F("embedding"), vector)).values_list("chunk_id", "far")
    return {chunk: 1 - far for chunk, far in found}
