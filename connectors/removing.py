"""What is no longer at its source: absent from a complete listing, or said to be gone by the source."""

from uuid import UUID

from django.utils.translation import gettext as _

from careerforge.jobs.running import Running
from careerforge.knowledge.models import Document
from careerforge.knowledge.store import mark_gone
from connectors import clock, ledger, plausible, seen, sightings
from connectors.kinds.kind import End
from connectors.ledger import Entry
from connectors.reading import Reading

BATCH = 100


def remove_absent(running: Running, entry: Entry, reading: Reading, end: End) -> str:
    """Mark documents that are no more. Those of places that could not be read this time stay.

    Gives back a warning, with nothing removed, if it is too many at once to be believed.
    """
    with running.transaction():
        if not ledger.is_as_it_was(entry.connection):
            return ""
        present = reading.present()
        current = dict(ledger.documents(entry).values_list("external_id", "pk"))
        gone = _gone(entry, reading, end, current, present)
    if not gone:
        return ""
    came = sum(seen.mark(one) in present for one in current) if end.is_complete else len(current) - len(gone)
    if entry.connection.habit and plausible.is_too_short(came, len(gone)):
        found = {"n": len(gone), "all": len(gone) + came}
        return _("%(n)s of %(all)s documents are missing at once. None was removed.") % found
    for start in range(0, len(gone), BATCH):
        with running.transaction():
            some = Document.objects.filter(pk__in=gone[start : start + BATCH])
            ledger.add(entry, gone=mark_gone(some, clock.now()))
    return ""


def _gone(
    entry: Entry, reading: Reading, end: End, current: dict[str, UUID], present: set[bytes]
) -> list[UUID]:
    said = reading.sighted.gone - present
    if not end.is_complete:
        return [pk for one, pk in current.items() if seen.mark(one) in said]
    spared = sightings.held_by(entry.connection, reading.sighted.unread)
    troubled = set(entry.run.problems.values_list("where", flat=True))
    kept = present | (spared - said)
    return [pk for one, pk in current.items() if seen.mark(one) not in kept and not _is_of(troubled, one)]


def _is_of(files: set[str], external_id: str) -> bool:
    """Whether a document comes from one of the files: its id is the file's name, a hash sign, and the id in
    it.
    """
    return any(external_id[:at] in files for at, sign in enumerate(external_id) if sign == "#")
