"""Is the audit trail whole? Names every row that is missing, altered, cut off or not sealed yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from careerforge.governance import heads
from careerforge.governance.chain import digest, link, start
from careerforge.governance.models import AuditEvent, AuditLink

BATCH = 2_000
# The sealer comes each minute; a row that has waited longer than this is worth a word.
PATIENCE = timedelta(minutes=10)


def verify(organisation_id: UUID, now: datetime) -> Iterator[str]:
    """What is wrong with the open organisation's trail, a sentence each; nothing when it is whole."""
    yield from _links(organisation_id)
    yield from _head(organisation_id)
    yield from _unsealed(now)


def _links(organisation_id: UUID) -> Iterator[str]:
    before: bytes | None = start(organisation_id)
    expected = 1
    for links in _batches():
        events = AuditEvent.objects.in_bulk([one.event_id for one in links])
        for one in links:
            if one.position != expected:
                yield f"Links {expected} to {one.position - 1} are missing."
                before = None
            event = events.get(one.event_id)
            if event is None:
                sealed = f"{one.sealed_at:%Y-%m-%d %H:%M} UTC"
                yield f"Row {one.event_id} (link {one.position}, sealed {sealed}) was removed."
            elif digest(event) != bytes(one.digest):
                yield f"Row {one.event_id} (link {one.position}, “{event.act}”) was altered."
            if before is not None and link(before, one.position, bytes(one.digest)) != bytes(one.chain):
                yield f"Link {one.position} was altered."
            before, expected = bytes(one.chain), one.position + 1


def _batches() -> Iterator[list[AuditLink]]:
    done = 0
    while links := list(AuditLink.objects.filter(position__gt=done).order_by("position")[:BATCH]):
        yield links
        done = links[-1].position


def _head(organisation_id: UUID) -> Iterator[str]:
    head = heads.read(organisation_id)
    newest = AuditLink.objects.order_by("-position").first()
    if head is None:
        if newest is not None:
            yield "The kept head of the chain is missing; the end of the trail cannot be checked."
        return
    here = AuditLink.objects.filter(position=head.position).first()
    if here is None:
        end = newest.position if newest else 0
        yield f"The trail was cut off: it ends at link {end}, the kept head is {head.position}."
    elif bytes(here.chain) != head.chain:
        yield f"Link {head.position} is not the one kept outside the database: the chain was rewritten."


def _unsealed(now: datetime) -> Iterator[str]:
    sealed = AuditLink.objects.filter(event_id=OuterRef("pk"))
    late = AuditEvent.objects.filter(~Exists(sealed), at__lt=now - PATIENCE).order_by("id")
    ids = list(late.values_list("pk", flat=True)[:10])
    if ids:
        named = ", ".join(map(str, ids))
        yield f"{late.count()} rows have waited too long to be sealed; the first are {named}."
