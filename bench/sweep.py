"""An hourly look at a source in which nothing changed: one JSON line. Leaves nothing behind.

`--items 10000 --page 500 --rounds 5 --seed 1`: a board of JSON pages from another process of this machine,
read by whole synchronisations, beside COPY and upsert-if-distinct of the same rows, in turns. Four kinds of
nothing: `same_bytes` pages, `other_bytes` (a time of day in each page), `other_entries` (a count of views in
each entry, so that every one is read and compared), and `not_modified` (an ETag, at most 5,000
entries in one page).
The peer has its rows in memory; `peer_from_the_bytes` fetches and parses them first, as a synchronisation
has to. The wait between requests to one host is off: it is politeness, not work. Beside the seconds stand
those of the processors, of this process and of its database session: on a busy machine they tell more.
"""

import argparse
import gc
import json
import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# It makes a table and an index of its own, which only the owner may.
os.environ["CAREERFORGE_DATABASE_ROLE"] = "owner"
django.setup()

from django.apps import apps
from django.conf import settings
from django.db import connection
from sweeping.board import MOST, rows_of, say, serving
from sweeping.peer import Peer

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import Running
from careerforge.knowledge.documents import duplicates
from careerforge.knowledge.index import generations, indexing
from careerforge.knowledge.models import (
    Chunk,
    ChunkVector,
    Collection,
    Document,
    DocumentVersion,
    IndexGeneration,
    Posting,
)
from careerforge.knowledge.search import passages
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation, TenantModel
from connectors.kinds.fetching import Limits
from connectors.models import Connection, SyncRun
from connectors.syncing import hosts, sync

KNOWLEDGE = (Document, DocumentVersion, Chunk, ChunkVector, Posting)
TOUCHED = ("connectors", "governance", "jobs", "knowledge")


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
        patch.object(indexing, "index_pending", lambda _running, **_how: 0),
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
        spent = Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text().split()[0]
    return time.process_time() + int(spent) / 1e9


def measured(organisation: Organisation, options: argparse.Namespace) -> dict[str, Any]:
    """Every kind of nothing, in turns with the peer."""
    items = options.items
    with serving(items, options.page, options.seed) as root:
        settings.ALLOWED_ORIGINS = [root]
        paged = connect(organisation, "Pages", f"{root}/jobs", {"complete": True})
        tagged = connect(organisation, "Tagged", f"{root}/whole", {"complete": True, "paging": "none"})
        with quick_first_reading():
            for one, count in ((paged, items), (tagged, min(items, MOST))):
                _first, run = look(organisation, one)
                assert (run.new, run.error) == (count, ""), run.error
        peer = Peer(rows_of(items, random.Random(options.seed)))

        def told(**words: str) -> float:
            say(root, **words)
            return swept(organisation, paged, items)

        turns: dict[str, Callable[[int], float]] = {
            "peer": lambda _turn: peer.sweep(),
            "peer_from_the_bytes": lambda _turn: peer.from_the_bytes(root),
            "same_bytes": lambda _turn: swept(organisation, paged, items),
            "other_bytes": lambda turn: told(said=str(turn)),
            "other_entries": lambda turn: told(views=str(turn)),
            "not_modified": lambda _turn: swept(organisation, tagged, min(items, MOST)),
        }
        try:
            # Once for nothing: what is loaded at the first time only.
            for act in turns.values():
                act(0)
            return in_turns(turns, options)
        finally:
            peer.drop()


def in_turns(turns: dict[str, Callable[[int], float]], options: argparse.Namespace) -> dict[str, Any]:
    """The figures of each, over all rounds."""
    counts = written()
    seconds: dict[str, list[float]] = {}
    cpu: dict[str, list[float]] = {}
    for turn in range(1, options.rounds + 1):
        for name, act in turns.items():
            before = cpu_seconds()
            seconds.setdefault(name, []).append(act(turn))
            cpu.setdefault(name, []).append(cpu_seconds() - before)
    now = written()
    by_clock = {name: statistics.median(found) for name, found in seconds.items()}
    rows = dict.fromkeys(turns, options.items) | {"not_modified": min(options.items, MOST)}
    by_cpu = {name: statistics.median(found) for name, found in cpu.items()}
    return {
        "cpu_seconds": {name: round(found, 4) for name, found in by_cpu.items()},
        "rows_per_cpu_s": {name: round(rows[name] / found) for name, found in by_cpu.items()},
        "seconds": {name: round(found, 4) for name, found in by_clock.items()},
        "rows_per_s": {name: round(rows[name] / found) for name, found in by_clock.items()},
        "rows_written": {name: now[name] - counts[name] for name in counts},
    }


def swept(organisation: Organisation, one: Connection, items: int) -> float:
    """Seconds of a synchronisation in which nothing changed."""
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
    # As the web process does: what was loaded stays, and need not be looked at again.
    gc.collect()
    gc.freeze()
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
