"""Search at size, as a company's people ask it: one JSON line.

``--chunks 20000 --queries 300 --seed 1`` builds a company of so many passages (see ``searching/corpus.py``),
which stays in the database for the next run, until ``--forget``, and asks it questions, each in a transaction
of its own, as the application's role. Beside the figures of one client, on demand:

- ``--clients 4`` threads without a pause (``--every 0.2``: each asks every 0.2 seconds), and ``--sync``:
  meanwhile a worker takes in and embeds documents
- ``--filters``: people who see 0.1, 1, 10 and 100 per cent: recall@10 of exact search, time, rows of others
- ``--web``: the search page of a web process like the real one, over HTTP, and the memory of that process
- ``--peer``: FAISS flat, bm25s and ranks fused in Python, asked in turn with us
- ``--first``: this process and its database backends go before whatever else the machine does (Linux, root)

Times are wall-clock milliseconds; ``cpu_ms`` is processor time per question, which other load hardly changes.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

import django

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# It makes an index of its own, which only the owner may; the searches themselves run as the application.
os.environ["CAREERFORGE_DATABASE_ROLE"] = "owner"
django.setup()

from django.db import connection
from searching import company as companies
from searching import corpus as corpora
from searching import filtered, priority, serving, syncing
from searching.asking import ask, at_once, in_turn, spending, timed
from searching.figures import pss_mb, quantiles, surroundings

from careerforge.gateway.embedding import Embedder
from careerforge.knowledge.index import embedders, generations, graph
from careerforge.knowledge.models import IndexGeneration
from careerforge.knowledge.search import lexical
from careerforge.tenancy.models import Organisation


def arguments() -> argparse.Namespace:
    """What to build and to measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--chunks", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=int, default=0)
    parser.add_argument("--every", type=float, default=0.0)
    parser.add_argument("--sync", action="store_true")
    parser.add_argument("--web", action="store_true")
    parser.add_argument("--filters", action="store_true")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--forget", action="store_true", help="remove the company afterwards")
    parser.add_argument(
        "--data", type=Path, default=_data(), help="folder with scifact_dev; else our documents"
    )
    parser.add_argument("--cache", type=Path, default=Path("var/bench"), help="keeps the vectors of passages")
    return parser.parse_args()


def main() -> None:
    """Build, measure, print."""
    asked = arguments()
    embedder = embedders.configured()
    corpus = corpora.read(asked.data, embedder, asked.cache, asked.seed)
    with searched(embedder) as generation:
        company = companies.opened(corpus, asked.chunks, generation)
        # Sets the collector of garbage as it is in the web process.
        import_module("careerforge.wsgi")
        if asked.first:
            priority.go_first()
        companies.as_application()
        result = measured(asked, corpus, company)
        connection.close()
        if asked.forget:
            companies.forget(Organisation.objects.get(pk=company.organisation))
    print(json.dumps(result))


def measured(asked: argparse.Namespace, corpus: corpora.Corpus, company: companies.Company) -> dict[str, Any]:
    """Every figure that is asked for."""
    questions = corpus.questions[: asked.queries]
    everything = company.people["100"]

    def work(question: str) -> object:
        return ask(company, everything, question)

    for question in questions:
        work(question)
    with spending(len(questions) + 20, [connection.connection.info.backend_pid]) as spent:
        alone = timed(work, questions)
    result: dict[str, Any] = {
        "bench": "search",
        **quantiles(alone),
        "cpu_ms": {"web": round(spent.ours, 2), "database": round(spent.theirs, 2)},
        "web_pss_mb": pss_mb(),
        "postings_held_mb": round(lexical.HELD.bytes / 1e6, 1),
        "kind_filter": quantiles(timed(lambda q: ask(company, everything, q, kinds=("policy",)), questions)),
        **surroundings(),
    }
    if asked.clients:
        meanwhile = (
            syncing.worker(company.organisation, asked.data, asked.cache) if asked.sync else nullcontext()
        )
        with meanwhile:
            taken, rate = at_once(work, questions, asked.clients, asked.every)
        result["together"] = {
            "clients": asked.clients,
            "every_s": asked.every,
            "sync": asked.sync,
            **quantiles(taken),
            "per_second": round(rate, 1),
            **surroundings(),
        }
    if asked.filters:
        result["filters"] = filtered.figures(company, questions)
    if asked.web:
        result["web"] = serving.figures(company, questions, asked.clients or 4)
    if asked.peer:
        result["peer"] = _beside_peer(asked, corpus, work, questions)
    return result | {
        "built": {name: round(value, 1) for name, value in company.took.items()},
        "chunks": asked.chunks,
        "seed": asked.seed,
        "first": asked.first,
        "embedder": embedders.configured().name,
        "postgresql": connection.pg_version,
        "shared_buffers": _setting("shared_buffers"),
        "python": platform.python_version(),
        "django": django.__version__,
    }


def _beside_peer(asked: argparse.Namespace, corpus: corpora.Corpus, work: Any, questions: list[str]) -> Any:
    """The peer, built here, asked in turn with us; ratios are ours ÷ theirs."""
    import psycopg
    from baselines.search_peer import Peer  # type: ignore[import-not-found]

    values = connection.get_connection_params()
    given = {
        name: values[name] for name in ("dbname", "user", "password", "host", "port") if values.get(name)
    }
    with psycopg.connect(**given, autocommit=True) as rows:
        peer = Peer(corpus, asked.chunks, embedders.configured(), rows)
        priority.connected(rows)
        ours, theirs = in_turn(work, peer.search, questions)
        pids = [connection.connection.info.backend_pid], [rows.info.backend_pid]
        with spending(len(questions), pids[0]) as us:
            for question in questions:
                work(question)
        with spending(len(questions), pids[1]) as them:
            for question in questions:
                peer.search(question)
    mine, its = quantiles(ours), quantiles(theirs)
    cpu = us.ours + us.theirs, them.ours + them.theirs
    return {
        "ours": mine | {"cpu_ms": round(cpu[0], 2)},
        "peer": its | {"cpu_ms": round(cpu[1], 2)},
        "ratio_p50": round(mine["p50_ms"] / its["p50_ms"], 3),
        "ratio_p95": round(mine["p95_ms"] / its["p95_ms"], 3),
        "ratio_cpu": round(cpu[0] / cpu[1], 3),
        **surroundings(),
    }


@contextmanager
def searched(embedder: Embedder) -> Iterator[IndexGeneration]:
    """The embedder's generation, live while the body runs."""
    before = generations.live()
    own = IndexGeneration.objects.filter(embedder=embedder.name).order_by("-id").first()
    made = own or IndexGeneration.objects.create(embedder=embedder.name, dimensions=embedder.dimensions)
    generations.make_live(made)
    graph.ensure(made)
    try:
        yield made
    finally:
        connection.close()
        if before and before != made:
            generations.make_live(before)


def _data() -> Path | None:
    """The measuring data, where it is beside the checkout."""
    shared = os.environ.get("CAREERFORGE_SHARED") or str(Path(__file__).resolve().parents[2] / "shared")
    folder = Path(shared) / "data"
    return folder if (folder / "scifact_dev" / "corpus.jsonl").is_file() else None


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
