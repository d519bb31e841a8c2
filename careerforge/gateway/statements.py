"""Rows as statements that are sent together with others: one way to PostgreSQL in place of one for each."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connections, models

from careerforge.tenancy import aside

Statement = tuple[str, Sequence[Any]]
# Only names of our own tables and columns are written into them.
INSERT = "INSERT INTO {table} ({columns}) VALUES ({places})"
UPDATE = "UPDATE {table} SET {columns} WHERE id = %s"


def insert(row: models.Model) -> Statement:
    """Stores a new row."""
    fields: Sequence[Any] = row._meta.local_concrete_fields
    columns = ", ".join(field.column for field in fields)
    places = ", ".join(["%s"] * len(fields))
    text = INSERT.format(table=row._meta.db_table, columns=columns, places=places)
    return text, _values(row, fields)


def update(row: models.Model, names: Collection[str]) -> Statement:
    """Stores these fields of a row, if it is still there."""
    fields: Sequence[Any] = [row._meta.get_field(name) for name in names]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    text = UPDATE.format(table=row._meta.db_table, columns=columns)
    return text, [*_values(row, fields), row.pk]


def together(statements: Sequence[Statement]) -> Statement:
    """One that runs them one after the other."""
    values = [one for _text, own in statements for one in own]
    return "; ".join(text for text, _own in statements), values


def _values(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    connection = connections[aside.alias()]
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
