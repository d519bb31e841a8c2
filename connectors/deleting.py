"""Removing a row with everything that hangs on it, in about as many statements as there are tables."""

from typing import Any

from django.db import models

Model = type[models.Model]


def remove(row: models.Model) -> None:
    """Delete a row with all that refers to it, as the models' ``on_delete`` says.

    Django's own way reads every row first and deletes a hundred at a time. Each table is emptied by its
    shortest way from the row, which takes the longer ways' rows along; keys are checked at the end of the
    transaction.
    """
    _remove(type(row), {"pk": row.pk}, set())


def _remove(model: Model, which: dict[str, Any], taken: set[Model]) -> None:
    taken.add(model)
    for relation in _relations(model):
        other = relation.related_model
        below = {f"{relation.field.name}__{path}": value for path, value in which.items()}
        if other in taken:
            continue
        if relation.on_delete is models.SET_NULL:
            other._base_manager.filter(**below).update(**{relation.field.name: None})
        elif relation.on_delete is models.CASCADE:
            _remove(other, below, taken)
    rows: Any = model._base_manager.filter(**which)
    rows._raw_delete(rows.db)


def _relations(model: Model) -> list[Any]:
    """What refers to a model, also where the way back has no name; what nothing refers to comes first."""
    fields: list[Any] = list(model._meta.get_fields(include_hidden=True))
    found = [field for field in fields if field.auto_created and not field.concrete]
    return sorted(found, key=lambda relation: _depth(relation.related_model, {model}))


def _depth(model: Model, above: set[Model]) -> int:
    """How many tables hang below one another on a model."""
    fields: list[Any] = list(model._meta.get_fields(include_hidden=True))
    below = {field.related_model for field in fields if field.auto_created and not field.concrete}
    return 1 + max((_depth(other, above | {model}) for other in below - above - {model}), default=0)
