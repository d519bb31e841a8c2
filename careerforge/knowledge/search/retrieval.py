"""Search: what the asker may see, found by words and by meaning, fused, fresh and varied."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from careerforge.knowledge.documents.opening import Live, opening
from careerforge.knowledge.index import embedders, terms
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.search import fusion, legs, ranking
from careerforge.knowledge.search.bias import leaning
from careerforge.knowledge.search.legs import Near, Scope, Soon
from careerforge.knowledge.search.weights import READ
from careerforge.people.models import User

LONGEST_QUERY = 2000


def search(
    person: User,
    query: str,
    *,
    kinds: Sequence[str] = (),
    region: str = "",
    since: date | None = None,
    until: date | None = None,
    topic: str = "",
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
        topic: only documents of this topic, as it is written with them.
        toward: names of the asker's skills and target, which raise what speaks of them a little.
        limit: how many, up to 48; at most two of a document, and no text twice.
        now: what age is counted from.

    Returns:
        Passages, best first; none for an empty query. Five queries, whatever the size.
    """
    asked = terms.readable(query[:LONGEST_QUERY]).replace("\x00", "").strip()
    if not asked or limit < 1:
        return []
    places, live = opening(person)
    if not places:
        return []
    near = _near(live, query)
    scope = Scope.of(places, kinds, region, since, until, topic)
    found = legs.both(scope, asked, near)
    matches = fusion.first(fusion.fuse(found.words, found.meaning), READ)
    candidates = ranking.read(list(matches))
    trust = {one.pk: one.trust for one in places}
    best_first = ranking.ranked(candidates, matches, trust, leaning(toward), now or timezone.now())
    return ranking.varied(best_first, limit)


def _near(live: Live | None, query: str) -> Soon:
    """The query as a vector, which is made meanwhile; None where nothing can, and words have to do."""
    if live is None:
        return lambda: None
    soon = embedders.soon(live.embedder, query[:LONGEST_QUERY])

    def near() -> Near | None:
        vector = soon()
        return Near(live.pk, live.dimensions, vector) if vector else None

    return near
