"""An index over job titles and their aliases: meaning and spelling together."""

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from careerforge.skills import tuning
from careerforge.skills.grams import GramIndex
from careerforge.skills.meaning import Embeds, unit
from careerforge.skills.titles import learned
from careerforge.skills.titles.wording import Wording, read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Id = TypeVar("Id", bound=Hashable)


class TitleIndex(Generic[Id]):
    """Roles by their names. Immutable; safe to read from several threads.

    A role's score for a title is::

        (cosine with the nearest of its names + cosine with all of them together) ÷ 2 + spelling × likeness

    over vectors of the job alone, of the whole title and of the title as it stands, turned so that titles
    of one occupation lie nearer (``learned``), without part of what all titles share. The title is first
    moved towards the names nearest to it (Rocchio, 1971), which brings in their other words.

    Attributes:
        ids: the roles, in the order given.
    """

    def __init__(self, names: Mapping[Id, Sequence[str]], embedder: Embeds) -> None:
        """``names``: each role's title first, then its aliases; a role without a name is left out."""
        import numpy as np

        self._numbers = tuning.of("titles")
        self._embedder = embedder
        self.ids = [role for role, texts in names.items() if texts]
        texts = [text for role in self.ids for text in names[role]]
        self._firsts = np.cumsum([0, *(len(names[role]) for role in self.ids)])[:-1]
        self._counts = np.array([len(names[role]) for role in self.ids])
        self._many = len(texts) > len(self.ids)
        raw = self._vectors(texts)
        share = self._numbers["centring"] * len(texts) / (len(texts) + self._numbers["centred_from"])
        self._mean = (
            raw.mean(axis=0) * np.float32(share) if texts else np.zeros(embedder.dimensions, np.float32)
        )
        self._names = unit(raw - self._mean)
        self._together = unit(np.add.reduceat(self._names, self._firsts)) if self._many else self._names
        self._spelling = GramIndex([spelt(read(text)) for text in texts])

    def rank(self, titles: Sequence[str], hidden: Sequence[int | None] = ()) -> "Floats":
        """Scores of every role for each title: float32, shape ``(titles, roles)``, best about 1.2.

        Args:
            hidden: for each title the place of a role that must not help to find the others.
        """
        import numpy as np

        asked = unit(self._vectors(titles) - self._mean)
        likeness = np.stack([self._best(self._spelling.scores(spelt(read(each)))) for each in titles])
        likeness *= np.float32(self._numbers["spelling"])
        scores = self._meaning(asked) + likeness
        for row, place in enumerate(hidden):
            if place is not None:
                scores[row, place] = -np.inf
        moved = unit(asked + np.float32(self._numbers["towards"]) * self._nearest(scores))
        return self._meaning(moved) + likeness

    def _meaning(self, asked: "Floats") -> "Floats":
        together: Floats = asked @ self._together.T
        if not self._many:
            return together
        import numpy as np

        nearest = np.maximum.reduceat(asked @ self._names.T, self._firsts, axis=1)
        return (nearest + together) / np.float32(2)

    def _best(self, of_names: "Floats") -> "Floats":
        import numpy as np

        best: Floats = np.maximum.reduceat(of_names, self._firsts)
        return best

    def _nearest(self, scores: "Floats") -> "Floats":
        """The middle of the roles that score best, by the square of their scores."""
        import numpy as np

        count = min(int(self._numbers["nearest"]), scores.shape[1])
        # A stable order, so that equal scores never depend on the machine.
        top = np.argsort(-scores, axis=1, kind="stable")[:, :count]
        weights = np.maximum(np.take_along_axis(scores, top, axis=1), 0) ** 2
        return unit((self._together[top] * weights[:, :, None]).sum(axis=1))

    def _vectors(self, titles: Sequence[str]) -> "Floats":
        """Of each title: the middle of its jobs, all of its words, and the title as it stands."""
        import numpy as np

        if not titles:
            return np.empty((0, self._embedder.dimensions), np.float32)
        worded = [(*_jobs_and_full(title), _as_it_stands(title)) for title in titles]
        wanted = list(dict.fromkeys(text for jobs, full, whole in worded for text in (*jobs, full, whole)))
        known = dict(zip(wanted, self._embedder.embed(wanted), strict=True))
        middles = [
            unit(np.sum([known[job] for job in jobs], axis=0)) + known[full] + known[whole]
            for jobs, full, whole in worded
        ]
        return learned.turned(unit(np.stack(middles)), self._embedder.name)


def _jobs_and_full(title: str) -> tuple[tuple[str, ...], str]:
    wording = read(title)
    return wording.jobs, wording.full


def _as_it_stands(title: str) -> str:
    return " ".join(title.split()).casefold() or title


def spelt(wording: Wording) -> str:
    """What of a title is compared letter by letter."""
    return " / ".join(wording.jobs)
