"""An hourly look at a source in which nothing changed: one JSON line. Leaves nothing behind.

`--items 10000 --page 500 --rounds 5 --seed 1`: a board of JSON pages from a server on this machine, read by
whole synchronisations, beside COPY and upsert-if-distinct of the same rows, in turns. Four kinds of nothing:
`same_bytes` pages, `other_bytes` (a time of day in each page), `other_entries` (a count of views in each
entry, so that every one is read and compared), and `not_modified` (an ETag, one page). The wait between
requests to one host is off: it is politeness, not work. Beside the seconds stand those of the processors, of
this process (with the server's pages in it) and of its database session: on a busy machine they tell more.
"""

import argparse
import json
import os
import platform
import random
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# It makes a table and an index of its own, which only the owner may.
os.environ["CAREERFORGE_DATABASE_ROLE"] = "owner"
django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from careerforge.jobs.models import JobRun  # noqa: E402
from careerforge.jobs.running import Running  # noqa: E402
from careerforge.knowledge import duplicates, generations, indexing, passages  # noqa: E402
from careerforge.knowledge.models import (  # noqa: E402
    Chunk,
    ChunkVector,
    Collection,
    Document,
    DocumentVersion,
    IndexGeneration,
    Posting,
)
from careerforge.tenancy import context  # noqa: E402
from careerforge.tenancy.models import Organisation, TenantModel  # noqa: E402
from connectors import hosts, sync  # noqa: E402
from connectors.kinds.fetching import Limits  # noqa: E402
from connectors.models import Connection, SyncRun  # noqa: E402

KNOWLEDGE = (Document, DocumentVersion, Chunk, ChunkVector, Posting)
TOUCHED = ("connectors", "governance", "jobs", "knowledge")
ETAG = '"1"'
Row = tuple[str, str, str, str]


def rows_of(items: int, chance: random.Random) -> list[Row]:
    """Id, title, text and address of made-up openings; 80 words each."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(8000)]
    return [
        (
            f"post-{n}",
            f"Opening {n}",
            " ".join(chance.choices(words, k=80)),
            f"https://board.example/jobs/{n}",
        )
        for n in range(items)
    ]


class Board(ThreadingHTTPServer):
    """Serves the rows in pages, all of them at ``/all`` with an ETag."""

    daemon_threads = True

    def __init__(self, rows: list[Row], page: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        entries = [{"id": i, "title": t, "description": d, "url": u, "views": "@@"} for i, t, d, u in rows]
        starts = range(0, len(entries), page)
        self.pages = [json.dumps(entries[start : start + page]) for start in starts]
        # What each page and each entry says of the moment.
        self.said = self.views = "0"
        self.root = f"http://127.0.0.1:{self.server_address[1]}"

    def body(self, number: int) -> bytes:
        following = json.dumps(f"/jobs?page={number + 1}" if number + 1 < len(self.pages) else None)
        entries = self.pages[number].replace("@@", self.views)
        return f'{{"at": "{self.said}", "items": {entries}, "next": {following}}}'.encode()


class _Handler(BaseHTTPRequestHandler):
    server: Board

    def do_GET(self) -> None:
        if self.headers.get("If-None-Match") == ETAG:
            self.send_response(304)
            self.end_headers()
            return
        number = int(self.path.partition("page=")[2] or 0)
        body = self.server.body(number)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.path.startswith("/first"):
            self.send_header("ETag", ETAG)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def company() -> Iterator[Organisation]:
    """An organisation of its own, with a live index by the hashing embedder."""
    organisation = Organisation(name="Benchmark")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        before = generations.live()
        IndexGeneration.objects.filter(state="live").update(state="retired")
        made = IndexGeneration.objects.create(embedder="hashing-384", dimensions=384, state="live")
    generations.ensure_live()
    try:
        yield organisation
    finally:
        with context.organisation(organisation.id), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for model in apps.get_models():
                if (
                    issubclass(model, TenantModel)
                    and model._meta.app_label in TOUCHED
                    and not model._meta.proxy
                ):
                    rows: Any = model._base_manager.filter(organisation_id=organisation.id)
                    rows._raw_delete(rows.db)
            mine: Any = Organisation.objects.filter(pk=organisation.pk)
            mine._raw_delete(mine.db)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS vectors_of_generation_{made.pk}")
        made.delete()
        if before:
            generations.make_live(before)


def connect(organisation: Organisation, name: str, location: str, config: dict[str, Any]) -> Connection:
    with context.organisation(organisation.id):
        collection = Collection.objects.create(name=name)
        return Connection.objects.create(
            name=name, kind="json", location=location, settings=config, collection=collection
        )


def look(organisation: Organisation, one: Connection) -> tuple[float, SyncRun]:
    """One synchronisation: seconds, and its row."""
    with context.organisation(organisation.id):
        job = JobRun.objects.create(job="connectors.sync", dedup_key=str(uuid4()))
    started = time.perf_counter()
    sync.synchronise(Running(job.pk, organisation.pk, sync.STAGES), one.pk, limits=Limits(total_s=1e6))
    seconds = time.perf_counter() - started
    with context.organisation(organisation.id):
        return seconds, SyncRun.objects.get(job_run=job)


@contextmanager
def quick_first_reading() -> Iterator[None]:
    """Documents without passages, vectors and sketches: a sweep reads none of them; it saves minutes."""
    with (
        patch.object(passages, "write", lambda _documents: None),
        patch.object(duplicates, "settle", lambda _collection, documents: documents),
        patch.object(indexing, "index_pending", lambda _running: 0),
        patch.object(sync, "SHARE_S", float("inf")),
    ):
        yield


def written() -> dict[str, int]:
    """Rows that were inserted, updated or deleted in the knowledge's tables since the server counts."""
    names = [model._meta.db_table for model in KNOWLEDGE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables"
            " WHERE relname = ANY(%s)",
            [names],
        )
        return dict(cursor.fetchall())


