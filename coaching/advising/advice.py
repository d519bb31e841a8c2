"""A coach asks about one person; the answer is stored, sealed in that person's room."""

import json
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet

from careerforge.assistant import feedback, reviewing
from careerforge.assistant.receipt import Receipt
from careerforge.gateway.budget import Exceeded
from careerforge.governance import audit
from careerforge.people import rooms
from careerforge.people.models import Room, RoomMembership, User
from careerforge.tenancy import context
from careerforge.vault.sealing import keyed_hash
from coaching import rated
from coaching.advising import again
from coaching.advising.keeping import Seal
from coaching.advising.making import Asked, Made, made, prepare, to_ask
from coaching.advising.opened import Opened
from coaching.advising.withholding import open_to
from coaching.advising.wording import Worded
from coaching.answers.answer import Answer
from coaching.models import Advice, AdviceSource

__all__ = ["Opened", "TooMany", "ask", "earlier", "form_key_of", "open_advice", "prepare"]

# Of drafts that wait for a review.
TARGET = "advice"


class TooMany(Exception):
    """A limit is reached, and whoever asked wants a model or nothing; nothing was stored.

    Attributes:
        until: when they may ask again.
    """

    def __init__(self, exceeded: Exceeded) -> None:
        self.until = exceeded.until
        super().__init__(exceeded.sentence)


def ask(
    coach: User, employee: User, question: str, form_key: UUID, now: datetime, *, or_refuse: bool = False
) -> Opened:
    """Answer a question about one of the coach's people. The same form sent twice is answered once.

    The caller has checked that ``employee`` is one of theirs. A request's transaction is paused while a model
    is asked; whatever may have changed meanwhile is looked up again.

    Args:
        or_refuse: whether a limit that is reached is an error; else the rules answer and say so.

    Raises:
        TooMany: a limit is reached.
        Http404: the person is none of the coach's any more.
    """
    room = rooms.open_for(employee)
    rooms.admit(room, coach, by=employee)
    seal = Seal(room, rooms.key_for(room, coach))
    digest = keyed_hash("content", str(coach.pk), str(employee.pk), question, str(form_key)).hex()
    if found := _given(coach, digest):
        return open_advice(found, seal.room, seal.key)
    asked = Asked(coach, employee, question, now)
    asking = to_ask(asked, seal)
    if asking is None:
        answer = made(asked, None)
    else:
        with context.pause():
            worded = asking.word()
        asked, seal, answer = _afterwards(asked, worded)
    if answer.exceeded and or_refuse:
        raise TooMany(answer.exceeded)
    try:
        with transaction.atomic():
            return _store(seal, asked, digest, answer)
    except IntegrityError:
        return open_advice(_given(coach, digest), seal.room, seal.key)


def _given(coach: User, digest: str) -> Any:
    """The first answer to the same request; None when there is none."""
    return _for_reader(coach).filter(request_hash=digest).first()


def _afterwards(asked: Asked, worded: Worded | Exceeded | None) -> tuple[Asked, Seal, Made]:
    """The answer, by what is so after a model was asked: words that rest on anything else are not used."""
    fresh, seal = again.entered(asked)
    words = worded if isinstance(worded, Worded) else None
    if not again.is_same(asked, fresh, words):
        return fresh, seal, made(fresh, None if words else worded)
    if words and not again.may_be_worded(fresh):
        worded = None
    return asked, seal, made(asked, worded)


def _for_reader(coach: User) -> QuerySet[Any]:
    """Rows with all that opening them for this coach needs."""
    return Advice.objects.annotate(
        open_chunks=open_to(coach), review=reviewing.beside(TARGET), said=feedback.beside(coach, rated.KIND)
    )


def _store(seal: Seal, asked: Asked, digest: str, answer: Made) -> Opened:
    coach, employee = asked.coach, asked.employee
    row = Advice(
        id=uuid4(),
        room=seal.room,
        coach=coach,
        employee=employee,
        request_hash=digest,
        model_used=answer.model_used[:80],
        prompt_version=answer.prompt_version,
        generated_at=asked.now,
        call=answer.call,
    )
    row.sealed_question = rooms.seal_text(seal.room, seal.key, row.id, "question", asked.question)
    row.sealed_answer = sealed_answer(row, seal, kept(answer))
    row.save(force_insert=True)
    note_sources(row, answer.answer)
    audit.record(
        coach, "advice.asked", subject=employee.id, target=row, actor_kind="coach", model=row.model_used
    )
    if answer.waits:
        _submit(row, coach, employee, answer.waits, answer.told, asked.now)
    return open_advice(_for_reader(coach).get(pk=row.pk), seal.room, seal.key)


def _submit(
    row: Advice, coach: User, employee: User, waits: Worded, told: Receipt | None, now: datetime
) -> None:
    """A model's version that is not shown before a coach has looked at it, if there is one who can."""
    policy = any(code.startswith(reviewing.reasons.POLICY) for code in waits.why)
    draft = {
        "answer": waits.answer.as_json(),
        "model": waits.model,
        "prompt_version": waits.prompt_version,
        "receipt": told.as_json() if told else None,
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
