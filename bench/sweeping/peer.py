"""What a sweep is measured against: COPY into a temporary table, then an upsert of what is distinct."""

import json
import time
from collections.abc import Iterable
from urllib.request import urlopen

from django.db import connection, transaction
from sweeping.board import Row


class Peer:
    """A table of the same rows."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_peer")
            cursor.execute(
                "CREATE TABLE bench_peer"
                " (id text PRIMARY KEY, title text, body text, url text, seen timestamptz)"
            )
        self.sweep()

    def sweep(self) -> float:
        """Of rows that are there already, as tuples: seconds."""
        started = time.perf_counter()
        _upsert(self.rows)
        return time.perf_counter() - started

    def from_the_bytes(self, root: str) -> float:
        """Of rows that are fetched and parsed first, page by page: seconds."""
        started = time.perf_counter()
        rows: list[Row] = []
        link = "/jobs"
        while link:
            with urlopen(root + link) as answer:
                page = json.loads(answer.read())
            rows += [(one["id"], one["title"], one["description"], one["url"]) for one in page["items"]]
            link = page["next"]
        _upsert(rows)
        return time.perf_counter() - started

    def drop(self) -> None:
        """Leave nothing behind."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_peer")


def _upsert(rows: Iterable[Row]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE arrived (id text, title text, body text, url text) ON COMMIT DROP")
        with cursor.copy("COPY arrived FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("""INSERT INTO bench_peer SELECT id, title, body, url, now() FROM arrived
            ON CONFLICT (id)
            DO UPDATE SET title = excluded.title, body = excluded.body, url = excluded.url
            WHERE (bench_peer.title, bench_peer.body, bench_peer.url)
                IS DISTINCT FROM (excluded.title, excluded.body, excluded.url)""")
