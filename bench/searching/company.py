"""A company whose documents are the corpus, in four collections of 0.1, 1, 10 and the rest per cent.

Rows are written past ``store_many``, which ``bench/ingestion.py`` measures. It stays in the database between
runs, under the name that says its size, until ``forget``.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from careerforge.jobs.models import JobRun
from careerforge.knowledge.index import graph, indexing, postings, terms
from careerforge.knowledge.models import (
    Chunk,
    ChunkVector,
    Collection,
    Document,
    DocumentVersion,
    IndexGeneration,
    Posting,
)
from careerforge.people.identity import Person
from careerforge.people.joining import Newcomer, add
from careerforge.people.models import User
from careerforge.skills.models import Practice
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from careerforge.tenancy.row_security import APPLICATION_ROLE
from searching import priority
from searching.corpus import PER_DOCUMENT, Corpus
from searching.multiplied import multiply

BLOCK, ORIGINALS = 2500, 100_000
KINDS = ("posting", "article", "policy", "course")
# Share of the passages, in documents of a thousand, and whom the collection is for.
SHARES = {"0.1": 1, "1": 10, "10": 100, "rest": 889}
PRACTICE, REGION = "Measuring", "Bench"


@dataclass(frozen=True)
class Company:
    """Who can ask.

    Attributes:
        people: who sees 0.1, 1, 10 and 100 per cent of the passages, by the share.
        took: seconds of each step of building it, if it was not there.
    """

    organisation: UUID
    people: Mapping[str, User]
    took: Mapping[str, float]

    @contextmanager
    def request(self) -> Iterator[None]:
        """What a web request is to the database: one transaction, as the application's role."""
        with context.nobody():
            context.enter(self.organisation)
            yield


def opened(corpus: Corpus, chunks: int, generation: IndexGeneration) -> Company:
    """The company of this size, made unless it is there. A half-made one is made anew."""
    name = f"Benchmark {chunks} {corpus.seed}"
    known = Organisation.objects.filter(name=name).first()
    took: dict[str, float] = {}
    if known and not _whole(known, chunks, generation):
        forget(known)
        known = None
    if known is None:
        known = Organisation(name=name)
        with context.organisation(known.id):
            known.save(force_insert=True)
        took = _filled(known, corpus, chunks, generation)
    with context.organisation(known.id):
        people = {user.username.rpartition("-")[2]: user for user in User.objects.whole()}
        # Read once a request; not what is measured here.
        assert all(user.kinds for user in people.values())
    return Company(known.id, people, took)


