"""A coach asks about one person; the answer is stored, sealed in that person's room."""

import json
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet

from careerforge.assistant import feedback, reviewing
from careerforge.assistant.receipt import Receipt
from careerforge.governance import audit
from careerforge.people import rooms
from careerforge.people.models import Room, RoomMembership, User
from careerforge.vault.sealing import keyed_hash
from coaching import rated
from coaching.advising.keeping import Seal
from coaching.advising.making import Made, TooMany, prepare
from coaching.advising.opened import Opened
from coaching.advising.withholding import open_to
from coaching.advising.wording import Worded
from coaching.answers.answer import Answer
from coaching.models import Advice, AdviceSource

__all__ = ["Opened", "TooMany", "ask", "earlier", "form_key_of", "open_advice", "prepare"]

# Of drafts that wait for a review.
TARGET = "advice"


def ask(coach: User, employee: User, question: str, form_key: UUID, now: datetime) -> Opened:
    """Answer a question about one of the coach's people. The same form sent twice is answered once.

    The caller has checked that ``employee`` is one of theirs.

    Raises:
        TooMany: this coach's questions for the hour are used up.
    """
    room = rooms.open_for(employee)
    rooms.admit(room, coach, by=employee)
    key = rooms.key_for(room, coach)
    digest = keyed_hash("content", str(coach.pk), str(employee.pk), question, str(form_key)).hex()
    given = _for_reader(coach)
    earlier = given.filter(request_hash=digest).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return _answer(Seal(room, key), coach, employee, question, digest, now)
        except IntegrityError:
            earlier = given.get(request_hash=digest)
    return open_advice(earlier, room, key)


def _for_reader(coach: User) -> QuerySet[Any]:
    """Rows with all that opening them for this coach needs."""
    return Advice.objects.annotate(
        open_chunks=open_to(coach), review=reviewing.beside(TARGET), said=feedback.beside(coach, rated.KIND)
    )


def _answer(seal: Seal, coach: User, employee: User, question: str, digest: str, now: datetime) -> Opened:
    made = prepare(coach, employee, question, now, seal)
    row = Advice(
        id=uuid4(),
        room=seal.room,
        coach=coach,
        employee=employee,
        request_hash=digest,
        model_used=made.model_used[:80],
        prompt_version=made.prompt_version,
        generated_at=now,
        call=made.call,
    )
    row.sealed_question = rooms.seal_text(seal.room, seal.key, row.id, "question", question)
    row.sealed_answer = sealed_answer(row, seal, kept(made))
    row.save(force_insert=True)
    note_sources(row, made.answer)
    audit.record(
        coach, "advice.asked", subject=employee.id, target=row, actor_kind="coach", model=row.model_used
    )
    if made.waits:
        _submit(row, coach, employee, made.waits, now)
    return open_advice(_for_reader(coach).get(pk=row.pk), seal.room, seal.key)


def _submit(row: Advice, coach: User, employee: User, waits: Worded, now: datetime) -> None:
    """A model's version that is not shown before a coach has looked at it, if there is one who can."""
    policy = any(code.startswith(reviewing.reasons.POLICY) for code in waits.why)
    draft = {
        "answer": waits.answer.as_json(),
        "model": waits.model,
        "prompt_version": waits.prompt_version,
    }
    reviewing.submit(
        reviewing.Kind.POLICY if policy else reviewing.Kind.LOW_CONFIDENCE,
        employee,
        TARGET,
        row.pk,
        waits.why,
        coach,
        now,
        draft=json.dumps(draft, default=str),
    )


def kept(made: Made) -> dict[str, Any]:
    """An answer as it is sealed."""
    return made.answer.as_json() | {"receipt": made.receipt.as_json() if made.receipt else None}


def sealed_answer(row: Advice, seal: Seal, stored: dict[str, Any]) -> bytes:
    """The text of a row, sealed in its room."""
    return rooms.seal_text(seal.room, seal.key, row.id, "answer", json.dumps(stored, default=str))


def stored_answer(row: Advice, room: Room, key: bytes) -> dict[str, Any]:
    """The way back."""
    found: dict[str, Any] = json.loads(rooms.open_text(room, key, row.id, "answer", row.sealed_answer))
    return found


def note_sources(row: Advice, *answers: Answer) -> None:
    """Write down which passages a row rests on, for whoever opens it later."""
    chunks = [s.chunk_id for answer in answers for s in answer.sources if s.chunk_id]
    AdviceSource.objects.bulk_create(
        AdviceSource(advice=row, position=place, chunk_id=chunk) for place, chunk in enumerate(chunks, 1)
    )


def open_advice(row: Any, room: Room, key: bytes) -> Opened:
    """Open one advice with the room's key, without what its reader may not see any more.

    Args:
        row: an advice as :func:`_for_reader` gives it.
    """
    stored = stored_answer(row, room, key)
    answer, before = Answer.from_json(stored), stored.get("by_rules")
    by_rules = Answer.from_json(before) if before else None
    why = stored.get("receipt")
    return Opened(
        row.id,
        rooms.open_text(room, key, row.id, "question", row.sealed_question),
        answer.without(answer.chunks.difference(row.open_chunks)),
        row.model_used,
        row.prompt_version,
        row.generated_at,
        Receipt.from_json(why) if why else None,
        by_rules.without(by_rules.chunks.difference(row.open_chunks)) if by_rules else None,
        reviewing.read(row.review),
        feedback.read(rated.KIND, row.id, row.said),
    )


def earlier(coach: User, employee: User, limit: int = 10) -> list[Opened]:
    """What this coach asked about this person before, newest first: one query, none outside the room."""
    inside = RoomMembership.objects.filter(room=OuterRef("room"), user=coach, left_at__isnull=True)
    rows = _for_reader(coach).filter(coach=coach, employee=employee).select_related("room")
    rows = rows.annotate(
        member=inside.values("id")[:1],
        wrapped_key=inside.values("wrapped_key")[:1],
    )
    found: list[Any] = list(rows.filter(member__isnull=False)[:limit])
    if not found:
        return []
    first = found[0]
    mine = RoomMembership(id=first.member, room=first.room, user=coach, wrapped_key=first.wrapped_key)
    key = rooms.key_of(mine)
    return [open_advice(row, first.room, key) for row in found]


def form_key_of(idempotency_key: str | None) -> UUID | None:
    """The API's Idempotency-Key in the place of the form's own."""
    return uuid5(NAMESPACE_OID, idempotency_key) if idempotency_key else None
