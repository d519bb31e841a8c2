"""Each day every collection's trust is counted anew, with the lines it was counted from."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from careerforge.jobs.running import Running
from careerforge.knowledge.documents.trend import Signs, trend_score
from careerforge.knowledge.models import Collection, Document, DocumentVersion


def count_trust(running: Running, now: datetime) -> int:
    """Store :func:`trend_score` of each collection; gives back how many changed."""
    with running.transaction():
        signs = _signs()
        changed = 0
        for collection in Collection.objects.filter(removed_at=None):
            trust, lines = trend_score(signs[collection.pk], now)
            rows = [asdict(line) for line in lines]
            if (trust, rows) != (collection.trust, collection.trust_rows):
                Collection.objects.filter(pk=collection.pk).update(trust=trust, trust_rows=rows, trust_at=now)
                changed += 1
    return changed


def _signs() -> dict[UUID, Signs]:
    """What is known of each collection: two queries."""
    held = Q(versions__state=DocumentVersion.State.HELD)
    rows = Document.objects.current().order_by().values_list("collection")
    counted = {
        collection: (newest, documents, of_them)
        for collection, newest, documents, of_them in rows.annotate(
            newest=Max("fetched_at"),
            all=Count("pk", distinct=True),
            held=Count("pk", filter=held, distinct=True),
        )
    }
    signs: dict[UUID, Signs] = {}
    for one in Collection.objects.filter(removed_at=None):
        newest, documents, of_them = counted.get(one.pk, (None, 0, 0))
        holds = one.about == Collection.Market.COMPANY
        signs[one.pk] = Signs(one.seen_at, newest, holds, documents, of_them)
    return signs
