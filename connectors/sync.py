"""One synchronisation: ask, read, store in batches; one bad file, page or entry never stops the rest.

What a run did is read off the documents themselves (fetched, made, gone since it started), so one that was
killed anywhere and runs again ends with the same documents and the same counts.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DataError
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.http.errors import FetchError
from careerforge.jobs.running import Failed, Running
from careerforge.knowledge import indexing
from careerforge.knowledge.models import Document
from careerforge.knowledge.store import Incoming, mark_gone, store_many
from connectors import arrivals, ledger, plausible, secrets, sources
from connectors.bodies import Body
from connectors.ledger import Entry
from connectors.models import Connection
from connectors.parsing.item import Parsed, unreadable
from connectors.parsing.sniff import parse
from connectors.plausible import Doubt
from connectors.repeats import under_known_ids
from connectors.turns import turn

ASKING, READING, SEARCHABLE = "Asking the source", "Reading and storing", "Making it searchable"
STAGES = (ASKING, READING, SEARCHABLE)
BATCH = 100
LONGEST_CURSOR = 200

Problems = list[tuple[str, str]]


def synchronise(running: Running, connection_id: UUID) -> dict[str, Any]:
    """Bring a connection's documents up to date. Safe to run again after being killed anywhere.

    Raises:
        Failed: the source could not be read, or it is not as it used to be; its documents were left alone.
    """
    running.stage(ASKING)
    with turn(running, connection_id):
        entry = ledger.open_entry(running, connection_id)
        if entry.run.finished_at is None:
            _read(running, entry)
    counts = ledger.counts(entry.run)
    if entry.run.error and not (counts["new"] or counts["changed"] or counts["unchanged"]):
        raise Failed(entry.run.error)
    running.stage(SEARCHABLE)
    indexing.index_pending(running)
    return {"connection": str(connection_id), **counts}


def _read(running: Running, entry: Entry) -> None:
    connection = entry.connection
    try:
        listing = sources.listing(connection, secrets.header(connection), after=running.cursor())
    except FetchError as error:
        raise ledger.close_unread(running, entry, error) from None
    running.stage(READING, listing.done / max(listing.count, 1))
    if listing.unchanged:
        with running.transaction():
            ledger.documents(entry).update(fetched_at=timezone.now())
    habit = connection.habit
    for place, body in enumerate(listing.bodies, start=listing.done + 1):
        parsed = read_body(connection, body)
        doubt = _doubt(running, entry, parsed)
        if doubt:
            raise ledger.close_unread(running, entry, doubt)
        problems = _store(running, connection, parsed, body)
        habit = plausible.habits(parsed.items) or habit
        with running.transaction():
            ledger.note(entry, problems)
            cursor = body.prefix[:LONGEST_CURSOR] or None
            running.stage(READING, place / max(listing.count, 1), cursor=cursor)
    warning = _remove_absent(running, entry) if listing.is_complete else ""
    ledger.close(running, entry, listing, habit or {"known": 1}, warning)


def read_body(connection: Connection, body: Body) -> Parsed:
    """What a body holds, by the connection's own paths."""
    if body.problem:
        return unreadable(body.where, body.problem)
    mapped = arrivals.mapped(connection)
    return parse(body.where, body.content, body.content_type, now=timezone.now(), mapped=mapped)


def _doubt(running: Running, entry: Entry, parsed: Parsed) -> Doubt | None:
    if entry.connection.kind == Connection.Kind.FOLDER:
        return None
    with running.transaction():
        known = ledger.documents(entry).count()
    return plausible.doubt(entry.connection.kind, parsed, known, entry.connection.habit)


def _store(running: Running, connection: Connection, parsed: Parsed, body: Body) -> Problems:
    """Store what a body holds; gives back what could not be used."""
    arrived = [arrivals.incoming(item, body) for item in parsed.items]
    if connection.kind != Connection.Kind.FOLDER:
        with running.transaction():
            arrived = under_known_ids(connection, arrived)
    problems = [(problem.where, problem.reason) for problem in parsed.problems]
    for batch in _batches(arrived):
        problems += _store_batch(running, connection, batch)
    return problems


def _batches(items: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _store_batch(running: Running, connection: Connection, batch: list[Incoming]) -> Problems:
    try:
        with running.transaction():
            store_many(connection.collection, batch, timezone.now())
    except DataError:
        if len(batch) == 1:
            return [(batch[0].external_id, _("The database does not take this entry."))]
        return [problem for one in batch for problem in _store_batch(running, connection, [one])]
    return []


def _remove_absent(running: Running, entry: Entry) -> str:
    """Documents absent from a complete listing are gone, but for those of files that could not be read this
    time.

    Gives back a warning, with nothing removed, if too few are left to be believed.
    """
    with running.transaction():
        current = ledger.documents(entry)
        came = current.filter(ledger.seen(entry)).count()
        absent = list(current.exclude(ledger.seen(entry)).values_list("pk", "external_id"))
        troubled = set(entry.run.problems.values_list("where", flat=True))
    gone = [pk for pk, external_id in absent if not _is_of(troubled, external_id)]
    if entry.connection.habit and plausible.is_too_short(came, len(gone)):
        found = {"n": len(gone), "all": len(gone) + came}
        return _("%(n)s of %(all)s documents are missing at once. None was removed.") % found
    for start in range(0, len(gone), BATCH):
        with running.transaction():
            mark_gone(Document.objects.filter(pk__in=gone[start : start + BATCH]), timezone.now())
    return ""


def _is_of(files: set[str], external_id: str) -> bool:
    """Whether a document comes from one of the files: its id is the file's name, a hash sign, and the id in
    it.
    """
    return any(external_id[:at] in files for at, sign in enumerate(external_id) if sign == "#")
