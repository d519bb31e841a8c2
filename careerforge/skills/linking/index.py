"""Labels of skills, ranked for a text by meaning at several sizes and by shared words."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from careerforge.skills import tuning
from careerforge.skills.linking.windows import Window, plain, stems, windows
from careerforge.skills.meaning import Embeds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linked:
    """A label that a text may ask for, and the words of the text that are nearest to it.

    Attributes:
        place: the label's place in the index.
        score: to compare the labels of one text.
        nearness: cosine of the nearest words, or of the whole text, with the label: -1 to 1.
    """

    place: int
    score: float
    nearness: float
    start: int
    end: int


class LabelIndex:
    """An index over names of skills. Immutable; safe to read from several threads.

    A label's score for a text is::

        cosine of its nearest window + whole × cosine of the whole text + words × share of its words

    A sentence of a posting asks for several things at once; its own vector is near none of them, while a
    window of a few words is near one. Shared words are weighed by their rarity among the labels.

    Attributes:
        labels: as they were given.
    """

    def __init__(self, labels: Sequence[str], embedder: Embeds) -> None:
        import numpy as np

        self.labels = tuple(labels)
        self._numbers = tuning.of("linking")
        self._embedder = embedder
        names = [plain(label) for label in self.labels]
        # A label with an explanation is met with and without it: its second row comes behind all first ones.
        changed = [place for place, name in enumerate(names) if name != self.labels[place]]
        self._vectors = embedder.embed([*self.labels, *(names[place] for place in changed)])
        self._changed = np.array(changed, np.int64)
        self._holders, self._weight = self._words(names)

    def rank(self, text: str) -> "Floats":
        """Scores of every label for a text: float32, shape ``(labels,)``."""
        _, cosines = self._near(text)
        return self._score(text, *self._best(cosines))

    def link(self, text: str, limit: int = 5) -> list[Linked]:
        """The likeliest labels with the words that name them; none for a text without a word."""
        import numpy as np

        if not self.labels or not text.strip():
            return []
        pieces, cosines = self._near(text)
        best, whole = self._best(cosines)
        scores = self._score(text, best, whole)
        found = []
        for place in np.argsort(-scores, kind="stable")[:limit]:
            piece = pieces[int(self._of(cosines[1:], place).argmax())]
            nearness = max(float(best[place]), float(whole[place]))
            found.append(Linked(int(place), float(scores[place]), nearness, piece.start, piece.end))
        return found

    def _near(self, text: str) -> "tuple[list[Window], Floats]":
        """The windows, and the cosines of the whole text and of each of them with every row."""
        pieces = windows(text) or [Window(text, 0, len(text))]
        vectors = self._embedder.embed([text, *(piece.text for piece in pieces)])
        return pieces, vectors @ self._vectors.T

    def _best(self, cosines: "Floats") -> "tuple[Floats, Floats]":
        """Of each label: the cosine of its nearest window, and of the whole text."""
        return self._joined(cosines[1:].max(axis=0)), self._joined(cosines[0])

    def _joined(self, rows: "Floats") -> "Floats":
        """A value for each label from those of its one or two rows: the greater one."""
        import numpy as np

        joined = rows[: len(self.labels)].copy()
        joined[self._changed] = np.maximum(joined[self._changed], rows[len(self.labels) :])
        return joined

    def _of(self, cosines: "Floats", place: "np.int64") -> "Floats":
        """The windows' cosines with one label."""
        import numpy as np

        found: Floats = cosines[:, place]
        second = int(np.searchsorted(self._changed, place))
        if second < len(self._changed) and self._changed[second] == place:
            found = np.maximum(found, cosines[:, len(self.labels) + second])
        return found

    def _score(self, text: str, best: "Floats", whole: "Floats") -> "Floats":
        import numpy as np

        shared = np.zeros(len(self.labels), np.float32)
        for word in sorted(stems(text) & self._holders.keys()):
            rarity, holders = self._holders[word]
            shared[holders] += rarity
        numbers = self._numbers
        scores: Floats = best + numbers["whole"] * whole + numbers["words"] * shared / self._weight
        return scores

    @staticmethod
    def _words(names: Sequence[str]) -> "tuple[dict[str, tuple[float, NDArray[np.int32]]], Floats]":
        """Each stem with its rarity, ln(1 + labels ÷ labels with it), and the labels that have it."""
        import numpy as np

        of_names = [stems(name) for name in names]
        counts = Counter(word for words in of_names for word in words)
        rarity = {word: math.log(1 + len(names) / n) for word, n in counts.items()}
        places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(of_names):
            for word in words:
                places[word].append(place)
        weight = [math.fsum(rarity[word] for word in words) or 1.0 for words in of_names]
        holders = {word: (rarity[word], np.array(found, np.int32)) for word, found in places.items()}
        return holders, np.array(weight, np.float32)
