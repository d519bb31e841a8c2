"""What is kept about people, field by field: why, how long, whether they get it, how it goes.

Each app declares its own in ``<app>/personal_data.py``; governance reads the declarations and imports no app.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db import models


class Keep(Enum):
    """How long."""

    HERE = "while the person is with the company"
    CLAIM = "as long as the person keeps it; a year after they have left"
    TWO_YEARS = "two years"
    YEAR = "one year"
    QUARTER = "90 days"
    DAY = "one day"
    TRAIL = "as long as the audit trail, which names nobody"
    NEVER = "nothing is ever stored here"


class Erase(Enum):
    """How it goes when a person is erased."""

    KEY = "unreadable in every copy, with the person's key"
    ROW = "removed with the person"
    LINK = "the link to the person is cut; what is left says nothing about them"
    STAYS = "stays: an id that leads nowhere without the person's row"


@dataclass(frozen=True)
class Handling:
    """One class of personal data."""

    purpose: str
    keep: Keep
    erase: Erase
    # Part of the copy that a person gets of their data.
    exported: bool = True


_declared: dict[str, dict[str, Handling]] = {}


def declare(model: str, *handled: tuple[Handling, str]) -> None:
    """Say how fields of a model are handled: ``declare("people.user", (SIGN_IN, "username password"))``."""
    fields = _declared.setdefault(model, {})
    for handling, names in handled:
        fields.update(dict.fromkeys(names.split(), handling))


def declared() -> Mapping[str, Mapping[str, Handling]]:
    """Model label to field name to handling."""
    return _declared


def about_people(person: type[models.Model]) -> Iterator[type[models.Model]]:
    """Every model with a person in it: a link to one, an id of one, or rows that belong to such a model."""
    found = {person} | {model for model in apps.get_models() if _names_a_person(model, person)}
    waiting = True
    while waiting:
        more = {model for model in apps.get_models() if model not in found and _belongs_to(model, found)}
        found |= more
        waiting = bool(more)
    yield from sorted(found, key=lambda model: model._meta.label_lower)


def fields_of(model: type[models.Model]) -> list[str]:
    """The fields that need a declaration: all that are stored, but the row's own id and its organisation."""
    return [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name != "organisation"]


def _names_a_person(model: type[models.Model], person: type[models.Model]) -> bool:
    for field in model._meta.concrete_fields:
        is_link = isinstance(field, models.ForeignKey) and field.related_model is person
        # An id without a foreign key is a person's in the layers below people.
        is_id = isinstance(field, models.UUIDField) and not field.primary_key
        if is_link or is_id:
            return True
    return False


def _belongs_to(model: type[models.Model], found: set[type[models.Model]]) -> bool:
    return any(
        isinstance(field, models.ForeignKey)
        and field.related_model in found
        and field.remote_field.on_delete is models.CASCADE
        for field in model._meta.concrete_fields
    )
