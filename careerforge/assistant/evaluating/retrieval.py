"""``manage evaluate retrieval DIR``: questions, and whether the search finds their documents.

Everything goes the product's own road, in a company of its own that is removed: stored as a source's items
are, cut, indexed by the jobs a worker would run, and asked for by
:func:`careerforge.knowledge.search.retrieval.search`.
"""

import statistics
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from careerforge.assistant.evaluating import beir, company
from careerforge.assistant.evaluating.beir import Judged
from careerforge.assistant.evaluating.ranking import mean, ndcg, reciprocal_rank
from careerforge.gateway.redact import Directory
from careerforge.knowledge.documents.store import Incoming, store_many
from careerforge.knowledge.index import generations
from careerforge.knowledge.models import Collection, Document
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from careerforge.tenancy import context

NAME, HELP = "retrieval", "the search, on a folder in BEIR's layout"
TOP = 10
# Passages asked for: two of a document at most, so that ten documents are among them.
PASSAGES = 24
BATCH = 500
LONGEST_TITLE = 300
WARM_UP = 5


@dataclass(frozen=True)
class Asked:
    """What a search gave, best document first, and how long it took in milliseconds."""

    ranked: Sequence[str]
    took: float


def add_arguments(parser: ArgumentParser) -> None:
    """One folder."""
    parser.add_argument("folder", type=Path, help="with corpus.jsonl, queries.jsonl and qrels.tsv")
    parser.add_argument("--language", default="en", help="of the texts, as a BCP 47 tag; en unless given")


def measure(options: Mapping[str, Any]) -> dict[str, float | int | str]:
    """Means over the questions that have a relevant document, and the time of a search.

    Returns:
        ``ndcg@10``, ``recall@10``, ``mrr@10``; ``p50_ms`` and ``p95_ms`` of one search after another, the
        embedding of the question included; ``queries``, ``documents``, and the ``embedder``.

    Raises:
        OSError, ValueError: the folder is not as it should be.
    """
    judged = beir.read(options["folder"])
    generation = generations.live()
    if generation is None:
        raise ValueError("nothing can be searched yet, run `manage prepare` first")
    now = timezone.now()
    with company.throw_away() as person:
        answers = asked(judged, person, options.get("language") or "en", now)
    return {**summed(judged, answers), "documents": len(judged.corpus), "embedder": generation.embedder}


def asked(judged: Judged, person: User, language: str, now: datetime) -> dict[str, Asked]:
    """Store the corpus for a person's company, index it, and search for every question."""
    documents = _stored(judged, person, language, now)
    company.finish(person.organisation_id)
    with context.organisation(person.organisation_id):
        for text in list(judged.queries.values())[:WARM_UP]:
            search(person, text, limit=PASSAGES, now=now)
        return {key: _ask(person, text, documents, now) for key, text in judged.queries.items()}


def summed(judged: Judged, answers: Mapping[str, Asked]) -> dict[str, float | int]:
    """The figures of all answers."""
    rows = [(answer.ranked[:TOP], judged.grades[key]) for key, answer in answers.items()]
    times = [answer.took for answer in answers.values()]
    return {
        "ndcg@10": round(mean([ndcg(ranked, grades) for ranked, grades in rows]), 4),
        "recall@10": round(
            mean([len(set(ranked) & grades.keys()) / len(grades) for ranked, grades in rows]), 4
        ),
        "mrr@10": round(mean([reciprocal_rank(ranked, grades) for ranked, grades in rows]), 4),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(sorted(times)[max(int(len(times) * 0.95 + 0.5) - 1, 0)], 1),
        "queries": len(rows),
    }


def _stored(judged: Judged, person: User, language: str, now: datetime) -> dict[Any, list[str]]:
    """Store the corpus; for each document that can be found, the ids of all that it stands for."""
    organisation = person.organisation_id
    with context.organisation(organisation):
        collection = Collection.objects.create(name="Corpus")
    ids = list(judged.corpus)
    for at in range(0, len(ids), BATCH):
        items = [
            _item(str(at + n), *judged.corpus[key], language) for n, key in enumerate(ids[at : at + BATCH])
        ]
        with context.organisation(organisation):
            store_many(collection, items, now, directory=Directory(frozenset()))
            company.keep_from_workers(organisation)
    with context.organisation(organisation):
        return _standing_for(ids)


def _standing_for(ids: Sequence[str]) -> dict[Any, list[str]]:
    """A document that repeats another is found as that one; the first of the file comes first."""
    found: dict[Any, list[str]] = {}
    rows = Document.objects.values_list("pk", "same_as", "external_id")
    for pk, same_as, place in sorted(rows, key=lambda row: int(row[2])):
        found.setdefault(same_as or pk, []).append(ids[int(place)])
    return found


def _item(place: str, title: str, text: str, language: str) -> Incoming:
    """A document as a source would send it. One without a text has its title for one."""
    title, text = " ".join(title.split()), text.strip()
    if not text or len(title) > LONGEST_TITLE:
        text = f"{title}\n\n{text}".strip()
    return Incoming(place, Document.Kind.ARTICLE, title, text, language=language)


def _ask(person: User, text: str, documents: Mapping[Any, Sequence[str]], now: datetime) -> Asked:
    started = time.perf_counter()
    found = search(person, text, limit=PASSAGES, now=now)
    took = (time.perf_counter() - started) * 1000
    return Asked(list(dict.fromkeys(_named(found, documents))), took)


def _named(found: Sequence[Any], documents: Mapping[Any, Sequence[str]]) -> Iterator[str]:
    for one in found:
        yield from documents[one.document_id]
