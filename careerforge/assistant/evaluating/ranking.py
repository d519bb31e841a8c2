"""How good a ranking is: pure counting over one question, and means with an interval over many.

A ranking is a sequence of ids, best first. Figures are 0 to 1.
"""

import math
import random
from collections.abc import Collection, Mapping, Sequence

RESAMPLES = 2000


def average_precision(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Mean over the relevant ids of the precision at their place; one that is missing counts 0.

    The mean over questions is MAP (Manning, Raghavan and Schütze, 2008, section 8.4).
    """
    found, total = 0, 0.0
    for place, each in enumerate(ranked, start=1):
        if each in relevant:
            found += 1
            total += found / place
    return total / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """One by the place of the first relevant id, 0 when there is none."""
    return next((1 / place for place, each in enumerate(ranked, start=1) if each in relevant), 0.0)


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], cut: int = 10) -> float:
    """Discounted gain of the first ``cut``, grade by log2 of place + 1, by that of the best order.

    Järvelin and Kekäläinen, 2002, with linear gain, as trec_eval and BEIR count it.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:cut])
    return _gain([grades.get(each, 0.0) for each in ranked[:cut]]) / best if best else 0.0


def _gain(grades: Sequence[float]) -> float:
    return sum(grade / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def r_precision(ranked: Sequence[str], relevant: Collection[str], cut: int) -> float:
    """RP@cut: of the first ``cut``, how many are relevant, by how many could be at most.

    Chalkidis et al., "Large-Scale Multi-Label Text Classification on EU Legislation", 2019, section 5.
    """
    possible = min(cut, len(relevant))
    return sum(each in relevant for each in ranked[:cut]) / possible if possible else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float], seed: int = 1) -> tuple[float, float]:
    """95 % of the means of samples drawn from ``values`` with replacement (Efron, 1979)."""
    chance = random.Random(seed)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    return means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES) - 1]


def ratio_interval(values: Sequence[float], basis: Sequence[float], seed: int = 1) -> tuple[float, float]:
    """95 % of the ratios of means, both drawn for the same questions. A basis of 0 gives infinity.

    Raises:
        ValueError: different lengths.
    """
    chance = random.Random(seed)
    pairs = list(zip(values, basis, strict=True))
    ratios = []
    for _ in range(RESAMPLES):
        drawn = chance.choices(pairs, k=len(pairs))
        below = sum(pair[1] for pair in drawn)
        ratios.append(sum(pair[0] for pair in drawn) / below if below else math.inf)
    ratios.sort()
    return ratios[int(0.025 * RESAMPLES)], ratios[int(0.975 * RESAMPLES) - 1]
