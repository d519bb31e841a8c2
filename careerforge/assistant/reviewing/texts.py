"""The words of a review, sealed with the key of the coaching room of the person it is about."""

from uuid import UUID

from careerforge.assistant.models import Opinion, Review
from careerforge.people import rooms
from careerforge.people.models import Room, User


class Texts:
    """The open room of one review's subject, for one of its members."""

    def __init__(self, room: Room, key: bytes) -> None:
        self._room, self._key = room, key

    def seal(self, row: UUID, field: str, text: str) -> bytes:
        """Seal one field of one row."""
        return rooms.seal_text(self._room, self._key, row, f"review.{field}", text)

    def open(self, row: UUID, field: str, sealed: bytes | memoryview | None) -> str:
        """Open what :meth:`seal` sealed; empty for nothing."""
        return rooms.open_text(self._room, self._key, row, f"review.{field}", sealed) if sealed else ""

    def draft(self, review: Review) -> str:
        """The draft that came with the review, if one did."""
        return self.open(review.id, "draft", review.sealed_draft)

    def reason(self, opinion: Opinion) -> str:
        """What a reviewer gave as a reason."""
        return self.open(opinion.id, "reason", opinion.sealed_reason)

    def edited(self, opinion: Opinion) -> str:
        """What a reviewer made of the draft."""
        return self.open(opinion.id, "text", opinion.sealed_text)


def seal(review: Review, field: str, text: str) -> bytes:
    """Seal a text when a review is made: with the key of the person it is about, who is always a member."""
    room = rooms.open_for(review.subject)
    return Texts(room, rooms.key_for(room, review.subject)).seal(review.id, field, text)


def enter(subject: User, reviewer: User) -> Texts:
    """The room of a review's subject for one of their coaches, let in like a coach who asks about them.

    The caller has checked that ``reviewer`` coaches the person.
    """
    room = rooms.open_for(subject)
    rooms.admit(room, reviewer, by=subject)
    return Texts(room, rooms.key_for(room, reviewer))


def entered(subject: User, reader: User) -> Texts | None:
    """The room for somebody who is in it; None for everybody else. Lets nobody in."""
    found = rooms.entered(subject, reader)
    return Texts(*found) if found else None
