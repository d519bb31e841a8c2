"""How long it takes from a source's publication until a document can be cited: hours, per connection.

Only documents count that were published after the connection had been read once, and whose source says a time
of day: one that says the day alone would look up to a day older than it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import F, Q, Subquery, Value
from django.db.models.functions import Greatest

from careerforge.knowledge.models import DocumentVersion
from connectors.models import Connection

PERIOD = timedelta(days=30)
GOAL = timedelta(hours=2)
# With fewer documents a percentile says nothing.
FEWEST = 5
MOST = 2000


@dataclass(frozen=True)
class Freshness:
    """From publication to searchable text.

    Attributes:
        n: documents of the last 30 days that say when they were published, to the minute.
        median, p95: None for fewer than five of them.
    """

    n: int
    median: timedelta | None
    p95: timedelta | None


def freshness(connection: Connection, now: datetime) -> Freshness:
    """The figure of one connection."""
    first = DocumentVersion.objects.filter(number=1, document__collection=connection.collection_id)
    read_at = first.order_by("made_at").values("made_at")[:1]
    midnight = Q(document__published_at__time="00:00")
    rows = first.filter(
        document__published_at__gt=Greatest(Subquery(read_at), Value(now - PERIOD)),
        document__published_at__lte=F("made_at"),
    ).exclude(midnight)
    found = rows.order_by("-made_at").values_list("made_at", "document__published_at")[:MOST]
    return of([made - published for made, published in found if published])


def of(waits: Sequence[timedelta]) -> Freshness:
    """Median and 95th percentile by the nearest rank (Hyndman and Fan 1996, definition 1)."""
    if len(waits) < FEWEST:
        return Freshness(len(waits), None, None)
    ordered = sorted(waits)
    return Freshness(len(ordered), _rank(ordered, 0.5), _rank(ordered, 0.95))


def _rank(ordered: Sequence[timedelta], share: float) -> timedelta:
    return ordered[ceil(share * len(ordered)) - 1]
