"""Search over a generated corpus: one JSON line. Leaves nothing behind.

`--chunks 20000 --queries 200 --seed 1`; with the hashing embedder, so that it measures the search only.
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
from dataclasses import dataclass

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
# It makes an index of its own, which only the owner may; the searches themselves run as the application.
os.environ["CAREERFORGE_DATABASE_ROLE"] = "owner"
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from careerforge.gateway.redact import Directory  # noqa: E402
from careerforge.jobs.models import JobRun  # noqa: E402
from careerforge.knowledge import generations, indexing, legs  # noqa: E402
from careerforge.knowledge.models import (  # noqa: E402
    Chunk,
    ChunkVector,
    Collection,
    Document,
    DocumentVersion,
    IndexGeneration,
    Posting,
)
from careerforge.knowledge.retrieval import search  # noqa: E402
from careerforge.knowledge.store import Incoming, store_many  # noqa: E402
from careerforge.people.models import User  # noqa: E402
from careerforge.tenancy import context  # noqa: E402
from careerforge.tenancy.models import Organisation  # noqa: E402
from careerforge.tenancy.row_security import APPLICATION_ROLE  # noqa: E402

WORDS, LENGTH = 12_000, 110
# A document is about one topic: half of its words are the topic's own.
TOPICS, TOPIC_WORDS, TOPIC_SHARE = 300, 30, 0.5
CHUNKS_PER_DOCUMENT = 5
# Documents that come when the graph is there already.
ADDED = 20
KINDS = ("posting", "article", "policy", "course")


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Made-up words, as unevenly used as real ones (Zipf)."""
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"]
    words = list({"".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(WORDS * 2)})
    words = sorted(words)[:WORDS]
    chance.shuffle(words)
    return words, [1 / (rank + 2.7) for rank in range(len(words))]


@dataclass(frozen=True)
class Language:
    """Where texts and questions are drawn from."""

    chance: random.Random
    words: list[str]
    weights: list[float]
    topics: list[list[str]]

    @classmethod
    def made(cls, chance: random.Random) -> "Language":
        """The same for the same seed."""
        words, weights = vocabulary(chance)
        return cls(chance, words, weights, [chance.sample(words[300:], TOPIC_WORDS) for _ in range(TOPICS)])

    def text(self, topic: list[str], length: int) -> str:
        """Words about a topic."""
        own = int(length * TOPIC_SHARE)
        drawn = self.chance.choices(topic, k=own) + self.chance.choices(
            self.words, self.weights, k=length - own
        )
        self.chance.shuffle(drawn)
        return " ".join(drawn)

    def question(self) -> str:
        """Eight words, four of them a topic's."""
        return self.text(self.chance.choice(self.topics), 8)


def corpus(chunks: int, language: Language) -> Iterator[Incoming]:
    """Documents of five sections, each one chunk."""
    for number in range(chunks // CHUNKS_PER_DOCUMENT):
        topic = language.chance.choice(language.topics)
        sections = [
            f"## Section {at}\n\n{language.text(topic, LENGTH)}." for at in range(CHUNKS_PER_DOCUMENT)
        ]
        yield Incoming(
            str(number),
            language.chance.choice(KINDS),
            language.text(topic, 4),
            "\n\n".join(sections),
            published_at=timezone.now(),
        )


@contextmanager
def generated(chunks: int, language: Language) -> Iterator[tuple[User, dict[str, float]]]:
    """A person who sees everything, and what building took in seconds. Deleted afterwards."""
    organisation = Organisation(name="Benchmark")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        before = generations.live()
        IndexGeneration.objects.filter(state="live").update(state="retired")
        made = IndexGeneration.objects.create(embedder="hashing-384", dimensions=384, state="live")
    try:
        took = _built(organisation, chunks, language)
        with context.organisation(organisation.id):
            person = User.objects.create(
                username=f"bench-{organisation.id}", handle="Bench 0001", state="active"
            )
            sql(f"SET LOCAL ROLE {APPLICATION_ROLE}")
            yield person, took
    finally:
        _forget(organisation, made, before)


def _built(organisation: Organisation, chunks: int, language: Language) -> dict[str, float]:
    items = list(corpus(chunks, language))
    with context.organisation(organisation.id):
        collections = [Collection.objects.create(name=f"Collection {n}") for n in range(3)]
    took = _filled(organisation, collections, items[:-ADDED])
    started = time.perf_counter()
    generations.ensure_live()
    took["graph_s"] = time.perf_counter() - started
    sql("ANALYZE knowledge_chunk, knowledge_chunkvector, knowledge_posting, knowledge_document")
    added = _filled(organisation, collections, items[-ADDED:])
    return took | {"add_ms_per_chunk": sum(added.values()) * 1000 / (ADDED * CHUNKS_PER_DOCUMENT)}


def _forget(organisation: Organisation, made: IndexGeneration, before: IndexGeneration | None) -> None:
    with context.organisation(organisation.id):
        Document.objects.update(current_version=None)
        for model in (Posting, ChunkVector, Chunk, DocumentVersion, Document, Collection, JobRun, User):
            rows = model._default_manager.filter(organisation=organisation)
            rows._raw_delete(rows.db)  # type: ignore[attr-defined]
        organisation.delete()
    sql(f"DROP INDEX IF EXISTS vectors_of_generation_{made.pk}")
    made.delete()
    if before:
        generations.make_live(before)


def _filled(
    organisation: Organisation, collections: list[Collection], items: list[Incoming]
) -> dict[str, float]:
    nobody = Directory(frozenset())
    started = time.perf_counter()
    for at in range(0, len(items), 100):
        with context.organisation(organisation.id):
            store_many(collections[at // 100 % 3], items[at : at + 100], timezone.now(), directory=nobody)
    stored = time.perf_counter()
    with context.organisation(organisation.id):
        indexing.index_pending()
    return {"store_s": stored - started, "embed_s": time.perf_counter() - stored}


def sql(statement: str) -> None:
    """Run a statement without parameters."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


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
    return {
        "p50_ms": round(statistics.median(taken), 1),
        "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 1),
    }


def _first_ten(person: User, query: str, exact_below: int) -> set[int]:
    before, legs.EXACT_BELOW = legs.EXACT_BELOW, exact_below
    found = {one.chunk_id for one in search(person, query, limit=10)}
    legs.EXACT_BELOW = before
    return found


def recall(person: User, queries: list[str]) -> float:
    """Share of the exact top ten that the graph gives too."""
    shares = []
    for query in queries[:50]:
        approximate, exact = (_first_ten(person, query, below) for below in (0, 10**9))
        shares.append(len(exact & approximate) / len(exact))
    return round(statistics.mean(shares), 3)


def main() -> None:
    """Build, measure, print, forget."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chunks", type=int, default=20_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    settings.EMBEDDER_FOLDER = None
    language = Language.made(random.Random(asked.seed))
    with generated(asked.chunks, language) as (person, took):
        queries = [language.question() for _ in range(asked.queries)]
        result = {
            "bench": "search",
            **quantiles(timings(person, queries)),
            "kind_filter": quantiles(timings(person, queries, kinds=("policy",))),
            "recall_at_10_of_exact": recall(person, queries),
            **{name: round(value, 2) for name, value in took.items()},
            "chunks": asked.chunks,
            "seed": asked.seed,
            "embedder": "hashing-384",
            "postgresql": connection.pg_version,
            "python": platform.python_version(),
            "django": django.__version__,
            "load": os.getloadavg()[0],
        }
        print(json.dumps(result))


if __name__ == "__main__":
    main()
