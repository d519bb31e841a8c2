"""From the bytes of feeds to rows that a search finds: one JSON line. Leaves nothing behind.

`--chunks 4000 --seed 1` with the hashing embedder; `--real 400` also with the built-in model, beside
embedding the same pieces alone, in turns. Names of `--people 5000` invented people are masked.
"""

import argparse
import json
import os
import platform
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# It makes an index of its own, which only the owner may.
os.environ["CAREERFORGE_DATABASE_ROLE"] = "owner"
django.setup()

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

from careerforge.gateway.directory import Person
from careerforge.gateway.redact import Directory
from careerforge.jobs.models import JobRun
from careerforge.knowledge.documents.store import store_many
from careerforge.knowledge.index import embedders, generations, indexing
from careerforge.knowledge.index.chunking import windows
from careerforge.knowledge.models import Chunk, Collection, IndexGeneration
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation, TenantModel
from connectors.kinds.kind import Body
from connectors.parsing.sniff import parse
from connectors.syncing import arrivals

ENTRIES = 100
PARAGRAPHS = 4
WORDS_EACH = 95
# As many pieces as a batch of the index has, about.
EMBEDDED_AT_ONCE = 128
CONFIGURED = settings.EMBEDDER_FOLDER


def sentences() -> list[str]:
    """Of the demo company's documents: real words, in real sentences."""
    folder = Path(settings.BASE_DIR) / "careerforge" / "demo" / "documents"
    text = " ".join(path.read_text() for path in sorted(folder.rglob("*.md")))
    found = [part.strip() for line in text.splitlines() for part in line.split(". ")]
    return sorted(
        {part for part in found if 6 <= len(part.split()) <= 40 and "#" not in part and "=" not in part}
    )


def feed(number: int, known: Sequence[str], chance: random.Random, people: Sequence[str]) -> bytes:
    """One page of RSS: a hundred entries of about four passages, every tenth of which names somebody."""
    entries = []
    for at in range(ENTRIES):
        name = f" {chance.choice(people)} wrote it down." if at % 10 == 0 else ""
        body = "".join(f"<p>{escape(_paragraph(known, chance))}{name}</p>" for _ in range(PARAGRAPHS))
        entries.append(
            f"<item><title>Report {number}-{at}</title><guid>{number}-{at}</guid>"
            f"<link>https://news.northwind.example/{number}/{at}?utm_source=feed</link>"
            f"<pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate>"
            f"<description>{escape(body)}</description></item>"
        )
    head = "<title>Bench</title><link>https://news.northwind.example/</link><description>b</description>"
    page = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(entries)}</channel></rss>'
    return page.encode()


def _paragraph(known: Sequence[str], chance: random.Random) -> str:
    said: list[str] = []
    while sum(len(one.split()) for one in said) < WORDS_EACH:
        said.append(chance.choice(known).rstrip("."))
    return ". ".join(said) + "."


