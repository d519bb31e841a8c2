"""Character n-grams by TF-IDF and cosine, as scikit-learn's ``TfidfVectorizer`` with ``char_wb`` does it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

RANGES = ((2, 4), (3, 5), (2, 5))


class CharacterTfidf:
    """An index over texts: n-grams within words, edges as blanks, sublinear counts, smoothed idf."""

    def __init__(self, texts: Sequence[str], sizes: tuple[int, int]) -> None:
        self.sizes, self.length = sizes, len(texts)
        counted = [self._grams(text) for text in texts]
        found = Counter(gram for grams in counted for gram in grams)
        self.idf = {gram: math.log((1 + len(texts)) / (1 + n)) + 1 for gram, n in found.items()}
        lists: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
        for place, grams in enumerate(counted):
            for gram, weight in self._weighed(grams).items():
                lists[gram][0].append(place)
                lists[gram][1].append(weight)
        self.lists = {gram: (np.array(p), np.array(w, np.float32)) for gram, (p, w) in lists.items()}

    def scores(self, text: str) -> np.ndarray:
        """Cosine with every text."""
        total = np.zeros(self.length, np.float32)
        for gram, weight in self._weighed(self._grams(text)).items():
            places, weights = self.lists[gram]
            total[places] += weights * weight
        return total

    def _grams(self, text: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for word in re.sub(r"\s+", " ", text.lower()).split():
            edged = f" {word} "
            for size in range(self.sizes[0], self.sizes[1] + 1):
                found.update(edged[at : at + size] for at in range(max(len(edged) - size + 1, 1)))
        return found

    def _weighed(self, grams: Counter[str]) -> dict[str, float]:
        raw = {g: (1 + math.log(n)) * self.idf[g] for g, n in grams.items() if g in self.idf}
        norm = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
        return {gram: weight / norm for gram, weight in raw.items()}
