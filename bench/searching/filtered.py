"""Search under a permission that hides most: is all found that an exact search finds, and nothing else?"""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection

from careerforge.knowledge.index import embedders, generations, terms
from careerforge.knowledge.models import Chunk, Collection
from careerforge.knowledge.search import legs, nearest
from careerforge.people.models import User
from searching.asking import WARM_UP, ask, spending, timed
from searching.company import Company
from searching.figures import quantiles

FIRST = 10


def figures(company: Company, questions: Sequence[str]) -> dict[str, Any]:
    """For each share of the passages that a person sees: recall@10 of exact, time, rows of others."""
    found: dict[str, Any] = {}
    for share, person in sorted(company.people.items(), key=lambda item: float(item[0])):
        work = partial(ask, company, person)
        work(questions[0])
        with spending(len(questions) + WARM_UP, [connection.connection.info.backend_pid]) as spent:
            taken = timed(work, questions)
        with company.request():
            recalls = [_recall(company, person, question) for question in questions]
        found[share] = {
            "recall_at_10_by_meaning": round(statistics.mean(one for one, _ in recalls), 4),
            "recall_at_10_of_the_search": round(statistics.mean(other for _, other in recalls), 4),
            **quantiles(taken),
            "cpu_ms": round(spent.ours + spent.theirs, 1),
            "foreign_rows": _foreign(company, person, questions),
        }
    return found


def _recall(company: Company, person: User, question: str) -> tuple[float, float]:
    quick = _meaning(person, question), _whole(company, person, question)
    with _exact():
        right = _meaning(person, question), _whole(company, person, question)
    return _share(quick[0], right[0]), _share(quick[1], right[1])


def _share(found: Sequence[int], right: Sequence[int]) -> float:
    return len(set(found) & set(right)) / len(right) if right else 1.0


def _whole(company: Company, person: User, question: str) -> list[int]:
    return [one.chunk_id for one in ask(company, person, question)]


def _meaning(person: User, question: str) -> list[int]:
    live = generations.live()
    assert live
    vector = embedders.vector(live.embedder, question)
    assert vector
    near = legs.Near(live.pk, live.dimensions, vector)
    seen = legs.Scope.of(list(Collection.objects.visible_to(person).filter(passages__gt=0)))
    return [chunk for chunk, _ in legs.both(seen, terms.readable(question), lambda: near).meaning[:FIRST]]


@contextmanager
def _exact() -> Iterator[None]:
    """Every vector compared, whatever their number."""
    before = nearest.is_few
    nearest.is_few = lambda scope, generation: True
    yield
    nearest.is_few = before


def _foreign(company: Company, person: User, questions: Sequence[str]) -> int:
    """Passages found that are in no collection of this person's."""
    with company.request():
        found = {one.chunk_id for question in questions for one in ask(company, person, question)}
        seen = Collection.objects.visible_to(person)
        return len(found) - Chunk.objects.filter(pk__in=found, collection__in=seen).count()
