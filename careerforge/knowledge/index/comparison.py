"""Which of two index generations finds more: the same questions, every passage compared with each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection

from careerforge.knowledge.index import embedders, questions
from careerforge.knowledge.models import IndexGeneration
from careerforge.knowledge.search import legs, nearest
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

DEPTH = 10
# The share of questions that a new generation may lose before a person has to say yes.
TOLERATED = 0.02


@dataclass(frozen=True)
class Comparison:
    """Two generations on the same questions.

    Attributes:
        before, after: share of questions with the right passage in the first ten.
        before_rank, after_rank: mean reciprocal rank of the right passage.
        agreement: share of the first ten that both give.
    """

    questions: int = 0
    before: float = 0.0
    after: float = 0.0
    before_rank: float = 0.0
    after_rank: float = 0.0
    agreement: float = 0.0

    @property
    def is_no_worse(self) -> bool:
        """Whether nobody has to be asked."""
        return self.after >= self.before - TOLERATED

    def as_json(self) -> dict[str, Any]:
        """For the generation's row."""
        return {name: round(value, 4) for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Comparison":
        """From the generation's row."""
        return cls(**values)


def compare(
    before: IndexGeneration, after: IndexGeneration, alive: Callable[[], None] = lambda: None
) -> Comparison:
    """Ask every organisation's questions of both; nothing is stored.

    Args:
        alive: called before each question.
    """
    rows = []
    for organisation in Organisation.objects.order_by("pk").values_list("id", flat=True):
        with context.organisation(organisation):
            asked = questions.of_organisation()
        for question in asked:
            alive()
            with context.organisation(organisation):
                found = [first_ten(generation, question.text) for generation in (before, after)]
            if found[0] is not None and found[1] is not None:
                rows.append((found[0], found[1], question.chunks))
    return summed(rows)


def summed(rows: Sequence[tuple[Sequence[int], Sequence[int], frozenset[int]]]) -> Comparison:
    """What the rankings of both, and the right passages, come to. Pure."""
    if not rows:
        return Comparison()
    return Comparison(
        len(rows),
        _mean(bool(right & set(old)) for old, _, right in rows),
        _mean(bool(right & set(new)) for _, new, right in rows),
        _mean(_reciprocal(old, right) for old, _, right in rows),
        _mean(_reciprocal(new, right) for _, new, right in rows),
        _mean(len(set(old) & set(new)) / max(len(old), len(new), 1) for old, new, _ in rows),
    )


def first_ten(generation: IndexGeneration, question: str) -> list[int] | None:
    """The nearest passages of the open organisation; None when nothing can embed the question."""
    vector = embedders.vector(generation.embedder, question)
    if vector is None:
        return None
    near = legs.Near(generation.pk, generation.dimensions, vector)
    with connection.cursor() as cursor:
        cursor.execute(nearest.everywhere(near, DEPTH * legs.PARTS), {"vector": nearest.written(vector)})
        found = [chunk for chunk, _ in sorted(cursor.fetchall(), key=lambda row: (row[1], row[0]))]
        return list(dict.fromkeys(found))[:DEPTH]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def _reciprocal(ranking: Sequence[int], right: frozenset[int]) -> float:
    return next((1 / place for place, chunk in enumerate(ranking, 1) if chunk in right), 0.0)