def names(count: int, chance: random.Random) -> list[str]:
    """Invented people."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    return [
        " ".join("".join(chance.choices(syllables, k=chance.randint(2, 4))).title() for _ in range(2))
        for _ in range(count)
    ]


@contextmanager
def company(embedder: str, dimensions: int) -> Iterator[Collection]:
    """An empty collection of an organisation of its own, with a live index."""
    organisation = Organisation(name="Benchmark")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        collection = Collection.objects.create(name="Feed")
        before = generations.live()
        IndexGeneration.objects.filter(state="live").update(state="retired")
        made = IndexGeneration.objects.create(embedder=embedder, dimensions=dimensions, state="live")
    generations.ensure_live()
    try:
        yield collection
    finally:
        with context.organisation(organisation.id):
            _forget(organisation)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS vectors_of_generation_{made.pk}")
        made.delete()
        if before:
            generations.make_live(before)


def _forget(organisation: Organisation) -> None:
    """Every row that was written; keys are checked at the end."""
    written = [*apps.get_app_config("knowledge").get_models(), JobRun]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for model in written:
        if issubclass(model, TenantModel) and not model._meta.proxy:
            rows: Any = model._base_manager.filter(organisation=organisation)
            rows._raw_delete(rows.db)
    organisation.delete()


def ingest(pages: Sequence[bytes], collection: Collection, directory: Directory) -> dict[str, float]:
    """Parse, store and index; seconds of each."""
    took = Counter[str]()
    now = timezone.now()
    for number, page in enumerate(pages):
        began = time.perf_counter()
        body = Body(f"page {number}", page, "application/rss+xml")
        items = [
            arrivals.incoming(item, body)
            for item in parse(body.where, page, body.content_type, now=now).items
        ]
        parsed = time.perf_counter()
        with context.organisation(collection.organisation_id):
            store_many(collection, items, now, directory=directory)
        stored = time.perf_counter()
        with context.organisation(collection.organisation_id):
            indexing.index_pending()
        took += Counter(parse=parsed - began, store=stored - parsed, index=time.perf_counter() - stored)
    return dict(took)


def measured(chunks: int, asked: argparse.Namespace, *, alone: bool) -> dict[str, Any]:
    """One run with the configured embedder; ``alone``: also embed the same passages alone, in turns."""
    chance = random.Random(asked.seed)
    people = names(asked.people, chance)
    directory = Directory.of([Person(name=name) for name in people])
    assert directory.sizes
    known = sentences()
    # About four passages an entry.
    pages = [feed(n, known, chance, people) for n in range(max(chunks // (ENTRIES * PARAGRAPHS), 1))]
    embedder = embedders.configured()
    embedder.embed(["warm"])
    took, embedding, count, cpu, embedding_cpu = Counter[str](), 0.0, 0, 0.0, 0.0
    with company(embedder.name, embedder.dimensions) as collection:
        ingest([feed(-1, known, chance, people)], collection, directory)
        seen = _texts(collection, 0)[-1][0]
        for page in pages:
            busy = time.process_time()
            took += Counter(ingest([page], collection, directory))
            cpu += time.process_time() - busy
            fresh = _texts(collection, seen)
            seen, count = fresh[-1][0], count + len(fresh)
            if alone:
                pieces = [piece for _, text in fresh for piece in text]
                began, busy = time.perf_counter(), time.process_time()
                for at in range(0, len(pieces), EMBEDDED_AT_ONCE):
                    embedder.embed(pieces[at : at + EMBEDDED_AT_ONCE])
                embedding += time.perf_counter() - began
                embedding_cpu += time.process_time() - busy
    whole = sum(took.values())
    result = {
        "embedder": embedder.name,
        "chunks": count,
        "chunks_per_s": round(count / whole, 1),
        # Of this process alone: what the figure would be if nobody else used the machine, but for the
        # database's share.
        "own_cpu_ms_per_chunk": round(cpu * 1000 / count, 2),
        **{f"{name}_s": round(value, 2) for name, value in took.items()},
    }
    return result | (
        {
            "embedding_alone_s": round(embedding, 2),
            "ratio": round(embedding / whole, 3),
            # The same by this process's own processor time, which a busy machine disturbs less.
            "ratio_by_own_cpu": round(embedding_cpu / cpu, 3),
        }
        if alone
        else {}
    )


def _texts(collection: Collection, after: int) -> list[tuple[int, list[str]]]:
    """What was embedded of the chunks since one, as it was embedded."""
    starts = embedders.configured().token_starts
    with context.organisation(collection.organisation_id):
        rows = Chunk.objects.filter(collection=collection, pk__gt=after).order_by("pk")
        fields = rows.values_list("pk", "document__title", "heading", "text")
        return [
            (pk, [indexing.embedded(title, heading, window) for window in windows(text, starts)])
            for pk, title, heading, text in fields
        ]


def main() -> None:
    """Measure, print, forget."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chunks", type=int, default=4000)
    parser.add_argument("--real", type=int, default=0)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    settings.EMBEDDER_FOLDER = None
    result = {"bench": "ingestion", "hashing": measured(asked.chunks, asked, alone=False)}
    if asked.real:
        settings.EMBEDDER_FOLDER = CONFIGURED
        result["real"] = measured(asked.real, asked, alone=True)
    result |= {
        "people": asked.people,
        "seed": asked.seed,
        "postgresql": connection.pg_version,
        "python": platform.python_version(),
        "django": django.__version__,
        "load": os.getloadavg()[0],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
