"""The database itself keeps companies apart (cases 25, 26 and 28)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, models, transaction

from careerforge.people.models import Assignment, TeamMembership, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation, TenantModel
from careerforge.tenancy.row_security import tenant_foreign_keys, tenant_models

TABLES = [model._meta.db_table for model in tenant_models()]
# Tables that hold rows of no company: the framework's, the queue's, and what belongs to the installation.
SHARED = {
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "cache",
    # Turns at a host, by a hash of its name: all companies of an installation are polite together.
    "connectors_host",
    "django_admin_log",
    "django_content_type",
    "django_migrations",
    "django_q_ormq",
    "django_q_schedule",
    "django_q_task",
    "django_session",
    "knowledge_indexgeneration",
    "tenancy_organisation",
    "vault_keyfingerprint",
}


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def test_a_new_table_is_a_companys_or_on_the_list(db: None) -> None:
    ours = {table for table in connection.introspection.table_names() if not table.startswith("pg_")}
    assert ours - set(TABLES) <= SHARED, "Derive the model from TenantModel, or list its table as shared."


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_secured(db: None, table: str) -> None:
    sql = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
    assert ask(sql, table) == [(True, True)]
    policies = ask("SELECT cmd, qual, with_check FROM pg_policies WHERE tablename = %s", table)
    own = [p for p in policies if p[0] == "ALL"]
    assert len(own) == 1
    assert all("careerforge.organisation" in text for text in own[0][1:])
    assert all(p[0] == "SELECT" for p in policies if p not in own)


def test_the_application_is_no_owner_and_cannot_look_past(db: None) -> None:
    sql = (
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    )
    assert ask(sql) == [(False, False, False, False)]
    owned = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND pg_get_userbyid(relowner) = current_user"
    assert ask(owned) == [(0,)]


def links() -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    for model in tenant_models():
        for field in tenant_foreign_keys(model):
            yield model, field


@pytest.mark.parametrize(
    ("model", "field"), list(links()), ids=lambda x: getattr(x, "__name__", getattr(x, "name", ""))
)
def test_each_link_stays_within_a_company(db: None, model: type[models.Model], field: Any) -> None:
    sql = """SELECT count(*) FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = %s::regclass
             AND c.confrelid = %s::regclass AND array_length(c.conkey, 1) = 2 AND %s IN (
               SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = ANY (c.conkey))"""
    assert ask(sql, model._meta.db_table, field.related_model._meta.db_table, field.column)[0][0] >= 1


def refused(row: TenantModel) -> None:
    """The composite key is checked when the transaction ends; here at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_coach_is_never_linked_to_another_companys_employee(coach: User, foreigner: User) -> None:
    refused(Assignment(coach=coach, employee=foreigner, starts_on=date(2026, 1, 1)))
    refused(Assignment(coach=foreigner, employee=coach, starts_on=date(2026, 1, 1)))


def test_nor_a_person_to_another_companys_team(owner: User, foreigner: User) -> None:
    team = owner.memberships.get().team
    refused(TeamMembership(team=team, user=foreigner, starts_on=date(2026, 1, 1)))


def test_a_row_cannot_be_written_for_another_company(owner: User, other_company: Organisation) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        User(organisation=other_company, username="stray", handle="Stray Cat 1").save(force_insert=True)
    assert User.objects.filter(pk=owner.pk).update(username="still-mine") == 1


@pytest.fixture
def own_connection(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A connection like the pool's: used again for one transaction after another."""
    at: dict[str, Any] = connection.get_connection_params()
    at = {k: v for k, v in at.items() if k in ("dbname", "user", "password", "host", "port", "options")}
    with psycopg.connect(**at, autocommit=True) as opened:
        yield opened


def test_the_context_ends_with_its_transaction(own_connection: psycopg.Connection[Any]) -> None:
    setting = "SELECT current_setting('careerforge.organisation', true)"
    with own_connection.transaction():
        own_connection.execute("SELECT set_config('careerforge.organisation', gen_random_uuid()::text, true)")
        inside: Any = own_connection.execute(setting).fetchone()
    after: Any = own_connection.execute(setting).fetchone()
    assert inside[0]
    assert not after[0]


def test_without_a_context_nothing_is_read_or_written(own_connection: psycopg.Connection[Any]) -> None:
    for table in TABLES:
        counted: Any = own_connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        assert counted[0] == 0, table
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        own_connection.execute(
            "INSERT INTO people_team (id, organisation_id, name) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), 'x')"
        )


def test_a_named_row_is_found_by_its_exact_value_only(owner: User, foreigner: User) -> None:
    with context.nobody(), context.named_row("foreigner"):
        assert list(User.objects.values_list("pk", flat=True)) == [foreigner.pk]
    with context.nobody(), context.named_row("foreig%"):
        assert not User.objects.exists()
