"""How near passages are to a question in meaning, from the vectors that are stored."""

from collections.abc import Collection

from django.db import connection

from careerforge.knowledge.index import embedders
from careerforge.knowledge.index.trying import tried
from careerforge.knowledge.models import IndexGeneration
from careerforge.knowledge.search import nearest
from careerforge.knowledge.search.nearest import Near

# A chunk has no more vectors than this.
MOST_PARTS = 8


def closeness(question: str, chunks: Collection[int]) -> dict[int, float]:
    """Cosine by chunk, 0 where there is no vector: two queries, nothing is embedded but the question."""
    live = tried() or IndexGeneration.objects.filter(state=IndexGeneration.State.LIVE).first()
    vector = embedders.vector(live.embedder, question) if live and chunks else None
    if live is None or vector is None:
        return {}
    sql = nearest.among(Near(live.pk, live.dimensions, vector), MOST_PARTS * len(chunks))
    with connection.cursor() as cursor:
        cursor.execute(sql, {"vector": nearest.written(vector), "among": list(chunks)})
        # The nearest part of a chunk comes first, and is written last.
        return {chunk: -far for chunk, far in reversed(cursor.fetchall())}
