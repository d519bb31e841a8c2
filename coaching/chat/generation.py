"""The life of one answer: queued, written under a lease, and then done, stopped or incomplete.

Whoever writes renews the lease while they live. When the process is killed the lease ends, and the answer is
incomplete from that moment on, whether or not anybody has written so. All of the writer's rows are kept in
short transactions beside the one that reads, so that each piece can be seen as soon as it is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet

from careerforge.assistant import confidence
from careerforge.people import rooms
from careerforge.people.models import Room, User
from careerforge.tenancy import aside
from coaching.chat.pieces import Piece
from coaching.chat.writing import Made
from coaching.models import Delta, Generation

State = Generation.State
# A queued answer waits so long for a writer; a written one is given up so long after the last sign of life.
QUEUE, LEASE = timedelta(seconds=60), timedelta(seconds=15)


@dataclass
class Pen:
    """The right to write one attempt at an answer, and the key that seals it."""

    generation: UUID
    attempt: int
    written: int
    room: Room
    key: bytes

    def add(self, piece: Piece, now: datetime) -> bool:
        """Store one piece; False when the right is lost: stopped, asked again, or given up."""
        with _beside() as alias:
            mine = self._mine(alias)
            if not mine.update(written=F("written") + 1, lease_until=now + LEASE):
                return False
            self.written += 1
            row = Delta(generation_id=self.generation, number=self.written)
            row.sealed_piece = seal(self.room, self.key, self.generation, self.written, piece)
            row.save(using=alias, force_insert=True)
        return True

    def end(self, state: State, made: Made, now: datetime) -> bool:
        """Say how it ended; False when somebody else has said so."""
        with _beside() as alias:
            return bool(
                self._mine(alias).update(
                    state=state,
                    finished_at=now,
                    model_used=made.model,
                    prompt_version=made.prompt_version[:64],
                    call=made.call,
                    read=made.read,
                    struck=made.struck,
                    data_on=made.prepared.data_on if made.prepared else None,
                )
            )

    def _mine(self, alias: str) -> QuerySet[Generation]:
        rows = Generation.objects.using(alias)
        return rows.filter(pk=self.generation, attempt=self.attempt, state=State.WRITING)


@contextmanager
def _beside() -> Iterator[str]:
    with aside.transaction_of_its_own() as opened:
        opened.enter()
        yield aside.alias()


def seal(room: Room, key: bytes, generation: UUID, number: int, piece: Piece) -> bytes:
    """A piece, bound to its place in its answer."""
    return rooms.seal_text(room, key, generation, f"piece {number}", piece.as_json())


def open_piece(room: Room, key: bytes, row: Delta) -> Piece:
    """A stored piece in clear."""
    field = f"piece {row.number}"
    return Piece.from_json(rooms.open_text(room, key, row.generation_id, field, row.sealed_piece))


def said(row: Generation, sentences: int) -> float | None:
    """The share of an answer's sentences that is supported, 0 to 1; None for an answer that has none.

    What a model had written before the rules' answer took its place is no part of it.
    """
    struck = 0 if row.model_used == "rules" else row.struck
    return confidence.share(sentences, sentences + struck)


def take_up(generation: Generation, room: Room, key: bytes, now: datetime) -> Pen | None:
    """The right to write, for one; None when somebody has it, or nobody wants the answer any more."""
    with _beside() as alias:
        waiting = Generation.objects.using(alias).filter(
            pk=generation.pk, attempt=generation.attempt, state=State.QUEUED
        )
        if not waiting.update(state=State.WRITING, lease_until=now + LEASE):
            return None
    return Pen(generation.pk, generation.attempt, generation.written, room, key)


def renew(generation: UUID, attempt: int, now: datetime) -> bool:
    """A sign of life of one attempt; False when it is not wanted any more, or another has been begun."""
    rows = Generation.objects.filter(pk=generation, attempt=attempt, state__in=Generation.OPEN)
    return bool(rows.update(lease_until=now + LEASE))


def stop(generation: Generation, now: datetime) -> bool:
    """End it at the wish of its owner; what is written stays to be seen. False when it had ended."""
    rows = Generation.objects.filter(pk=generation.pk, state__in=Generation.OPEN)
    return bool(rows.update(state=State.STOPPED, finished_at=now))


def close_lost(now: datetime, owner: User | None = None) -> int:
    """Write down what is so already: answers whose lease has ended are incomplete. Gives back how many."""
    lost = Generation.objects.filter(state__in=Generation.OPEN, lease_until__lte=now)
    mine = lost.filter(owner=owner) if owner else lost
    return mine.update(state=State.INCOMPLETE, finished_at=now)


def again(generation: Generation, now: datetime) -> bool:
    """Queue another attempt at what was stopped or left incomplete; its pieces go. False when it was neither.

    The caller has closed what was lost.
    """
    ended = Generation.objects.filter(
        pk=generation.pk, attempt=generation.attempt, state__in=[State.STOPPED, State.INCOMPLETE]
    )
    changed = ended.update(
        state=State.QUEUED, attempt=F("attempt") + 1, lease_until=now + QUEUE, finished_at=None, struck=0
    )
    if changed:
        Delta.objects.filter(generation=generation).delete()
    return bool(changed)
