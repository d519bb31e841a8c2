"""How alike two texts are spelt: n-grams of characters within words, weighed by rarity, as a cosine."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

SHORTEST, LONGEST = 2, 4


class GramIndex:
    """Texts by their n-grams; weights are (1 + ln count) × (ln((1 + n) ÷ (1 + found in)) + 1), length 1.

    The weighing is Salton and Buckley's (1988), smoothed as scikit-learn does it.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        self.size = len(texts)
        found: Counter[str] = Counter()
        for text in texts:
            found.update(grams(text).keys())
        self.rarity = {gram: math.log((1 + self.size) / (1 + n)) + 1 for gram, n in found.items()}
        holders: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for place, text in enumerate(texts):
            for gram, weight in self._weighed(text):
                holders[gram][0].append(place)
                holders[gram][1].append(weight)
        self._holders = {
            gram: (np.array(places, np.int32), np.array(weights, np.float32))
            for gram, (places, weights) in holders.items()
        }

    def scores(self, text: str) -> "Scores":
        """Cosine of a text with every one of the index: float32, shape ``(size,)``."""
        import numpy as np

        total = np.zeros(self.size, np.float32)
        for gram, weight in self._weighed(text):
            if gram in self._holders:
                places, weights = self._holders[gram]
                total[places] += weights * np.float32(weight)
        return total

    def _weighed(self, text: str) -> Iterator[tuple[str, float]]:
        raw = {g: (1 + math.log(n)) * self.rarity[g] for g, n in grams(text).items() if g in self.rarity}
        length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        for gram, weight in raw.items():
            yield gram, weight / length


@lru_cache(maxsize=4096)
def grams(text: str) -> Counter[str]:
    """The n-grams of each word between its edges, with their counts."""
    found: Counter[str] = Counter()
    for word in text.casefold().split():
        edged = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            found.update(edged[start : start + size] for start in range(max(len(edged) - size + 1, 1)))
    return found
