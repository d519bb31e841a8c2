"""Takes the demo company out again: afterwards no row, document or sign-in of it is left."""

from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django_q.models import OrmQ, Task
from psycopg import sql

from careerforge.demo import password
from careerforge.people.sign_in import SESSION_ORGANISATION
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation, TenantModel
from careerforge.tenancy.row_security import tenant_foreign_keys, tenant_models

_DELETE = sql.SQL("DELETE FROM {} WHERE organisation_id = %s")
_DELETE_OUTSIDE = sql.SQL("DELETE FROM {} WHERE {} IN (SELECT {} FROM {} WHERE organisation_id = %s)")


def demo_companies() -> list[Organisation]:
    """The demo companies that are here; one or none."""
    return list(Organisation.objects.filter(is_demo=True))


def remove() -> int:
    """Remove every demo company with rows, queue, sessions and password. Gives back how many.

    Needs the owner's connection: the application may not delete from append-only tables.
    """
    companies = demo_companies()
    for company in companies:
        with context.organisation(company.id):
            _empty(company.id)
            company.delete()
    if companies:
        password.forget()
    return len(companies)


def _empty(organisation_id: UUID) -> None:
    """Every tenant table, and what points at the organisation from outside of them."""
    _end_sessions(organisation_id)
    _unqueue(organisation_id)
    with connection.cursor() as cursor:
        # Documents and their versions point at each other: only at the end is there nothing left to point at.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table, column, target, key in _pointing_in():
            names = map(sql.Identifier, (table, column, key, target))
            cursor.execute(_DELETE_OUTSIDE.format(*names), [organisation_id])
        for table in _leaves_first():
            cursor.execute(_DELETE.format(sql.Identifier(table)), [organisation_id])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _pointing_in() -> Iterator[tuple[str, str, str, str]]:
    """Keys of other tables (as Django admin's log) into tenant tables: (table, column, target, its key)."""
    outside = [model for model in apps.get_models() if not issubclass(model, TenantModel)]
    for model in outside:
        for field in tenant_foreign_keys(model):
            target = field.related_model._meta
            yield model._meta.db_table, field.column, target.db_table, str(target.pk.column)


def _leaves_first() -> list[str]:
    """Tenant tables ordered so that a row goes before what it points at; keys within a ring are deferred."""
    models = tenant_models()
    targets = {m: {key.related_model for key in tenant_foreign_keys(m)} - {m} for m in models}
    ordered: list[str] = []
    left = list(models)
    while left:
        pointed_at = set().union(*(targets[m] for m in left))
        free = [m for m in left if m not in pointed_at] or left
        ordered += [m._meta.db_table for m in free]
        left = [m for m in left if m not in free]
    return ordered


def _end_sessions(organisation_id: UUID) -> None:
    mine = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get(SESSION_ORGANISATION) == str(organisation_id)
    ]
    Session.objects.filter(pk__in=mine).delete()


def _unqueue(organisation_id: UUID) -> None:
    """Queued and finished work names its organisation in the arguments."""
    mine = str(organisation_id)
    queued = [row.pk for row in OrmQ.objects.iterator() if mine in row.task.get("args", ())]
    OrmQ.objects.filter(pk__in=queued).delete()
    finished = [row.pk for row in Task.objects.iterator() if mine in (row.args or ())]
    Task.objects.filter(pk__in=finished).delete()
