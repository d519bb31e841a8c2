"""Removing everything that hangs on a row, in as many statements as there are tables, however many rows."""

from typing import Any

from django.db import models


def remove(row: models.Model) -> None:
    """Delete a row with all that refers to it, as the models' ``on_delete`` says.

    Django's own way reads every row first and deletes a hundred at a time.
    """
    _remove(type(row), {"pk": row.pk})


def _remove(model: type[models.Model], which: dict[str, Any]) -> None:
    relations: Any = model._meta.related_objects
    for relation in relations:
        below = {f"{relation.field.name}__{path}": value for path, value in which.items()}
        if relation.on_delete is models.SET_NULL:
            relation.related_model._base_manager.filter(**below).update(**{relation.field.name: None})
        elif relation.on_delete is models.CASCADE:
            _remove(relation.related_model, below)
    rows: Any = model._base_manager.filter(**which)
    rows._raw_delete(rows.db)
