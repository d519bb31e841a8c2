"""Sealed rooms: who is in one can read it, and nobody else, whatever their role.

The coaching room of a person is shared with their coach; their private room is theirs alone.
"""

from datetime import datetime
from uuid import UUID

from django.http import Http404

from careerforge.people.models import Room, RoomMembership, User
from careerforge.vault.sealing import Place, new_key, seal, seal_under, unseal, unseal_under

Kind = Room.Kind


class Private(Exception):
    """Somebody was to be let into a room that has one member for good."""


def open_for(subject: User, kind: Kind = Kind.COACHING) -> Room:
    """The room of an employee, made with its first member, themselves."""
    room, made = Room.objects.get_or_create(subject=subject, kind=kind)
    if made:
        _join(room, subject, new_key())
    return room


def _join(room: Room, user: User, key: bytes) -> None:
    membership = RoomMembership(room=room, user=user)
    membership.wrapped_key = seal_under("room", key, _place(membership, room))
    membership.save(force_insert=True)


def _place(membership: RoomMembership, room: Room) -> Place:
    return Place("people.room", room.organisation_id, membership.id, f"{room.id}|{membership.user_id}")


def _membership(room: Room, user: User) -> RoomMembership | None:
    return RoomMembership.objects.filter(room=room, user=user, left_at__isnull=True).first()


def entered(subject: User, user: User, kind: Kind = Kind.COACHING) -> tuple[Room, bytes] | None:
    """The room of an employee with its key, if ``user`` is in it: one query."""
    inside = RoomMembership.objects.filter(
        room__subject=subject, room__kind=kind, user=user, left_at__isnull=True
    )
    membership = inside.select_related("room").first()
    if membership is None:
        return None
    return membership.room, key_of(membership)


def key_of(membership: RoomMembership) -> bytes:
    """The key of the room that somebody is in."""
    return unseal_under("room", membership.wrapped_key, _place(membership, membership.room))


def key_for(room: Room, user: User) -> bytes:
    """The room's key for one of its members. 404 for anybody else."""
    membership = _membership(room, user)
    if membership is None:
        raise Http404
    return unseal_under("room", membership.wrapped_key, _place(membership, room))


def admit(room: Room, newcomer: User, by: User) -> None:
    """Let ``newcomer`` in; ``by`` is a member whose key opens the room.

    Raises:
        Private: the room is somebody's alone.
    """
    if room.kind == Kind.PRIVATE:
        raise Private
    if _membership(room, newcomer) is None:
        _join(room, newcomer, key_for(room, by))


def expel(room: Room, user: User, now: datetime) -> None:
    """End somebody's access at once."""
    RoomMembership.objects.filter(room=room, user=user, left_at__isnull=True).update(left_at=now)


def seal_text(room: Room, key: bytes, row: UUID, field: str, text: str) -> bytes:
    """Seal a text that belongs to the room."""
    return seal(key, text.encode(), Place("room.text", room.organisation_id, row, field))


def open_text(room: Room, key: bytes, row: UUID, field: str, sealed: bytes | memoryview) -> str:
    """Open a text of the room."""
    return unseal(key, sealed, Place("room.text", room.organisation_id, row, field)).decode()
