"""Finding people by any part of name, e-mail or employee number: opened in memory, in no index and no URL."""

from collections.abc import Iterator
from dataclasses import dataclass

from careerforge.people import identity
from careerforge.people.models import User

BATCH = 500
FIELDS = ("name", "email", "employee_number")


@dataclass(frozen=True)
class Found:
    """Who matches, at most as many as were asked for."""

    people: tuple[User, ...]
    more: bool


def find(text: str, limit: int) -> Found:
    """People of whom ``text`` is part of the name, the e-mail, the number or the handle, case aside."""
    wanted = text.strip().casefold()
    found: list[User] = []
    for user in _everybody() if wanted else ():
        if _matches(user, wanted):
            found.append(user)
            if len(found) > limit:
                break
    return Found(tuple(found[:limit]), more=len(found) > limit)


def _everybody() -> Iterator[User]:
    return User.objects.select_related("identity", "key").order_by("handle").iterator(chunk_size=BATCH)


def _matches(user: User, wanted: str) -> bool:
    if wanted in user.handle.casefold() or wanted in user.username.casefold():
        return True
    return any(wanted in identity.read(user, field).casefold() for field in FIELDS)


def is_somebodys_city(place: str) -> bool:
    """Whether somebody here lives in a city of this name."""
    wanted = place.strip().casefold()
    return bool(wanted) and any(
        identity.read(user, "city").strip().casefold() == wanted for user in _everybody()
    )
