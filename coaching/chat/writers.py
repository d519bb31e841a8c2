"""The threads of this process that write answers: few, watched, and never waited for by a page.

Four write at the same time: with sixteen threads for pages and as many connections to PostgreSQL, which a
writer holds two of, at least eight are left. A question that comes while twelve wait is refused before it is
stored.

A process that stops waits for none of them: what it leaves is incomplete when its lease ends, 15 seconds
after its last sign of life, whether it was told to stop or killed.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connections
from django.utils import timezone

from careerforge.people import rooms
from careerforge.people.clock import time_zone
from careerforge.tenancy import context
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

_slots = threading.BoundedSemaphore(MOST)
# Answers in the making here, each with what ends it.
_under_way: dict[UUID, threading.Event] = {}


def is_full() -> bool:
    """Whether another question would have to wait too long."""
    return len(_under_way) >= MOST + WAITING


def start(generation: UUID, organisation: UUID) -> None:
    """Write an answer in the background. To be called when its row is committed."""
    gone = threading.Event()
    _under_way[generation] = gone
    threading.Thread(
        target=_run, args=(generation, organisation, gone), name=f"chat {generation}", daemon=True
    ).start()


def end(generation: UUID) -> None:
    """Tell a writer of this process that its answer is not wanted any more; others notice by their lease."""
    if generation in _under_way:
        _under_way[generation].set()


def _run(generation: UUID, organisation: UUID, gone: threading.Event) -> None:
    try:
        if _slots.acquire(timeout=life.QUEUE.total_seconds()):
            try:
                # Ended before its turn: an attempt that was begun since has a thread of its own.
                if not gone.is_set():
                    _watched(generation, organisation, gone)
            finally:
                _slots.release()
    finally:
        if _under_way.get(generation) is gone:
            del _under_way[generation]
        connections.close_all()


def _watched(generation: UUID, organisation: UUID, gone: threading.Event) -> None:
    """Write it, with a second thread that gives signs of life while a model thinks."""
    done = threading.Event()
    beat = threading.Thread(target=_beat, args=(generation, organisation, gone, done), daemon=True)
    beat.start()
    try:
        write(generation, organisation, gone.is_set, timezone.now)
    finally:
        done.set()
        beat.join(1)


def _beat(generation: UUID, organisation: UUID, gone: threading.Event, done: threading.Event) -> None:
    while not done.wait(BEAT_S):
        with context.organisation(organisation):
            alive = life.renew(generation, timezone.now())
        connections.close_all()
        if not alive:
            gone.set()
            return


def write(
    generation: UUID, organisation: UUID, stops: Callable[[], bool], clock: Callable[[], datetime]
) -> None:
    """Write one answer to its end, whatever that is. Does nothing when somebody else does."""
    with context.organisation(organisation):
        row = _open(generation)
        if row is None:
            return
        owner, conversation = row.owner, row.message.conversation
        key = rooms.key_for(conversation.room, owner)
        pen = life.take_up(row, conversation.room, key, clock())
        if pen is None:
            return
        question = rooms.open_text(
            conversation.room, key, row.message_id, "question", row.message.sealed_question
        )
        turns = turns_before(row.message, conversation.room, key, owner)
        writer = Writer(owner, question, turns, clock(), stops)
        ended = State.INCOMPLETE
        try:
            with timezone.override(time_zone(owner)):
                ended = _written(writer, pen, clock)
        finally:
            pen.end(ended, writer.made, clock())


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


def _log(failed: threading.ExceptHookArgs) -> None:
    """What goes wrong in a thread is a line in the log like everything else."""
    if failed.exc_value is not None:
        logger.error("a thread failed", exc_info=(failed.exc_type, failed.exc_value, failed.exc_traceback))


threading.excepthook = _log
