"""Reading what a source hands over, body by body: known ones are seen, the others are read and stored."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from django.db import DataError
from django.utils.translation import gettext as _

from careerforge.jobs.running import Running
from careerforge.knowledge.documents.incoming import Incoming, cleaned
from careerforge.knowledge.documents.room import Room, room
from careerforge.knowledge.documents.store import Outcome, Stored, store_many
from careerforge.knowledge.documents.unnamed import hidden_identity
from connectors import clock
from connectors.kinds.kind import Asked, Body, Kind
from connectors.models import Sighting
from connectors.parsing.item import Parsed
from connectors.syncing import arrivals, ledger, plausible, seen, sightings
from connectors.syncing.ledger import Entry
from connectors.syncing.places import Places
from connectors.syncing.plausible import Doubt
from connectors.syncing.repeats import under_known_ids

ASKING, READING, SEARCHABLE = "Asking the source", "Reading and storing", "Making it searchable"
STAGES = (ASKING, READING, SEARCHABLE)
BATCH = 100

Problems = list[tuple[str, str]]


class Doubtful(Exception):
    """The source is not as it used to be; nothing more of it is stored."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.sentence)
        self.doubt = doubt


class Changed(Exception):
    """Somebody changed the connection while it was read: nothing more of the old one is stored."""


class Full(Exception):
    """The collection takes no more."""


