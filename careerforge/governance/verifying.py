"""Is the audit trail whole? Names every row that is missing, altered, cut off or not sealed yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from careerforge.governance import heads
from careerforge.governance.chain import digest, link, start
from careerforge.governance.models import AuditEvent, AuditLink

BATCH = 2_000
# The sealer comes each minute; a row that has waited longer than this is worth a word.
PATIENCE = timedelta(minutes=10)
# So many links in a row that do not follow are looked back at.
MOST_DOUBTFUL = 50


def verify(organisation_id: UUID, now: datetime) -> Iterator[str]:
    """What is wrong with the open organisation's trail, a sentence each; nothing when it is whole."""
    yield from _links(organisation_id)
    yield from _head(organisation_id)
    yield from _unsealed(now)


@dataclass(frozen=True)
class Doubtful:
    """A link that does not follow, or whose row is not what was sealed, until a later one tells why."""

    link: AuditLink
    finding: str
    # Any of them may stand before the next link of the chain.
    chains: tuple[bytes, ...]

    @property
    def forged(self) -> str:
        return f"Link {self.link.position} (row {self.link.event_id}) is forged: the chain goes around it."


def _links(organisation_id: UUID) -> Iterator[str]:
    """Go along the chain. What a later link follows from was altered; the rest is forged."""
    kept = heads.read(organisation_id)
    before, expected = start(organisation_id), 1
    doubtful: list[Doubtful] = []
    for one, event in _rows():
        base = before
        if not _follows(one, before):
            base = next((chain for d in doubtful for chain in d.chains if _follows(one, chain)), b"")
        if base:
            yield from (d.forged if base == before else d.finding for d in doubtful)
            doubtful = []
        is_kept = kept is None or one.position <= kept.position
        finding = _about(one, event)
        if not base and is_kept and one.position > expected:
            # What it follows from is gone: go on from here.
            yield from (d.finding for d in doubtful)
            yield f"Links {expected} to {one.position - 1} are missing."
            doubtful, before = [], bytes(one.chain)
            yield from filter(None, [finding])
        elif base and not finding:
            before = bytes(one.chain)
        else:
            before = base or before
            # What its hash would be, were it the next in the chain.
            before_it = {before, *(doubtful[-1].chains if doubtful else ())}
            true = [link(chain, one.position, bytes(one.digest)) for chain in before_it]
            altered = finding or f"Link {one.position} was altered."
            doubtful.append(Doubtful(one, altered, (bytes(one.chain), *true[:4])))
            if len(doubtful) > MOST_DOUBTFUL:
                # Only a flood of forged links behind the kept head comes this far.
                yield doubtful.pop(0).forged
        expected = one.position + 1
    for d in doubtful:
        yield d.finding if kept is None or d.link.position <= kept.position else d.forged


def _follows(one: AuditLink, before: bytes) -> bool:
    return link(before, one.position, bytes(one.digest)) == bytes(one.chain)


def _about(one: AuditLink, event: AuditEvent | None) -> str:
    """What is wrong with the row that a link ties."""
    if event is None:
        sealed = f"{one.sealed_at:%Y-%m-%d %H:%M} UTC"
        return f"Row {one.event_id} (link {one.position}, sealed {sealed}) was removed."
    if digest(event) != bytes(one.digest):
        return f"Row {one.event_id} (link {one.position}, “{event.act}”) was altered."
    return ""


def _rows() -> Iterator[tuple[AuditLink, AuditEvent | None]]:
    for links in _batches():
        events = AuditEvent.objects.in_bulk([one.event_id for one in links])
        yield from ((one, events.get(one.event_id)) for one in links)


def _batches() -> Iterator[list[AuditLink]]:
    done = -1
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
