"""The event stream of one answer: it only replays numbered pieces, and writes nothing.

A stream holds one of the web server's sixteen threads. Six may be held, two by one person, so that ten are
left for pages; whoever comes on top of that gets what is there and comes back by themselves in a moment,
which is slower and never an error. A stream ends itself after 20 seconds, and the browser goes on from where
it was.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from careerforge.people import rooms
from careerforge.people.models import User
from careerforge.tenancy import context
from coaching.advising.withholding import still_open
from coaching.chat import pieces
from coaching.chat.generation import open_piece
from coaching.chat.pieces import Kind, Piece
from coaching.models import Generation, Message

HELD, HELD_BY_ONE = 6, 2
SECONDS, POLL_S, SIGN_S = 20.0, 0.3, 5.0
RETRY_MS = 1_500


@dataclass
class Seats:
    """How many streams are held open in this process, and by whom."""

    most: int = HELD
    each: int = HELD_BY_ONE
    _taken: Counter[UUID] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def taken_by(self, person: UUID) -> Iterator[bool]:
        """A seat for as long as it is used; False when there is none."""
        with self._lock:
            free = self._taken.total() < self.most and self._taken[person] < self.each
            if free:
                self._taken[person] += 1
        try:
            yield free
        finally:
            if free:
                with self._lock:
                    self._taken -= Counter([person])


SEATS = Seats()


@dataclass(frozen=True)
class Clock:
    """Time as a stream needs it; replaced in tests."""

    now: Callable[[], datetime] = timezone.now
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


CLOCK = Clock()


def response(request: HttpRequest, owner: User, message: Message) -> StreamingHttpResponse:
    """The stream behind ``?after=N`` or, when the browser comes back, behind ``Last-Event-ID``."""
    after = number(request.headers.get("Last-Event-ID")) or number(request.GET.get("after")) or 0
    found = StreamingHttpResponse(stream(owner, message, after), content_type="text/event-stream")
    found["Cache-Control"] = "private, no-store"
    # A proxy that collects an answer before it hands it on would take the stream's point away.
    found["X-Accel-Buffering"] = "no"
    return found


def number(text: str | None) -> int | None:
    """A number of an address, or None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def stream(owner: User, message: Message, after: int, clock: Clock = CLOCK) -> Generator[str, None, None]:
    """Events as text: ``piece`` with its number as id, then ``end`` with the state."""
    yield f"retry: {RETRY_MS}\n\n"
    with SEATS.taken_by(owner.pk) as held:
        began = said = clock.seconds()
        while True:
            events, ended = _new(owner, message.pk, after, clock.now())
            for number, text in events:
                after, said = number, clock.seconds()
                yield text
            if ended:
                yield ended
                return
            if not held or clock.seconds() - began >= SECONDS:
                return
            if clock.seconds() - said >= SIGN_S:
                # Whoever went away is noticed by writing to them.
                said = clock.seconds()
                yield ": still writing\n\n"
            clock.sleep(POLL_S)


def _new(owner: User, message: UUID, after: int, now: datetime) -> tuple[list[tuple[int, str]], str]:
    """What has come since, and how it ended if it has; no connection is kept in between."""
    try:
        with context.organisation(owner.organisation_id):
            return _read(owner, message, after, now)
    finally:
        if not connection.in_atomic_block:
            connection.close()


def _read(owner: User, message: UUID, after: int, now: datetime) -> tuple[list[tuple[int, str]], str]:
    rows = Generation.objects.select_related("message__conversation__room").prefetch_related("deltas")
    row = rows.filter(message=message, owner=owner, message__conversation__deleted_at=None).first()
    if row is None:
        return [], _event("end", {"state": "gone"})
    state = row.state_at(now)
    ended = "" if state in Generation.OPEN else _event("end", {"state": state})
    deltas = list(row.deltas.all())
    if all(delta.number <= after for delta in deltas):
        return [], ended
    room = row.message.conversation.room
    key = rooms.key_for(room, owner)
    parts = [open_piece(room, key, delta) for delta in deltas]
    quoted = {chunk for piece in parts for chunk in piece.chunks}
    closed = quoted - still_open(owner, quoted)
    events = [
        (delta.number, _event("piece", _shown(one), delta.number))
        for delta, one in zip(deltas, pieces.numbered(parts), strict=True)
        if delta.number > after and not one.piece.chunks & closed
    ]
    return events, ended


def _shown(one: pieces.Numbered) -> dict[str, object]:
    """What a browser puts together as text; addresses are of our own pages only."""
    piece: Piece = one.piece
    cites = [{"n": n, "title": source.title} for n, source in zip(one.numbers, piece.sources, strict=False)]
    found: dict[str, object] = {"kind": str(piece.kind), "text": piece.text, "cites": cites}
    if piece.kind is Kind.HELP:
        found["contacts"] = [str(one) for one in piece.contacts]
    return found


def _event(name: str, data: dict[str, object], number: int | None = None) -> str:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
