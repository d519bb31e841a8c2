"""The regions that a search can be narrowed down to, found without reading every document."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from careerforge.knowledge.documents.regions import REGIONS, regions
from careerforge.knowledge.documents.store import mark_gone
from careerforge.knowledge.models import Collection
from tests.knowledge.conftest import NOW, stored


def test_each_region_of_the_collections_comes_once(collection: Collection):
    other, hidden = (Collection.objects.create(name=name) for name in ("Other", "Hidden"))
    for number, region in enumerate(["South", "North", "", "North", "Alps"]):
        stored(collection, str(number), f"Note {number} of a region.", region=region)
    stored(other, "a", "One more note.", region="North")
    stored(hidden, "a", "A note of another place.", region="Elsewhere")
    assert regions([collection.pk, other.pk]) == ["Alps", "North", "South"]
    assert regions([]) == []


def test_a_region_of_which_nothing_is_left_is_not_named(collection: Collection):
    gone = stored(collection, "a", "A note.", region="South")
    stored(collection, "b", "Another note.", region="North")
    mark_gone([gone], NOW)
    assert regions([collection.pk]) == ["North"]


def test_an_index_leads_from_one_region_to_the_next(
    collection: Collection, as_owner: Callable[[Callable[[], Any]], Any]
):
    for number in range(300):
        stored(collection, str(number), f"Note {number}.", region=f"Region {number % 3}")
    with connection.cursor() as cursor:
        as_owner(lambda: cursor.execute("ANALYZE knowledge_document"))
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {REGIONS}", {"collections": [collection.pk]})
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using documents_by_region" in plan
    assert "Seq Scan on knowledge_document" not in plan
