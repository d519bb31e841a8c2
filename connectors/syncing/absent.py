"""What is no longer at its source: absent from a complete listing, or said to be gone by the source."""

from django.utils.translation import gettext as _

from careerforge.jobs.running import Running
from careerforge.knowledge.documents.store import mark_gone
from connectors import clock
from connectors.kinds.kind import End
from connectors.syncing import ledger, plausible, seen, sightings
from connectors.syncing.ledger import Entry
from connectors.syncing.reading import Reading

BATCH = 100


def remove_absent(running: Running, entry: Entry, reading: Reading, end: End) -> str:
    """Mark documents that are no more. Those of places that could not be read this time stay.

    Gives back a warning, with nothing removed, if it is too many at once to be believed.
    """
    with running.transaction():
        if not ledger.is_as_it_was(entry.connection):
            return ""
        present = reading.present()
        ids = ledger.documents(entry).values_list("external_id", flat=True)
        current = {seen.mark(one): one for one in ids.iterator(10_000)}
        gone = _gone(entry, reading, end, current, present)
    if not gone:
        return ""
    came = len(current.keys() & present) if end.is_complete else len(current) - len(gone)
    if entry.connection.habit and plausible.is_too_short(came, len(gone)):
        found = {"n": len(gone), "all": len(gone) + came}
        return _("%(n)s of %(all)s documents are missing at once. None was removed.") % found
    for start in range(0, len(gone), BATCH):
        with running.transaction():
            some = ledger.documents(entry).filter(external_id__in=gone[start : start + BATCH])
            ledger.add(entry, gone=mark_gone(some, clock.now()))
    return ""


def _gone(
    entry: Entry, reading: Reading, end: End, current: dict[bytes, str], present: set[bytes]
) -> list[str]:
    """Ids of what is no more."""
    said = reading.sighted.gone - present
    if not end.is_complete:
        return [current[mark] for mark in current.keys() & said]
    absent = current.keys() - present
    if not absent:
        return []
    spared = sightings.held_by(entry.connection, reading.sighted.unread) - said
    troubled = set(entry.run.problems.values_list("where", flat=True))
    return [one for mark in absent - spared if not _is_of(troubled, one := current[mark])]


def _is_of(files: set[str], external_id: str) -> bool:
    """Whether a document comes from one of the files: its id is the file's name, a hash sign, and the id in
    it.
    """
    return any(external_id[:at] in files for at, sign in enumerate(external_id) if sign == "#")
