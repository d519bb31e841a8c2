"""Search: what the asker may see, found by words and by meaning, fused, fresh and varied."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Func, Subquery, TextField, Value
from django.utils import timezone

from careerforge.knowledge import embedders, fusion, legs, terms
from careerforge.knowledge.legs import Near, Scope
from careerforge.knowledge.models import Chunk, Collection, IndexGeneration
from careerforge.knowledge.passage import Passage
from careerforge.people.models import User

LONGEST_QUERY = 2000
# Candidates whose texts are fetched; age and variety choose among them.
READ = 48
_LIVE = IndexGeneration.objects.filter(state=IndexGeneration.State.LIVE)
# Set for this transaction, before the search itself: the graph is followed until enough passages pass the
# filter.
_ITERATIVE = Func(
    Value("hnsw.iterative_scan"),
    Value("relaxed_order"),
    Value(True),
    function="set_config",
    output_field=TextField(),
)
_WIDE = Func(
    Value("hnsw.ef_search"), Value("100"), Value(True), function="set_config", output_field=TextField()
)


def search(
    person: User,
    query: str,
    *,
    kinds: Sequence[str] = (),
    region: str = "",
    limit: int = 8,
    now: datetime | None = None,
) -> list[Passage]:
    """The passages that answer a query best, among what a person may see; the same every time.

    Args:
        kinds: only documents of these kinds.
        region: only documents of this region, or of none.
        limit: how many, up to 24; at most two of a document.
        now: what age is counted from.

    Returns:
        Passages, best first; none for an empty query. Four queries, whatever the size.
    """
    asked = terms.readable(query[:LONGEST_QUERY]).replace("\x00", "").strip()
    if not asked or limit < 1:
        return []
    collections = _collections(person)
    if not collections:
        return []
    found = _candidates(Scope.of(collections, kinds, region), asked, _near(collections[0], query))
    ranked = _read(found, now or timezone.now())
    return fusion.diverse(((one, one.document_id) for one in ranked), limit)


def _collections(person: User) -> list[Collection]:
    """What the person may see; each row tells of the live generation too, which saves a query."""
    live = {f"live_{name}": Subquery(_LIVE.values(name)[:1]) for name in ("id", "embedder", "dimensions")}
    rows = Collection.objects.visible_to(person).filter(passages__gt=0)
    return list(rows.annotate(**live, iterative=_ITERATIVE, wide=_WIDE).order_by("pk"))


def _near(one: Any, query: str) -> Near | None:
    """The query as a vector; None where nothing can make one, and words have to do."""
    embedder = embedders.named(one.live_embedder or "")
    if embedder is None:
        return None
    vector = embedder.embed_query(query[:LONGEST_QUERY]).tolist()
    return Near(one.live_id, one.live_dimensions, vector)


def _candidates(scope: Scope, asked: str, near: Near | None) -> dict[int, float]:
    """Fused scores of the chunks that either leg found."""
    sql, parameters = legs.statement(scope, asked, near)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = sorted(cursor.fetchall(), key=lambda row: (row[0], -row[2], row[1]))
    fused = fusion.fuse([[chunk for _, chunk, _ in leg] for _, leg in groupby(rows, key=lambda row: row[0])])
    best = sorted(fused.items(), key=lambda item: (-item[1], item[0]))
    return dict(best[:READ])


def _read(found: dict[int, float], now: datetime) -> list[Passage]:
    """The candidates that are live, with what is shown of their documents, age counted in, the best first."""
    chunks = Chunk.objects.filter(pk__in=found, live=True, document__gone_at__isnull=True)
    scored = [_passage(row, found[row[0]], now) for row in chunks.values_list(*_FIELDS)]
    return sorted(scored, key=lambda one: (-one.score, one.chunk_id))


_SHOWN_AS = {
    "pk": "chunk_id",
    "document__title": "title",
    "document__url": "url",
    "document__published_at": "published_at",
    "document__kind": "kind",
}
_FIELDS = (*_SHOWN_AS, "document_id", "version_id", "text", "start", "end", "heading")


def _passage(row: tuple[Any, ...], score: float, now: datetime) -> Passage:
    columns = dict(zip(_FIELDS, row, strict=True))
    published_at, kind = columns["document__published_at"], columns["document__kind"]
    shown = {_SHOWN_AS.get(name, name): value for name, value in columns.items()}
    return Passage(**shown, score=round(fusion.aged(score, kind, published_at, now), 6))
