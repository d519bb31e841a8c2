"""The database role that the application works as, where nobody made one."""

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from careerforge.tenancy.row_security import APPLICATION_ROLE


def ensure() -> None:
    """With one URL only, make the role to which the application changes; with two, it is there.

    It cannot sign in, owns nothing and sees no further than row-level security.
    """
    if not settings.ONE_DATABASE_URL:
        return
    role = sql.Identifier(APPLICATION_ROLE)
    with connection.cursor() as cursor:
        if not _holds(cursor, "SELECT 1 FROM pg_roles WHERE rolname = %s"):
            cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOSUPERUSER NOBYPASSRLS").format(role))
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
        elif not _holds(cursor, "SELECT 1 WHERE pg_has_role(current_user, %s, 'MEMBER')"):
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))


def _holds(cursor: CursorWrapper, query: str) -> bool:
    cursor.execute(query, [APPLICATION_ROLE])
    return cursor.fetchone() is not None
