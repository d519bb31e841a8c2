"""A person's conversations: begun, found, thrown away, brought back, and gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from careerforge.assistant.models import Feedback
from careerforge.gateway.models import SentText
from careerforge.people import rooms
from careerforge.people.models import Room, User
from coaching.chat.outgoing import FUNCTION
from coaching.models import Conversation, Generation, Message

KIND = Room.Kind.PRIVATE
# What its answers are called where results are rated.
RATED = "chat"
# Time to change one's mind, and how long a conversation that nobody goes on with is kept.
TRASH, KEPT = timedelta(days=14), timedelta(days=365)
# So many are listed; the older ones are a page further.
LISTED = 20
TITLE = 80
EMPTIED_AT_ONCE = 200
# A call might begin so long after its answer was stopped.
LATE = timedelta(seconds=15)


@dataclass(frozen=True)
class Entry:
    """A conversation in the list."""

    id: UUID
    title: str
    last_at: datetime
    # When it goes for good; None for one that is not in the trash.
    gone_on: datetime | None


def begin(owner: User, now: datetime) -> Conversation:
    """A conversation without a message yet, in the person's private room."""
    room = rooms.open_for(owner, KIND)
    return Conversation.objects.create(room=room, owner=owner, started_at=now, last_at=now)


def of(owner: User, pk: UUID, *, trashed: bool = False) -> Conversation:
    """One of the person's own. Anything else does not exist: 404."""
    found = _own(owner).filter(pk=pk, deleted_at__isnull=not trashed).first()
    if found is None:
        raise Http404
    return found


def message_of(owner: User, pk: UUID) -> Message:
    """A message of one of the person's own conversations, with its generation; else 404."""
    rows = Message.objects.select_related("generation", "conversation__room")
    found = rows.filter(pk=pk, conversation__owner=owner, conversation__deleted_at=None).first()
    if found is None:
        raise Http404
    return found


def _own(owner: User) -> QuerySet[Conversation]:
    return Conversation.objects.filter(owner=owner).select_related("room")


def listed(owner: User, key: bytes | None, first: int = 0) -> tuple[list[Entry], bool]:
    """What the list shows, newest first, and whether there are older ones: one query.

    Args:
        key: of the private room; None while the person has none, and so no conversation.
        first: how many newer ones are left out.
    """
    if key is None:
        return [], False
    rows = _own(owner).filter(deleted_at=None).exclude(sealed_title=b"")[first : first + LISTED + 1]
    found = [_entry(row, key) for row in rows]
    return found[:LISTED], len(found) > LISTED


def thrown_away(owner: User, key: bytes | None) -> list[Entry]:
    """What can still be brought back: one query."""
    if key is None:
        return []
    rows = _own(owner).filter(deleted_at__isnull=False).exclude(sealed_title=b"").order_by("-deleted_at")
    return [_entry(row, key) for row in rows[:LISTED]]


def _entry(row: Conversation, key: bytes) -> Entry:
    gone_on = row.deleted_at + TRASH if row.deleted_at else None
    return Entry(row.pk, title_of(row, key), row.last_at, gone_on)


def title_of(row: Conversation, key: bytes) -> str:
    """The beginning of the first question; empty before there is one."""
    return rooms.open_text(row.room, key, row.pk, "title", row.sealed_title) if row.sealed_title else ""


def seal_title(row: Conversation, key: bytes, question: str) -> bytes:
    """The first question, cut between words."""
    return rooms.seal_text(row.room, key, row.pk, "title", shortened(question))


def shortened(question: str) -> str:
    """A text of at most 80 characters; a word that fills most of it is cut too. Pure."""
    words = " ".join(question.split())
    if len(words) <= TITLE:
        return words
    between = words[: TITLE - 1].rsplit(" ", 1)[0]
    return (between if len(between) > TITLE // 2 else words[: TITLE - 1]) + "…"


def throw_away(conversation: Conversation, now: datetime) -> list[UUID]:
    """Into the trash, and what is being written in it ends. Gives back the answers under way."""
    Conversation.objects.filter(pk=conversation.pk, deleted_at=None).update(deleted_at=now)
    under_way = Generation.objects.filter(message__conversation=conversation, state__in=Generation.OPEN)
    ended = list(under_way.values_list("pk", flat=True))
    under_way.update(state=Generation.State.STOPPED, finished_at=now)
    return ended


def bring_back(conversation: Conversation) -> None:
    """Out of the trash."""
    Conversation.objects.filter(pk=conversation.pk).update(deleted_at=None)


def empty_trash(now: datetime) -> int:
    """Remove for good what has been in the trash for 14 days, or was not gone on with for a year.

    The texts that left for a model for these conversations, and what was said of its answers, go along. Gives
    back how many conversations went.
    """
    over = Q(deleted_at__lte=now - TRASH) | Q(last_at__lte=now - KEPT)
    ids = list(Conversation.objects.filter(over).values_list("pk", flat=True)[:EMPTIED_AT_ONCE])
    SentText.objects.filter(about__in=ids).delete()
    _forget_unnamed(ids)
    gone = Message.objects.filter(conversation__in=ids).values_list("pk", flat=True)
    Feedback.objects.filter(result_kind=RATED, result_id__in=list(gone)).delete()
    Conversation.objects.filter(pk__in=ids).delete()
    return len(ids)


def _forget_unnamed(ids: Sequence[UUID]) -> None:
    """Remove the texts of these conversations from before texts said what they belong to.

    A call that gave an answer stands on its row. Another is known by its time: one person has one answer in
    the making.
    """
    unnamed = SentText.objects.filter(about=None, call__function=FUNCTION)
    calls = Generation.objects.filter(message__conversation__in=ids, call__isnull=False)
    unnamed.filter(call_id__in=list(calls.values_list("call", flat=True))).delete()
    then = Message.objects.filter(
        conversation__in=ids,
        conversation__owner=OuterRef("subject"),
        asked_at__lte=OuterRef("sent_at"),
        generation__finished_at__gte=OuterRef("sent_at") - LATE,
    )
    kept = Generation.objects.filter(call=OuterRef("call"))
    unnamed.filter(Exists(then), ~Exists(kept)).delete()


def key_of(owner: User) -> tuple[Room, bytes] | None:
    """The private room and its key, if there is one yet: one query."""
    return rooms.entered(owner, owner, KIND)