def cpu_seconds() -> float:
    """Of this process and of the database session that serves it, which runs on the same machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Peer:
    """A table of the same rows: COPY into a temporary one, then an upsert of what is distinct."""

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
        started = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE arrived (id text, title text, body text, url text) ON COMMIT DROP"
            )
            with cursor.copy("COPY arrived FROM STDIN") as copy:
                for row in self.rows:
                    copy.write_row(row)
            cursor.execute("""INSERT INTO bench_peer SELECT id, title, body, url, now() FROM arrived
                ON CONFLICT (id)
                DO UPDATE SET title = excluded.title, body = excluded.body, url = excluded.url
                WHERE (bench_peer.title, bench_peer.body, bench_peer.url)
                    IS DISTINCT FROM (excluded.title, excluded.body, excluded.url)""")
        return time.perf_counter() - started

    def drop(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_peer")


def measured(organisation: Organisation, options: argparse.Namespace) -> dict[str, Any]:
    rows = rows_of(options.items, random.Random(options.seed))
    board = Board(rows, options.page)
    threading.Thread(target=board.serve_forever, daemon=True).start()
    settings.ALLOWED_ORIGINS = [board.root]
    paged = connect(organisation, "Pages", f"{board.root}/jobs", {"complete": True})
    tagged = connect(organisation, "Tagged", f"{board.root}/first", {"complete": True, "paging": "none"})
    with quick_first_reading():
        _first, run = look(organisation, paged)
        assert (run.new, run.error) == (options.items, ""), run.error
        look(organisation, tagged)
    peer = Peer(rows)
    counts = written()
    seconds: dict[str, list[float]] = {}
    cpu: dict[str, float] = {}
    turns: dict[str, Callable[[int], float]] = {
        "peer": lambda _turn: peer.sweep(),
        "same_bytes": lambda _turn: swept(organisation, paged, options.items),
        "other_bytes": lambda turn: swept(organisation, paged, options.items, board, said=str(turn)),
        "other_entries": lambda turn: swept(organisation, paged, options.items, board, views=str(turn)),
        "not_modified": lambda _turn: swept(organisation, tagged, min(options.page, options.items)),
    }
    try:
        for turn in range(1, options.rounds + 1):
            for name, act in turns.items():
                before = cpu_seconds()
                seconds.setdefault(name, []).append(act(turn))
                cpu[name] = cpu.get(name, 0.0) + cpu_seconds() - before
    finally:
        peer.drop()
        board.shutdown()
    now = written()
    rows_each = {name: options.page if name == "not_modified" else options.items for name in seconds}
    return {
        "cpu_seconds": {name: round(found / options.rounds, 4) for name, found in cpu.items()},
        "rows_per_cpu_s": {
            name: round(rows_each[name] * options.rounds / found) for name, found in cpu.items()
        },
        "seconds": {name: round(statistics.median(found), 4) for name, found in seconds.items()},
        "rows_per_s": {
            name: round(rows_each[name] / statistics.median(found)) for name, found in seconds.items()
        },
        "rows_written": {name: now[name] - counts[name] for name in counts},
    }


def swept(
    organisation: Organisation,
    one: Connection,
    items: int,
    board: Board | None = None,
    *,
    said: str = "",
    views: str = "",
) -> float:
    if board is not None:
        board.said, board.views = said or board.said, views or board.views
    seconds, run = look(organisation, one)
    assert (run.unchanged, run.new, run.changed, run.failed, run.gone) == (items, 0, 0, 0, 0)
    return seconds


def ratios(figures: dict[str, int]) -> dict[str, float]:
    """Each figure by the peer's."""
    return {name: round(found / figures["peer"], 2) for name, found in figures.items() if name != "peer"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--page", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    hosts.GAP = 0.0
    with company() as organisation:
        figures = measured(organisation, options)
    by_clock, by_cpu = (ratios(figures[name]) for name in ("rows_per_s", "rows_per_cpu_s"))
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    print(
        json.dumps(
            {
                "bench": "sweep",
                "items": options.items,
                "page": options.page,
                "rounds": options.rounds,
                "seed": options.seed,
                **figures,
                "ratio_to_copy_and_upsert": by_clock,
                "the_same_by_cpu_seconds": by_cpu,
                "goal": 0.5,
                "python": platform.python_version(),
                "postgres": server,
                "load": os.getloadavg(),
                "cores": os.cpu_count(),
            }
        )
    )


if __name__ == "__main__":
    main()