class Reading:
    """What one attempt reads, on top of what earlier attempts of the run have seen."""

    def __init__(self, running: Running, entry: Entry, kind: Kind, asked: Asked, places: Places) -> None:
        self.running, self.entry, self.kind, self.asked, self.places = running, entry, kind, asked, places
        self.taken = 0
        self.habit: Mapping[str, float] = entry.connection.habit
        self._waiting: list[Sighting] = []
        self._cursor = ""
        self._present: set[bytes] | None = None
        self._room: Room | None = None
        with running.transaction():
            self.sighted = sightings.so_far(entry.run)

    @property
    def is_first(self) -> bool:
        """Neither this attempt nor an earlier one has seen anything yet."""
        return self.taken <= 1 and self.sighted.is_empty

    def take(self, body: Body, *, is_delta: bool = False) -> None:
        """See to one body.

        Raises:
            Doubtful: it is not what came from this source before.
            Changed: the connection is not what it was.
            Full: there is no room for what it holds.
        """
        self.taken += 1
        self._cursor = body.cursor
        if body.problem:
            self._cannot(body, body.problem)
        elif body.unchanged or self._is_known(body):
            self._waiting.append(sightings.row_of(self.entry.run, body, is_unchanged=True))
        else:
            self._read(body, is_delta=is_delta)
        if len(self._waiting) >= BATCH:
            self.save()

    def save(self) -> None:
        """Write down what waits, and where to go on.

        Raises:
            Changed: the connection is not what it was.
        """
        with self.running.transaction():
            self.flush()

    def flush(self) -> None:
        """The same in the open transaction."""
        self._hold()
        sightings.write(self.sighted, self._waiting)
        self._waiting = []
        self.places.flush()
        ledger.keep_cursor(self.entry, self._cursor)

    def _hold(self) -> None:
        if not ledger.is_as_it_was(self.entry.connection):
            raise Changed

    def present(self) -> set[bytes]:
        """The marks of all entries that are there, once all is read. In a transaction."""
        if self._present is None:
            held = sightings.held_by(self.entry.connection, self.sighted.unchanged)
            self._present = self.sighted.ids | held
        return self._present

    def _is_known(self, body: Body) -> bool:
        known = self.places.digest(body.place or body.where)
        return sightings.is_known(known, self.kind, self.asked.settings, body)

    def _digest(self, body: Body) -> bytes:
        return sightings.digest(self.kind, self.asked.settings, body)

    def _cannot(self, body: Body, reason: str) -> None:
        with self.running.transaction():
            ledger.note(self.entry, [(body.where, reason)])
        row = sightings.row_of(self.entry.run, body, is_unread=True, reason=reason[:300])
        self._waiting.append(row)

    def _read(self, body: Body, *, is_delta: bool) -> None:
        parsed = self.kind.parse(self.asked, body, clock.now())
        if self.kind.is_listing:
            self._doubt(parsed, is_first=self.is_first and not is_delta)
        # A page without entries ends a listing, and a board may have no openings.
        is_over = self.kind.is_listing and parsed.is_empty
        problems = [] if is_over else [(problem.where, problem.reason) for problem in parsed.problems]
        for batch in _batches(self._arrived(parsed, body)):
            problems += self._store(batch, body)
        self.habit = plausible.habits(parsed.items) or self.habit
        reason = problems[0][1] if problems else ""
        row = sightings.row_of(
            self.entry.run,
            body,
            gone=seen.packed(seen.mark(key) for one in parsed.gone for key in _identities(one, body)),
            digest=None if problems else self._digest(body),
            is_unread=bool(problems),
            reason=reason[:300],
        )
        with self.running.transaction():
            ledger.note(self.entry, problems)
            self._waiting.append(row)
            self.flush()

    @cached_property
    def _known(self) -> int:
        """How many documents came from it, before the first body of this attempt is stored."""
        with self.running.transaction():
            return ledger.documents(self.entry).count()

    def _doubt(self, parsed: Parsed, *, is_first: bool) -> None:
        connection = self.entry.connection
        found = plausible.doubt(self.kind, parsed, self._known, connection.habit, is_first=is_first)
        if found:
            raise Doubtful(found)

    def _arrived(self, parsed: Parsed, body: Body) -> list[Incoming]:
        arrived = [cleaned(arrivals.incoming(item, body)) for item in parsed.items]
        if not self.kind.is_listing:
            return arrived
        with self.running.transaction():
            return under_known_ids(self.entry.connection, arrived)

    def _store(self, batch: list[Incoming], body: Body) -> Problems:
        """Store a batch, count it and say that it was seen, all or nothing."""
        try:
            with self.running.transaction():
                self._store_seen(batch, body)
        except DataError:
            if len(batch) == 1:
                return [(batch[0].external_id, _("The database does not take this entry."))]
            return [problem for one in batch for problem in self._store([one], body)]
        return []

    def _store_seen(self, batch: list[Incoming], body: Body) -> None:
        self._hold()
        stored = store_many(self.entry.connection.collection, batch, clock.now())
        self._find_room(batch, stored)
        marked = {seen.mark(one.document.external_id): one for one in stored}
        first = [one for mark, one in marked.items() if mark not in self.sighted.ids]
        clear = [one.outcome for one in first if not one.is_held]
        new, changed, held = clear.count(Outcome.NEW), clear.count(Outcome.CHANGED), len(first) - len(clear)
        if new or changed or held:
            ledger.add(self.entry, new=new, changed=changed, held=held)
        row = sightings.row_of(self.entry.run, body, ids=seen.packed(marked), is_last=False)
        sightings.write(self.sighted, [row])

    def _find_room(self, batch: Sequence[Incoming], stored: Sequence[Stored]) -> None:
        """The collection is measured once, when the first batch with something new is stored."""
        fresh = [
            item for item, one in zip(batch, stored, strict=True) if one.outcome is not Outcome.UNCHANGED
        ]
        if not fresh:
            return
        left = room(self.entry.connection.collection) if self._room is None else _after(self._room, fresh)
        if left.is_full:
            raise Full(_("This source has brought as much as a connection may hold; nothing more is stored."))
        self._room = left


def _after(left: Room, stored: Sequence[Incoming]) -> Room:
    characters = left.characters - sum(len(item.text) for item in stored)
    return Room(max(left.versions - len(stored), 0), max(characters, 0))


def _identities(external_id: str, body: Body) -> tuple[str, str]:
    """As the documents may have it: as it is, or hidden because it names somebody."""
    known = cleaned(Incoming(arrivals.identity(external_id, body), "", "", "")).external_id
    return known, hidden_identity(known)


def _batches(items: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
