"""A question is stored, once, and its answer begins; nothing is written while the person waits."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from careerforge.assistant import policy
from careerforge.people import rooms
from careerforge.people.models import User
from careerforge.vault.sealing import keyed_hash
from coaching.chat import conversations, limits, writers
from coaching.chat import generation as life
from coaching.chat.limits import TooMuch
from coaching.models import Conversation, Generation, Message


@dataclass(frozen=True)
class Stored:
    """The message of a question: the first one, however often the same form came."""

    message: Message


def ask(
    owner: User,
    question: str,
    form_key: UUID,
    now: datetime,
    into: Conversation | None = None,
    *,
    only_by_model: bool = False,
) -> Stored | TooMuch:
    """Store a question and begin its answer, or say why not now.

    Args:
        form_key: of the form or the request: the same one with the same question is one message, one answer
            and one charge.
        into: the conversation; None begins a new one.
        only_by_model: refuse what a limit leaves to the rules; else they answer it.
    """
    digest = _digest(owner, question, str(form_key))
    if earlier := _earlier(digest):
        return Stored(earlier)
    life.close_lost(now, owner)
    if policy.is_urgent(question):
        # Nothing stands before help: neither a limit, nor an answer that is being written.
        _end_what_is_written(owner, now)
    elif refused := _busy(owner) or (limits.reached(owner, now) if only_by_model else None):
        # Another click with the same form may have been quicker.
        earlier = _earlier(digest)
        return Stored(earlier) if earlier else refused
    try:
        with transaction.atomic():
            return Stored(_store(owner, question, digest, now, into))
    except IntegrityError:
        earlier = _earlier(digest)
        return Stored(earlier) if earlier else _one_at_a_time()


def _digest(owner: User, question: str, form_key: str) -> str:
    """Of a form with its question. One that went into the trash is behind: the same again is asked anew."""
    digest = keyed_hash("content", "chat", str(owner.pk), question, form_key).hex()
    thrown_away = Message.objects.filter(form_hash=digest, conversation__deleted_at__isnull=False)
    return _digest(owner, question, digest) if thrown_away.exists() else digest


def _earlier(digest: str) -> Message | None:
    rows = Message.objects.select_related("conversation", "generation")
    return rows.filter(form_hash=digest).first()


def _busy(owner: User) -> TooMuch | None:
    if Generation.objects.filter(owner=owner, state__in=Generation.OPEN).exists():
        return _one_at_a_time()
    if writers.is_full():
        return TooMuch(_("Many people are asking at the moment. Ask again in a few seconds."), 503)
    if writers.is_busy_for(owner.pk):
        return TooMuch(_("Your last answer is just being ended. Ask again in a few seconds."), 429)
    return None


def _end_what_is_written(owner: User, now: datetime) -> None:
    for under_way in Generation.objects.filter(owner=owner, state__in=Generation.OPEN):
        if life.stop(under_way, now):
            writers.end(under_way.pk)


def _one_at_a_time() -> TooMuch:
    sentence = _("Your last answer is still being written. Wait for its end or stop it, then ask.")
    return TooMuch(sentence, 409)


def _store(owner: User, question: str, digest: str, now: datetime, into: Conversation | None) -> Message:
    conversation = into or conversations.begin(owner, now)
    key = rooms.key_for(conversation.room, owner)
    # Two tabs take turns at the end of one conversation.
    locked = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    last = Message.objects.filter(conversation=locked).aggregate(place=Max("place"))["place"] or 0
    row = Message(id=uuid4(), conversation=locked, place=last + 1, form_hash=digest, asked_at=now)
    row.sealed_question = rooms.seal_text(conversation.room, key, row.id, "question", question)
    row.save(force_insert=True)
    made = Generation.objects.create(message=row, owner=owner, lease_until=now + life.QUEUE)
    locked.last_at = now
    if not locked.sealed_title:
        locked.sealed_title = conversations.seal_title(conversation, key, question)
    locked.save(update_fields=["last_at", "sealed_title"])
    _begin(made, at_once=policy.is_urgent(question))
    return row


def again(owner: User, message: Message, now: datetime) -> TooMuch | None:
    """Begin another attempt at an answer that was stopped or left incomplete. Twice is once."""
    life.close_lost(now, owner)
    message.generation.refresh_from_db()
    if message.generation.state in Generation.OPEN:
        return None
    if refused := _busy(owner):
        return refused
    try:
        with transaction.atomic():
            if life.again(message.generation, now):
                _begin(message.generation)
    except IntegrityError:
        return _one_at_a_time()
    return None


def stop(message: Message, now: datetime) -> None:
    """End an answer that is being written; its call is cancelled."""
    if life.stop(message.generation, now):
        writers.end(message.generation.pk)


def _begin(made: Generation, *, at_once: bool = False) -> None:
    """A thread is no job: if this process ends now, the row's lease ends too, and it may be asked again."""
    assert made.organisation_id is not None
    begin = partial(writers.start, made.pk, made.organisation_id, made.owner_id, at_once=at_once)
    transaction.on_commit(begin)
