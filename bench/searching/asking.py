"""Asking questions and timing the answers: of one client, of several, of two engines in turn."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier, Thread

from django.db import connection

from careerforge.knowledge.passage import Passage
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User
from searching.company import Company, as_application
from searching.figures import quantiles

Ask = Callable[[str], object]
WARM_UP = 20


def ask(company: Company, person: User, question: str, **values: object) -> list[Passage]:
    """One search in a transaction of its own, as a web request makes it."""
    with company.request():
        return search(person, question, limit=10, **values)  # type: ignore[arg-type]


def timed(work: Ask, questions: Sequence[str]) -> list[float]:
    """Milliseconds of each question, after a warm-up with others."""
    for question in questions[-WARM_UP:]:
        work(question)
    return [_milliseconds(work, question) for question in questions]


def in_turn(one: Ask, other: Ask, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of two engines, each question asked of both, the first to answer changing."""
    taken: tuple[list[float], list[float]] = ([], [])
    for work in (one, other):
        for question in questions[-WARM_UP:]:
            work(question)
    for place, question in enumerate(questions):
        for which in (0, 1) if place % 2 else (1, 0):
            taken[which].append(_milliseconds((one, other)[which], question))
    return taken


def at_once(
    work: Ask, questions: Sequence[str], clients: int, every: float = 0.0
) -> tuple[list[float], float]:
    """Milliseconds of each question asked by several threads, and questions a second.

    Each thread has a connection of its own, as in the web process.

    Args:
        every: each client begins a question so many seconds after the one before, or when that is answered;
            0 for without a pause.
    """
    taken: list[list[float]] = [[] for _ in range(clients)]
    ready = Barrier(clients + 1)

    def client(place: int) -> None:
        as_application()
        own = questions[place::clients]
        timed(work, own[:WARM_UP])
        ready.wait()
        began = time.perf_counter()
        for number, question in enumerate(own):
            # Not all in step.
            time.sleep(max(began + (number + place / clients) * every - time.perf_counter(), 0.0))
            taken[place].append(_milliseconds(work, question))
        connection.close()

    threads = [Thread(target=client, args=[place]) for place in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    flat = [milliseconds for some in taken for milliseconds in some]
    return flat, len(flat) / (time.perf_counter() - started)


@dataclass
class Spent:
    """Processor milliseconds per question: of this process, and of its database backends."""

    ours: float = 0.0
    theirs: float = 0.0
    backends: list[int] = field(default_factory=list)


@contextmanager
def spending(questions: int, backends: Iterable[int]) -> Iterator[Spent]:
    """What asking so many questions costs, which other load on the machine hardly changes."""
    spent = Spent(backends=list(backends))
    ours, theirs = time.process_time(), _ticks(spent.backends)
    yield spent
    spent.ours = (time.process_time() - ours) * 1000 / questions
    spent.theirs = (_ticks(spent.backends) - theirs) * 10 / questions


def _ticks(backends: Iterable[int]) -> int:
    """Hundredths of a second of processor time that processes have used."""
    fields = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in backends)
    return sum(int(values[11]) + int(values[12]) for values in fields)


def _milliseconds(work: Ask, question: str) -> float:
    started = time.perf_counter()
    work(question)
    return (time.perf_counter() - started) * 1000


__all__ = ["ask", "at_once", "in_turn", "quantiles", "spending", "timed"]