def as_application() -> None:
    """From here on this connection is bound by row-level security, as those of the web are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APPLICATION_ROLE}")
    priority.connected(connection.connection)


def forget(organisation: Organisation) -> None:
    """Take it out of the database, every row."""
    with context.organisation(organisation.id):
        Document.objects.update(current_version=None)
        for model in (Posting, ChunkVector, Chunk, DocumentVersion, Document, Collection, JobRun):
            rows = model._default_manager.all()
            rows._raw_delete(rows.db)  # type: ignore[attr-defined]
        for user in User.objects.all():
            user.delete()
        Practice.objects.all().delete()
    with context.organisation(organisation.id):
        organisation.delete()


def _whole(organisation: Organisation, chunks: int, generation: IndexGeneration) -> bool:
    with context.organisation(organisation.id):
        return (
            sum(Collection.objects.values_list("passages", flat=True)) == chunks
            and ChunkVector.objects.filter(generation=generation).count() == 2 * chunks
        )


def _filled(
    organisation: Organisation, corpus: Corpus, chunks: int, generation: IndexGeneration
) -> dict[str, float]:
    took = {"rows_s": 0.0, "words_s": 0.0, "vectors_s": 0.0}
    # More than this are copies, see ``multiplied``.
    times, chunks = (chunks // ORIGINALS, ORIGINALS) if chunks > ORIGINALS else (1, chunks)
    with context.organisation(organisation.id):
        collections = _collections()
        _people(Practice.objects.get())
    for start in range(0, chunks, BLOCK):
        end = min(start + BLOCK, chunks)
        with context.organisation(organisation.id):
            clock = time.perf_counter()
            made = _rows(corpus, start, end, collections)
            took["rows_s"] += time.perf_counter() - clock
            clock = time.perf_counter()
            titles = {chunk.document_id: chunk.document.title for chunk in made}
            postings.add(made, titles)
            took["words_s"] += time.perf_counter() - clock
            clock = time.perf_counter()
            twice = [chunk.pk for chunk in made for _ in range(2)]
            indexing.insert(generation, twice, corpus.parts(start, end))
            took["vectors_s"] += time.perf_counter() - clock
    clock = time.perf_counter()
    with context.organisation(organisation.id):
        for collection in collections.values():
            after, more = "", 1
            while more:
                more, after = postings.merge(collection.pk, after=after)
            own = Chunk.objects.filter(collection=collection)
            collection.passages, collection.words = own.count(), sum(own.values_list("length", flat=True))
            collection.configurations = ["english"]
            collection.save()
    took["merge_s"] = time.perf_counter() - clock
    if times > 1:
        clock = time.perf_counter()
        with context.organisation(organisation.id):
            multiply(generation, times)
        took["copies_s"] = time.perf_counter() - clock
    clock = time.perf_counter()
    graph.build(generation)
    took["graph_s"] = time.perf_counter() - clock
    for table in ("posting", "chunkvector", "chunk", "document"):
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE knowledge_{table}")
    return took


def _collections() -> dict[str, Collection]:
    practice = Practice.objects.create(slug="measuring", name=PRACTICE)
    audience = {
        "0.1": {"audience": "hr"},
        "1": {"audience": "region", "audience_region": REGION},
        "10": {"audience": "practice", "audience_practice": practice},
        "rest": {"audience": "coaches"},
    }
    return {share: Collection.objects.create(name=share, **audience[share]) for share in SHARES}


def _people(practice: Practice) -> None:
    _person("0.1", "admin-hr")
    _person("1", "employee", region=REGION)
    _person("10", "employee", practice=practice)
    _person("100", "coach", "admin-hr", "employee", region=REGION, practice=practice)


def _person(share: str, *kinds: str, region: str = "Elsewhere", practice: Practice | None = None) -> None:
    known = Person(
        name=f"Person {share}",
        email=f"{uuid4()}@example.org",
        city="",
        phone="",
        employee_number=str(uuid4()),
    )
    add(
        Newcomer(
            person=known,
            username=f"{uuid4()}-{share}",
            practice=practice,
            region=region,
            kinds=kinds,
            state=User.State.ACTIVE,
        )
    )


def _share(document: int) -> str:
    """Spread over the whole corpus, so that a small collection holds every kind of text."""
    place = document * 7919 % 1000
    for share, size in SHARES.items():
        if place < size:
            return share
        place -= size
    raise AssertionError(document)


def _rows(corpus: Corpus, start: int, end: int, collections: Mapping[str, Collection]) -> list[Chunk]:
    now = timezone.now()
    documents, versions, chunks = [], [], []
    for first in range(start, end, PER_DOCUMENT):
        number = first // PER_DOCUMENT
        document = Document(
            id=uuid4(),
            collection=collections[_share(number)],
            external_id=str(number),
            kind=KINDS[number % 4],
            title=corpus.title(first)[:300],
            fetched_at=now,
            published_at=now - timedelta(days=number % 900),
        )
        texts = [corpus.text(at) for at in range(first, first + PER_DOCUMENT)]
        version = DocumentVersion(document=document, number=1, content_hash="", text="\n\n".join(texts))
        place = 0
        for ordinal, text in enumerate(texts):
            chunks.append(
                Chunk(
                    collection_id=document.collection_id,
                    document=document,
                    version=version,
                    ordinal=ordinal,
                    start=place,
                    end=place + len(text),
                    text=text,
                    length=terms.length(text),
                )
            )
            place += len(text) + 2
        documents.append(document)
        versions.append(version)
    Document.objects.bulk_create(documents)
    DocumentVersion.objects.bulk_create(versions)
    Chunk.objects.bulk_create(chunks)
    for document, version in zip(documents, versions, strict=True):
        document.current_version = version
    Document.objects.bulk_update(documents, ["current_version"], batch_size=500)
    return chunks
