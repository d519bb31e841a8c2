"""Search over a generated corpus: one JSON line. Leaves nothing behind.

`--chunks 20000 --queries 200 --seed 1`; the hashing embedder, so that it measures the search and not the model.
"""

import argparse
import json
import os
import platform
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# It makes an index of its own, which only the owner may; the searches themselves run as the application.
os.environ["CAREERFORGE_DATABASE_ROLE"] = "owner"
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from careerforge.gateway.redact import Directory  # noqa: E402
from careerforge.knowledge import generations, indexing, legs  # noqa: E402
from careerforge.knowledge.models import Collection, IndexGeneration  # noqa: E402
from careerforge.knowledge.retrieval import search  # noqa: E402
from careerforge.knowledge.store import Incoming, store_many  # noqa: E402
from careerforge.people.models import User  # noqa: E402
from careerforge.tenancy import context  # noqa: E402
from careerforge.tenancy.models import Organisation  # noqa: E402
from careerforge.tenancy.row_security import APPLICATION_ROLE  # noqa: E402

WORDS, LENGTH = 12_000, 110
CHUNKS_PER_DOCUMENT = 5
KINDS = ("posting", "article", "policy", "course")


class Undone(Exception):
    """Ends the transaction that everything happened in."""


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Made-up words, as unevenly used as real ones (Zipf)."""
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"]
    words = list({"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(WORDS * 2)})
    words = sorted(words)[:WORDS]
    chance.shuffle(words)
    return words, [1 / (rank + 2.7) for rank in range(len(words))]


def corpus(chunks: int, chance: random.Random, words: list[str], weights: list[float]) -> Iterator[Incoming]:
    """Documents of five sections, each one chunk."""
    for number in range(chunks // CHUNKS_PER_DOCUMENT):
        sections = [
            f"## Section {at}\n\n{' '.join(chance.choices(words, weights, k=LENGTH))}."
            for at in range(CHUNKS_PER_DOCUMENT)
        ]
        yield Incoming(
            str(number),
            chance.choice(KINDS),
            " ".join(chance.choices(words, weights, k=4)),
            "\n\n".join(sections),
            published_at=timezone.now(),
        )


@contextmanager
def generated(chunks: int, chance: random.Random) -> Iterator[tuple[User, list[str], dict[str, float]]]:
    """A person, the words of the corpus and what building it took."""
    words, weights = vocabulary(chance)
    organisation = Organisation(name="Benchmark")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        IndexGeneration.objects.update(state=IndexGeneration.State.RETIRED)
        generations.ensure_live()
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {APPLICATION_ROLE}")
        collections = [Collection.objects.create(name=f"Collection {n}") for n in range(3)]
        started = time.perf_counter()
        items = list(corpus(chunks, chance, words, weights))
        for at in range(0, len(items), 100):
            store_many(collections[at // 100 % 3], items[at : at + 100], timezone.now(), directory=Directory(frozenset()))
        stored = time.perf_counter()
        indexing.index_pending()
        took = {"store_s": stored - started, "index_s": time.perf_counter() - stored}
        person = User.objects.create(username=f"bench-{organisation.id}", handle="Bench 0001", state="active")
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("ANALYZE knowledge_chunk, knowledge_chunkvector, knowledge_posting, knowledge_document")
            cursor.execute(f"SET LOCAL ROLE {APPLICATION_ROLE}")
        yield person, words, took


def timings(person: User, queries: list[str], **values: object) -> list[float]:
    """Milliseconds of each query, after a warm-up."""
    taken = []
    for query in [*queries[:20], *queries]:
        started = time.perf_counter()
        search(person, query, **values)  # type: ignore[arg-type]
        taken.append((time.perf_counter() - started) * 1000)
    return taken[20:]


def quantiles(taken: list[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    return {"p50_ms": round(statistics.median(taken), 1), "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 1)}


def recall(person: User, queries: list[str]) -> float:
    """Share of the exact top ten that the graph gives too."""
    shares = []
    for query in queries[:50]:
        approximate = {one.chunk_id for one in search(person, query, limit=10)}
        threshold, legs.EXACT_BELOW = legs.EXACT_BELOW, 10**9
        exact = {one.chunk_id for one in search(person, query, limit=10)}
        legs.EXACT_BELOW = threshold
        shares.append(len(exact & approximate) / len(exact))
    return round(statistics.mean(shares), 3)


def main() -> None:
    """Build, measure, print, undo."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chunks", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    settings.EMBEDDER_FOLDER = None
    chance = random.Random(asked.seed)
    try:
        with generated(asked.chunks, chance) as (person, words, took):
            # Questions are of rarer words than texts are, and a few common ones.
            queries = [
                " ".join([*chance.choices(words[100:4000], k=4), *chance.choices(words[:100], k=3)])
                for _ in range(asked.queries)
            ]
            result = {
                "bench": "search",
                **quantiles(timings(person, queries)),
                "kind_filter": quantiles(timings(person, queries, kinds=("policy",))),
                "recall_at_10_of_exact": recall(person, queries),
                **{name: round(value, 1) for name, value in took.items()},
                "chunks_per_second": round(asked.chunks / sum(took.values())),
                "chunks": asked.chunks,
                "seed": asked.seed,
                "embedder": "hashing-384",
                "postgresql": connection.pg_version,
                "python": platform.python_version(),
                "django": django.__version__,
                "load": os.getloadavg()[0],
            }
            print(json.dumps(result))
            raise Undone
    except Undone:
        return


if __name__ == "__main__":
    main()
