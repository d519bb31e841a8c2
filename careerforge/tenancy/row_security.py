"""Makes the database itself keep organisations apart.

For every model below ``TenantModel``: row-level security enabled and forced, one policy on the
organisation, ``unique (organisation, id)``, and for each foreign key between tenant tables a second,
composite one, so that a row cannot even point at another organisation's. Everything is idempotent;
``migrate`` runs it at its end, as the owner.
"""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from careerforge.tenancy.context import NAMED_ROW_SETTING, ORGANISATION_SETTING
from careerforge.tenancy.models import Organisation, TenantModel

APPLICATION_ROLE = "careerforge_app"
MIGRATIONS = "django_migrations"
_MINE = f"nullif(current_setting('{ORGANISATION_SETTING}', true), '')::uuid"
_NAMED = f"nullif(current_setting('{NAMED_ROW_SETTING}', true), '')"


def tenant_models() -> list[type[TenantModel]]:
    """Every concrete tenant model, in a stable order."""
    found = [m for m in apps.get_models() if issubclass(m, TenantModel) and not m._meta.proxy]
    return sorted(found, key=lambda m: m._meta.db_table)


def tenant_foreign_keys(model: type[models.Model]) -> Iterator[Any]:
    """The foreign keys of ``model`` that point at tenant tables."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel):
            yield field


def secure() -> None:
    """Bring policies, composite keys and grants in line with the models. Needs the owner's connection."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        ours = [m for m in tenant_models() if m._meta.db_table in present]
        if Organisation._meta.db_table in present:
            _secure_organisation(cursor)
        for model in ours:
            _policies(cursor, model)
            _unique_in_organisation(cursor, model)
        for model in ours:
            for field in tenant_foreign_keys(model):
                if field.related_model._meta.db_table in present:
                    _composite_key(cursor, model, field)
        _grants(cursor, ours)


def _policy(cursor: CursorWrapper, table: str, name: str, rest: str) -> None:
    cursor.execute(f'DROP POLICY IF EXISTS {name} ON "{table}"')
    cursor.execute(f'CREATE POLICY {name} ON "{table}" {rest}')


def _force(cursor: CursorWrapper, table: str) -> None:
    cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def _secure_organisation(cursor: CursorWrapper) -> None:
    table = Organisation._meta.db_table
    _force(cursor, table)
    _policy(cursor, table, "anyone_reads", "FOR SELECT USING (true)")
    _policy(cursor, table, "own_organisation", f"USING (id = {_MINE}) WITH CHECK (id = {_MINE})")


def _policies(cursor: CursorWrapper, model: type[TenantModel]) -> None:
    table = model._meta.db_table
    _force(cursor, table)
    mine = f"organisation_id = {_MINE}"
    _policy(cursor, table, "own_organisation", f"USING ({mine}) WITH CHECK ({mine})")
    if model.named_row_columns:
        named = " OR ".join(f'"{column}" = {_NAMED}' for column in model.named_row_columns)
        _policy(cursor, table, "named_row", f"FOR SELECT USING ({named})")


def _has_constraint(cursor: CursorWrapper, table: str, name: str) -> bool:
    cursor.execute(
        "SELECT 1 FROM pg_constraint WHERE conname = %s AND conrelid = %s::regclass", [name, f'"{table}"']
    )
    return cursor.fetchone() is not None


def _short(name: str) -> str:
    """PostgreSQL cuts identifiers at 63 bytes; keep ours below, and distinct."""
    return name if len(name) <= 60 else f"{name[:51]}_{crc32(name.encode()):08x}"


def _unique_in_organisation(cursor: CursorWrapper, model: type[TenantModel]) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    name = _short(f"{table}_in_organisation")
    if not _has_constraint(cursor, table, name):
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE (organisation_id, "{key}")')


def _composite_key(cursor: CursorWrapper, model: type[TenantModel], field: Any) -> None:
    table, target = model._meta.db_table, field.related_model._meta
    name = _short(f"{table}_{field.column}_same_organisation")
    if _has_constraint(cursor, table, name):
        return
    cursor.execute(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" '
        f'FOREIGN KEY (organisation_id, "{field.column}") '
        f'REFERENCES "{target.db_table}" (organisation_id, "{target.pk.column}") '
        f"DEFERRABLE INITIALLY DEFERRED"
    )


def _grants(cursor: CursorWrapper, ours: list[type[TenantModel]]) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE])
    if cursor.fetchone() is None:
        return
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE}")
    rights = "SELECT, INSERT, UPDATE, DELETE"
    cursor.execute(f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO {APPLICATION_ROLE}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION_ROLE}")
    if MIGRATIONS in connection.introspection.table_names(cursor):
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {MIGRATIONS} FROM {APPLICATION_ROLE}")
    for model in ours:
        if model.append_only:
            table = model._meta.db_table
            cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {APPLICATION_ROLE}')
