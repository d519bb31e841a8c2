"""What a run has seen so far, in rows of its own, so that a run that was killed anywhere knows it again.

No row of a document is written for what has not changed. When the run ends, each place keeps what it held,
and these rows go.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from careerforge.gateway import company
from careerforge.gateway.redact import mask
from connectors.kinds.kind import Body, Kind
from connectors.models import Connection, Sighting, Source, SyncRun
from connectors.syncing import places, seen

SIZE = 16


def digest(kind: Kind, settings: Mapping[str, Any], body: Body) -> bytes:
    """What tells a body from every other that would be read differently: 16 bytes of its content, and 16 of
    its essence where it has one.
    """
    key = _key(kind, settings, body)
    return b"".join(_of(content, key) for content in _known_by(body))


def is_known(digest_: bytes, kind: Kind, settings: Mapping[str, Any], body: Body) -> bool:
    """Whether the body would be read as the one with this :func:`digest` was. The essence of one with the
    same content is not looked for.
    """
    key = _key(kind, settings, body)
    known = (digest_[at : at + SIZE] for at in range(0, len(digest_), SIZE))
    return any(_of(content, key) == one for content, one in zip(_known_by(body), known, strict=False))


def _key(kind: Kind, settings: Mapping[str, Any], body: Body) -> bytes:
    how = repr((kind.key, kind.reading, sorted(settings.items()), body.content_type, body.prefix))
    return blake2b(how.encode(), digest_size=32).digest()


def _known_by(body: Body) -> Iterator[bytes]:
    yield body.content
    essence = body.essence()
    if essence:
        yield essence


def _of(content: bytes, key: bytes) -> bytes:
    return blake2b(content, digest_size=SIZE, key=key).digest()


@dataclass
class Sighted:
    """What a run has come across.

    Attributes:
        ids: entries that are there.
        gone: entries that the source itself says are gone.
        unchanged: keys of the places that hold what they held.
        unread: keys of the places that could not be read, or not all of it; what came from them stays.
    """

    ids: set[bytes] = field(default_factory=set)
    gone: set[bytes] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Nothing was seen yet."""
        return not (self.ids or self.gone or self.unchanged)


def so_far(run: SyncRun) -> Sighted:
    """What earlier attempts of the run have seen."""
    sighted = Sighted()
    for row in Sighting.objects.filter(run=run).iterator(2000):
        _take(sighted, row)
    return sighted


def _take(sighted: Sighted, row: Sighting) -> None:
    sighted.ids |= seen.unpacked(row.ids)
    sighted.gone |= seen.unpacked(row.gone)
    if row.is_unchanged:
        sighted.unchanged.add(row.key)
    if row.is_unread:
        sighted.unread.add(row.key)


def row_of(run: SyncRun, body: Body, **values: Any) -> Sighting:
    """A row for a body, not yet stored."""
    return Sighting(
        # It is made outside of a transaction, where nothing says whose it is.
        organisation_id=run.organisation_id,
        run=run,
        key=places.key(body.place or body.where),
        where=body.where[:500],
        etag=body.etag,
        last_modified=body.last_modified,
        **values,
    )


def write(sighted: Sighted, rows: list[Sighting]) -> None:
    """Store rows, in the transaction in which what they say was stored. Their places name nobody."""
    if not rows:
        return
    everybody = company.directory()
    for row in rows:
        row.where = mask(row.where, everybody)[:500]
    Sighting.objects.bulk_create(rows, batch_size=1000)
    for row in rows:
        _take(sighted, row)


def held_by(connection: Connection, keys: Iterable[str]) -> set[bytes]:
    """The marks of what places held when they were read last."""
    rows = Source.objects.filter(connection=connection, key__in=list(keys)).values_list("held", flat=True)
    found: set[bytes] = set()
    for held in rows.iterator(2000):
        found |= seen.unpacked(held)
    return found


def settle(connection: Connection, run: SyncRun, *, is_complete: bool) -> None:
    """Each place keeps what it holds, for the next run. At the run's end, in its transaction.

    Args:
        is_complete: places that were not come across are no more.
    """
    read: dict[str, list[Sighting]] = defaultdict(list)
    met: set[str] = set()
    for row in Sighting.objects.filter(run=run).order_by("pk").iterator(2000):
        met.add(row.key)
        if not row.is_unchanged:
            read[row.key].append(row)
    known = {row.key: row for row in Source.objects.filter(connection=connection, key__in=read)}
    old = list(known.values())
    for key in read.keys() - known.keys():
        known[key] = Source(connection=connection, key=key)
    for key, rows in read.items():
        _keep(known[key], rows)
    Source.objects.bulk_update(old, _KEPT, batch_size=500)
    Source.objects.bulk_create([row for row in known.values() if row._state.adding])
    if is_complete:
        Source.objects.filter(connection=connection).exclude(key__in=met).delete()


_KEPT = ("where", "etag", "last_modified", "digest", "held", "items", "reason")


def _keep(source: Source, rows: list[Sighting]) -> None:
    last = rows[-1]
    held = set().union(*(seen.unpacked(row.ids) for row in rows))
    # With validators of what was not stored whole, the rest would never be asked for again.
    is_whole = last.is_last and last.digest is not None
    if not is_whole:
        held |= seen.unpacked(source.held)
    source.where, source.held, source.items = last.where, seen.packed(held), len(held)
    source.reason = "" if is_whole else last.reason or source.reason
    source.digest = last.digest if is_whole else None
    source.etag, source.last_modified = (last.etag, last.last_modified) if is_whole else ("", "")
