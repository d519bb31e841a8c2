"""May this database role serve people? Not one that row-level security does not bind."""

from functools import lru_cache

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from careerforge.tenancy.models import Organisation

_QUESTION = """
    SELECT role.rolsuper OR role.rolbypassrls,
           role.oid = (SELECT relowner FROM pg_class WHERE oid = %s::regclass)
    FROM pg_roles AS role WHERE role.rolname = current_user
"""


@lru_cache(maxsize=1)
def check() -> None:
    """Refuse to serve as superuser, with BYPASSRLS, or as the owner of the tables. Asked once a process.

    Raises:
        ImproperlyConfigured: in words for the operator.
    """
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION, [Organisation._meta.db_table])
        is_above_the_rules, is_owner = cursor.fetchone()
    if is_above_the_rules or is_owner:
        raise ImproperlyConfigured(
            "The database role of DATABASE_URL is a superuser, has BYPASSRLS or owns the tables. Give the "
            "application a role of its own, and the owner's address as DATABASE_OWNER_URL."
        )
