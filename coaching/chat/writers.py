"""The threads of this process that write answers: few, watched, and never waited for by a page.

Four write at the same time: with sixteen threads for pages and as many connections to PostgreSQL, which a
writer holds two of, at least eight are left. Of one person, one writes: who stops one and asks again waits
until that has left. A question that comes while twelve wait is refused before it is stored.

A process that stops waits for none of them: what it leaves is incomplete when its lease ends, 15 seconds
after its last sign of life, whether it was told to stop or killed.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import Error, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.people import rooms
from careerforge.people.clock import time_zone
from careerforge.tenancy import context
from careerforge.web import error_number
from coaching.chat import generation as life
from coaching.chat.generation import State
from coaching.chat.pieces import Kind, Piece
from coaching.chat.reading import turns_before
from coaching.chat.writing import Writer
from coaching.models import Generation

logger = logging.getLogger("careerforge.chat")
MOST, WAITING = 4, 12
# Three signs of life within a lease.
BEAT_S = 5.0

# Of the threads of one person: one that writes or is about to leave, and one that waits for it.
EACH = 2


@dataclass(eq=False)
class _Thread:
    """An answer in the making here.

    Attributes:
        gone: ends it.
        writes: holds one of the places.
    """

    generation: UUID
    owner: UUID
    gone: threading.Event = field(default_factory=threading.Event)
    writes: bool = False


# Every thread until it has left, not every answer: one that was stopped may still be leaving.
_under_way: list[_Thread] = []
_changed = threading.Condition()


def is_full() -> bool:
    """Whether another question would have to wait too long."""
    return len(_under_way) >= MOST + WAITING


def is_busy_for(owner: UUID) -> bool:
    """Whether so much of one person's is still under way here that another attempt cannot begin."""
    return sum(one.owner == owner for one in list(_under_way)) >= EACH


def start(generation: UUID, organisation: UUID, owner: UUID, *, at_once: bool = False) -> None:
    """Write an answer in the background. To be called when its row is committed.

    Args:
        at_once: without waiting for an earlier answer of the person's to leave.
    """
    new = _Thread(generation, owner)
    with _changed:
        _under_way.append(new)
    threading.Thread(
        target=_run, args=(new, organisation, at_once), name=f"chat {generation}", daemon=True
    ).start()


def end(generation: UUID) -> None:
    """Tell a writer of this process that its answer is not wanted any more; others notice by their lease."""
    with _changed:
        for one in _under_way:
            if one.generation == generation:
                one.gone.set()
        _changed.notify_all()


def _run(new: _Thread, organisation: UUID, at_once: bool) -> None:
    error_number.new()
    try:
        if _its_turn(new, at_once):
            _watched(new.generation, organisation, new.gone)
    except Exception:  # The end of the thread: nobody is above it who would log what was not expected.
        logger.exception("an answer of the chat failed")
    finally:
        connections.close_all()
        with _changed:
            _under_way.remove(new)
            _changed.notify_all()


def _its_turn(new: _Thread, at_once: bool) -> bool:
    """Wait for a place; False when the answer was ended, or has waited too long, before there was one."""
    with _changed:
        _changed.wait_for(lambda: new.gone.is_set() or _has_room(new, at_once), life.QUEUE.total_seconds())
        new.writes = not new.gone.is_set() and _has_room(new, at_once)
        return new.writes


def _has_room(new: _Thread, at_once: bool) -> bool:
    writing = [one.owner for one in _under_way if one.writes]
    return len(writing) < MOST and (at_once or new.owner not in writing)


def _watched(generation: UUID, organisation: UUID, gone: threading.Event) -> None:
    """Write it, with a second thread that gives signs of life while a model thinks."""

    @contextmanager
    def beating(pen: life.Pen) -> Iterator[None]:
        done = threading.Event()
        beat = threading.Thread(target=_beat, args=(pen, organisation, gone, done), daemon=True)
        beat.start()
        try:
            yield
        finally:
            done.set()
            beat.join(1)

    write(generation, organisation, gone.is_set, timezone.now, beating)


def _beat(pen: life.Pen, organisation: UUID, gone: threading.Event, done: threading.Event) -> None:
    while not done.wait(BEAT_S):
        try:
            with context.organisation(organisation):
                alive = life.renew(pen.generation, pen.attempt, timezone.now())
        except Error:
            # The next sign may come through; without any, the lease ends.
            logger.warning("a sign of life of the chat failed", exc_info=True)
            continue
        finally:
            connections.close_all()
        if not alive:
            gone.set()
            return


def write(
    generation: UUID,
    organisation: UUID,
    stops: Callable[[], bool],
    clock: Callable[[], datetime],
    beating: Callable[[life.Pen], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Write one answer to its end, whatever that is. Does nothing when somebody else does.

    No transaction is open while a model is asked.

    Args:
        stops: asked while a model is silent, and between pieces, whether to end early.
        beating: gives signs of life while the answer is written.
    """
    with context.organisation(organisation):
        taken = _taken_up(generation, stops, clock())
    if taken is None:
        return
    pen, writer = taken
    ended: State | None = None
    with beating(pen), context.named(organisation), timezone.override(time_zone(writer.owner)):
        try:
            ended = _written(writer, pen, clock)
        finally:
            if ended is None:
                pen.add(Piece(Kind.NOTE, _failed()), clock())
            pen.end(ended or State.INCOMPLETE, writer.made, clock())


def _failed() -> str:
    words = {"id": error_number.current()}
    return _("Something went wrong on our side. Number %(id)s is in the log.") % words


def _taken_up(generation: UUID, stops: Callable[[], bool], now: datetime) -> tuple[life.Pen, Writer] | None:
    """The right to write, and all that the writer has to know; None when it is somebody else's."""
    row = _open(generation)
    if row is None:
        return None
    owner, message = row.owner, row.message
    room = message.conversation.room
    key = rooms.key_for(room, owner)
    pen = life.take_up(row, room, key, now)
    if pen is None:
        return None
    question = rooms.open_text(room, key, message.pk, "question", message.sealed_question)
    turns = turns_before(message, room, key, owner)
    return pen, Writer(owner, question, turns, now, stops, about=message.conversation_id)


def _open(generation: UUID) -> Generation | None:
    rows = Generation.objects.select_related(
        "owner__profile__practice", "owner__organisation", "owner__key", "message__conversation__room"
    )
    return rows.filter(pk=generation, message__conversation__deleted_at=None).first()


def _written(writer: Writer, pen: life.Pen, clock: Callable[[], datetime]) -> State:
    if pen.written and not pen.add(Piece(Kind.OVER), clock()):
        return State.STOPPED
    for piece in writer.pieces():
        if not pen.add(piece, clock()):
            return State.STOPPED
    if writer.stops():
        return State.STOPPED
    return State.INCOMPLETE if writer.made.is_cut else State.DONE
