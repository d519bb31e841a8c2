"""Names, e-mails, cities and numbers: sealed on the way in, opened for who may read them."""

from dataclasses import dataclass
from uuid import UUID

from careerforge.people.models import Identity, PersonKey, User
from careerforge.vault.sealing import Place, blind_index, new_key, seal, seal_under, unseal, unseal_under

FIELDS = ("name", "email", "city", "phone", "employee_number")


@dataclass(frozen=True)
class Person:
    """What names somebody, in clear. Never log it, never put it into a job's arguments."""

    name: str
    email: str = ""
    city: str = ""
    phone: str = ""
    employee_number: str = ""


def _key_place(user: User) -> Place:
    return Place("people.personkey", user.organisation_id, user.id, "wrapped")


def _place(user: User, field: str) -> Place:
    return Place("people.identity", user.organisation_id, user.id, field)


def make_key(user: User) -> bytes:
    """Give a new person their data key and return it."""
    key = new_key()
    PersonKey.objects.create(user=user, wrapped=seal_under("person", key, _key_place(user)))
    return key


def key_of(user: User) -> bytes:
    """The person's data key. Select ``key`` along with the users of a list."""
    cached: bytes | None = getattr(user, "_data_key", None)
    if cached is None:
        cached = unseal_under("person", user.key.wrapped, _key_place(user))
        user._data_key = cached  # type: ignore[attr-defined]
    return cached


def knows_key(user: User) -> bool:
    """Whether :func:`key_of` needs no query."""
    return hasattr(user, "_data_key") or "key" in user._state.fields_cache


def email_index(email: str) -> str:
    """The blind index of a work e-mail. Known before the organisation is, so it carries none."""
    return blind_index(None, "email", email)


def employee_number_index(organisation_id: UUID | None, number: str) -> str:
    """The blind index of an employee number in one organisation."""
    return blind_index(organisation_id, "employee_number", number)


def store(user: User, person: Person) -> Identity:
    """Seal who somebody is. Replaces what was stored before."""
    key = key_of(user) if hasattr(user, "key") else make_key(user)
    identity, _ = Identity.objects.update_or_create(user=user, defaults=_sealed(user, key, person))
    index = email_index(person.email) if person.email else None
    if user.email_index != index:
        user.email_index = index
        user.save(update_fields=["email_index"])
    return identity


def newborn(user: User, person: Person) -> tuple[PersonKey, Identity]:
    """The key and sealed identity of somebody who is not stored yet; nothing is saved here.

    The user gets the blind index of their e-mail.
    """
    key = new_key()
    user._data_key = key  # type: ignore[attr-defined]
    user.email_index = email_index(person.email) if person.email else None
    wrapped = PersonKey(user=user, wrapped=seal_under("person", key, _key_place(user)))
    return wrapped, Identity(user=user, **_sealed(user, key, person))


def _sealed(user: User, key: bytes, person: Person) -> dict[str, bytes | str | None]:
    fields = {f"sealed_{f}": _seal_field(user, key, f, getattr(person, f)) for f in FIELDS}
    number = person.employee_number
    index = employee_number_index(user.organisation_id, number) if number else None
    return {**fields, "employee_number_index": index}


def _seal_field(user: User, key: bytes, field: str, value: str) -> bytes | None:
    return seal(key, value.encode(), _place(user, field)) if value else None


def read(user: User, field: str = "name") -> str:
    """One field in clear, or an empty string. Select ``identity`` and ``key`` along for lists."""
    sealed = getattr(user.identity, f"sealed_{field}")
    return unseal(key_of(user), sealed, _place(user, field)).decode() if sealed else ""


def read_all(user: User) -> Person:
    """Everything in clear."""
    return Person(**{field: read(user, field) for field in FIELDS})


def seal_line(user: User, row: UUID, field: str, text: str) -> bytes:
    """Seal a line of free text about a person (evidence, for one) under their own key."""
    return seal(key_of(user), text.encode(), Place("people.line", user.organisation_id, row, field))


def open_line(user: User, row: UUID, field: str, sealed: bytes | memoryview) -> str:
    """Open what :func:`seal_line` sealed."""
    return unseal(key_of(user), sealed, Place("people.line", user.organisation_id, row, field)).decode()
