"""The time by the database, which is one for all workers, however their own clocks go."""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """This moment, aware, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found
