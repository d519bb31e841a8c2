"""Search: what the asker may see, found by words and by meaning, fused, fresh and varied."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from careerforge.knowledge import embedders, fusion, legs, terms
from careerforge.knowledge.bias import leaning
from careerforge.knowledge.fusion import Match
from careerforge.knowledge.legs import Near, Scope
from careerforge.knowledge.models import Collection
from careerforge.knowledge.passage import Passage, Why
from careerforge.knowledge.weights import READ
from careerforge.people.models import User

LONGEST_QUERY = 2000
# The same for every search, so Django need not write them anew each time, which costs more than they do.
_LIVE = "SELECT id, embedder, dimensions FROM knowledge_indexgeneration WHERE state = 'live'"
_READ = """
    SELECT c.id, d.title, d.url, d.published_at, d.kind, c.document_id, c.version_id, c.text, c.start,
           c."end", c.heading, c.collection_id
    FROM knowledge_chunk AS c JOIN knowledge_document AS d ON d.id = c.document_id
    WHERE c.id = ANY(%s) AND c.live AND d.gone_at IS NULL
"""


def search(
    person: User,
    query: str,
    *,
    kinds: Sequence[str] = (),
    region: str = "",
    since: date | None = None,
    until: date | None = None,
    toward: Sequence[str] = (),
    limit: int = 8,
    now: datetime | None = None,
) -> list[Passage]:
    """The passages that answer a query best, among what a person may see; the same every time.

    Args:
        kinds: only documents of these kinds.
        region: only documents of this region, or of none.
        since, until: only documents published in these days, both included; one without a date counts as
            published when it was fetched.
        toward: names of the asker's skills and target, which raise what speaks of them a little.
        limit: how many, up to 48; at most two of a document, and no text twice.
        now: what age is counted from.

    Returns:
        Passages, best first; none for an empty query. Five queries, whatever the size.
    """
    asked = terms.readable(query[:LONGEST_QUERY]).replace("\x00", "").strip()
    if not asked or limit < 1:
        return []
    collections = _collections(person)
    if not collections:
        return []
    scope = Scope.of(collections, kinds, region, since, until)
    found = legs.both(scope, asked, _near(query))
    candidates = fusion.first(fusion.fuse(found.words, found.meaning), READ)
    ranked = _read(
        candidates, {one.pk: one.trust for one in collections}, leaning(toward), now or timezone.now()
    )
    return fusion.diverse(((one, one.document_id, _said(one)) for one in ranked), limit)


def _said(one: Passage) -> tuple[str, str, str]:
    return one.title, one.heading, one.text


def _collections(person: User) -> list[Collection]:
    """What the person may see and holds anything."""
    return list(Collection.objects.visible_to(person).filter(passages__gt=0).order_by("pk"))


def _near(query: str) -> Near | None:
    """The query as a vector; None where nothing can make one, and words have to do."""
    with connection.cursor() as cursor:
        cursor.execute(_LIVE)
        live = cursor.fetchone()
    vector = embedders.vector(live[1], query[:LONGEST_QUERY]) if live else None
    return Near(live[0], live[2], vector) if live and vector else None


def _read(
    candidates: Mapping[int, Match],
    trust: Mapping[UUID, float],
    lean: Callable[[str], float],
    now: datetime,
) -> list[Passage]:
    """The candidates that are live, with what is shown of their documents, the best first."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(candidates)])
        scored = [_passage(row, candidates[row[0]], trust, lean, now) for row in cursor.fetchall()]
    return sorted(scored, key=lambda one: (-one.score, one.chunk_id))


def _passage(
    row: tuple[Any, ...],
    match: Match,
    trust: Mapping[UUID, float],
    lean: Callable[[str], float],
    now: datetime,
) -> Passage:
    chunk, title, url, published_at, kind, document, version, text, start, end, heading, collection = row
    why = Why(
        match.words,
        match.meaning,
        match.relevance,
        fusion.freshness(kind, published_at, now),
        trust[collection],
        lean(f"{title}\n{heading}\n{text}"),
    )
    return Passage(
        chunk_id=chunk,
        title=title,
        url=url,
        published_at=published_at,
        kind=kind,
        document_id=document,
        version_id=version,
        text=text,
        start=start,
        end=end,
        heading=heading,
        score=round(fusion.worth(why.relevance, why.freshness, why.trust, why.toward), 6),
        why=why,
    )
