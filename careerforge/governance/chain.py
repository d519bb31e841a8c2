"""The audit trail as a chain: each sealed row is tied to all before it, and the head is kept elsewhere.

``digest = SHA-256(canonical row)``, ``chain = SHA-256(chain before · position · digest)``. Rows are
written unchained by the acts; :func:`seal` ties them afterwards, by their ids, one organisation at a time.
"""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from careerforge.governance import heads
from careerforge.governance.models import AuditEvent, AuditLink

BATCH = 2_000
# An act commits within minutes of its row; this far back the sealer looks for rows that came late.
LATE = timedelta(days=1)


def digest(event: AuditEvent) -> bytes:
    """SHA-256 over everything that a row says, in one fixed form."""
    said = {
        "id": event.pk,
        "organisation": str(event.organisation_id),
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(event.actor or ""),
        "actor_kind": event.actor_kind,
        "act": event.act,
        "subject": str(event.subject or ""),
        "object_kind": event.object_kind,
        "object_id": event.object_id,
        "reason": event.reason,
        "detail": event.detail,
    }
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).digest()


def start(organisation_id: UUID) -> bytes:
    """What stands before the first link."""
    return sha256(b"careerforge audit" + organisation_id.bytes).digest()


def link(before: bytes, position: int, row: bytes) -> bytes:
    """The hash that ties a row to everything before it."""
    return sha256(before + position.to_bytes(8, "big") + row).digest()


def seal(organisation_id: UUID) -> tuple[int, bytes, int]:
    """Tie the next rows of the open organisation, after the last link that the kept head confirms.

    Links that somebody else has put into the table are gone around: they neither stop the sealing nor
    move it, and ``verify`` names them.

    Returns:
        The head's position and hash, and how many rows were tied.
    """
    with connection.cursor() as cursor:
        # Two sealers at once would tie a row twice; the second waits and finds nothing.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(organisation_id)])
    position, head, newest, taken = _confirmed(organisation_id)
    links = []
    for event in _unsealed(newest)[:BATCH]:
        position += 1
        while position in taken:
            position += 1
        row = digest(event)
        head = link(head, position, row)
        links.append(AuditLink(position=position, event_id=event.pk, digest=row, chain=head))
    AuditLink.objects.bulk_create(links, batch_size=500)
    return position, head, len(links)


def _confirmed(organisation_id: UUID) -> tuple[int, bytes, datetime | None, set[int]]:
    """The last good link's position, hash and time, and the positions behind it that others have taken.

    A slice is safe before its head is kept: links behind the kept head count when each follows from the
    one before and says what its row says.
    """
    kept = heads.read(organisation_id)
    position, head = (kept.position, kept.chain) if kept else (0, start(organisation_id))
    last = AuditLink.objects.filter(position=position).first()
    newest = last.sealed_at if last else None
    taken: set[int] = set()
    for one in AuditLink.objects.filter(position__gt=position).order_by("position").iterator():
        taken.add(one.position)
        row = bytes(one.digest)
        if link(head, one.position, row) == bytes(one.chain) and _says(one.event_id, row):
            position, head, newest = one.position, bytes(one.chain), one.sealed_at
    return position, head, newest, taken


def _says(event_id: int, row: bytes) -> bool:
    event = AuditEvent.objects.filter(pk=event_id).first()
    return event is not None and digest(event) == row


def _unsealed(newest: datetime | None) -> QuerySet[AuditEvent]:
    sealed = AuditLink.objects.filter(event_id=OuterRef("pk"))
    waiting = AuditEvent.objects.filter(~Exists(sealed)).order_by("id")
    if newest is not None:
        # A link's own time is not part of its hash: one from the future would hide every row.
        waiting = waiting.filter(at__gte=min(newest, timezone.now()) - LATE)
    return waiting
