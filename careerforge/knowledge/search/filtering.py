"""Which passages a filter leaves: all of them where they are few, else those of the candidates."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

from careerforge.knowledge.search.scope import Scope

if TYPE_CHECKING:
    from careerforge.knowledge.search.bm25 import Ids

# The passages of up to so many documents are listed, and each of them is compared.
FEW = 1_000

_DOCUMENTS = """
    d.collection_id = ANY(%(collections)s::uuid[])
      AND (%(kinds)s::text[] = '{}' OR d.kind = ANY(%(kinds)s::text[]))
      AND (%(region)s = '' OR d.region IN ('', %(region)s))
      AND (%(since)s::date IS NULL OR COALESCE(d.published_at, d.fetched_at) >= %(since)s::date)
      AND (%(until)s::date IS NULL OR COALESCE(d.published_at, d.fetched_at) < %(until)s::date + 1)
      AND (%(topic)s = '' OR %(topic)s = ANY(d.topics))
"""
_FEW = f"SELECT d.id FROM knowledge_document AS d WHERE d.gone_at IS NULL AND {_DOCUMENTS} LIMIT {FEW + 1}"  # noqa: S608
_THEIRS = "SELECT id FROM knowledge_chunk WHERE live AND document_id = ANY(%s) ORDER BY id"
# Some hundred chunks: each one's document is looked up (OFFSET 0), where a join would read all that pass.
_PASSING = f"""
    SELECT c.id FROM knowledge_chunk AS c, LATERAL (
        SELECT FROM knowledge_document AS d WHERE d.id = c.document_id AND {_DOCUMENTS} OFFSET 0
    ) AS its
    WHERE c.live AND c.id = ANY(%(chunks)s)
"""  # noqa: S608


def few(scope: Scope) -> "Ids | None":
    """The chunks that the filter leaves, in ascending order; None when they are many."""
    import numpy as np

    with connection.cursor() as cursor:
        cursor.execute(_FEW, _parameters(scope))
        documents = [row[0] for row in cursor.fetchall()]
        if len(documents) > FEW:
            return None
        cursor.execute(_THEIRS, [documents])
        return np.array([row[0] for row in cursor.fetchall()], dtype=np.int64)


def passing(scope: Scope, chunks: Sequence[int]) -> set[int]:
    """Those of some chunks that pass."""
    with connection.cursor() as cursor:
        cursor.execute(_PASSING, _parameters(scope) | {"chunks": list(chunks)})
        return {row[0] for row in cursor.fetchall()}


def _parameters(scope: Scope) -> dict[str, Any]:
    return {
        "collections": list(scope.collections),
        "kinds": list(scope.kinds),
        "region": scope.region,
        "since": scope.since,
        "until": scope.until,
        "topic": scope.topic,
    }
