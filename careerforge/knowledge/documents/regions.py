"""The regions that documents name: stepped through in an index, however many documents there are."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

_NEXT = """
    SELECT min(d.region) FROM knowledge_document AS d
    WHERE d.collection_id = {collection} AND d.gone_at IS NULL AND d.region <> '' AND d.region > {after}
"""
REGIONS = f"""
    WITH RECURSIVE named AS (
        SELECT place.id AS place, ({_NEXT.format(collection="place.id", after="''")}) AS region
        FROM unnest(%(collections)s::uuid[]) AS place(id)
        UNION ALL
        SELECT named.place, ({_NEXT.format(collection="named.place", after="named.region")})
        FROM named WHERE named.region IS NOT NULL
    )
    SELECT DISTINCT region FROM named WHERE region IS NOT NULL ORDER BY region
"""  # noqa: S608


def regions(collections: Sequence[UUID]) -> list[str]:
    """Each region of the documents in some collections, once, by name."""
    with connection.cursor() as cursor:
        cursor.execute(REGIONS, {"collections": list(collections)})
        return [row[0] for row in cursor.fetchall()]
