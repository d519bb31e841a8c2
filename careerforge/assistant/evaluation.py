"""How good a check is: pure counting."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alarms:
    """Counts of a check that raises an alarm, against the truth. A share of nothing is 0.

    Attributes:
        hits: wrong and alarmed.
        misses: wrong and not alarmed.
        false: right and alarmed.
        quiet: right and not alarmed.
    """

    hits: int
    misses: int
    false: int
    quiet: int

    @property
    def precision(self) -> float:
        """Of the alarms, how many were right."""
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        """Of what was wrong, how much was found."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def false_alarms(self) -> float:
        """Of what was right, how much was alarmed."""
        return _share(self.false, self.false + self.quiet)


def alarms(scores: Sequence[float], right: Sequence[bool], threshold: float) -> Alarms:
    """Count alarms: a score below the threshold is one.

    Raises:
        ValueError: different lengths.
    """
    pairs = [(score < threshold, truth) for score, truth in zip(scores, right, strict=True)]
    return Alarms(
        hits=pairs.count((True, False)),
        misses=pairs.count((False, False)),
        false=pairs.count((True, True)),
        quiet=pairs.count((False, True)),
    )


def auc(scores: Sequence[float], right: Sequence[bool]) -> float:
    """Chance that a right one scores above a wrong one, ties counting half (Mann and Whitney, 1947).

    Returns:
        0 to 1; 0.5 when all are right or all are wrong, as nothing can be told then.

    Raises:
        ValueError: different lengths.
    """
    ordered = sorted(zip(scores, right, strict=True))
    rank_sum, place = 0.0, 0
    while place < len(ordered):
        end = place
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            end += 1
        same = [truth for _, truth in ordered[place:end]]
        rank_sum += same.count(True) * (place + 1 + end) / 2
        place = end
    positive = sum(right)
    negative = len(ordered) - positive
    if not positive or not negative:
        return 0.5
    return (rank_sum - positive * (positive + 1) / 2) / (positive * negative)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
