"""Title matching and skill linking beside the embedder's plain cosine, on development sets: one JSON line.

`./run.sh bench skills_language [titles|skills]`. The sets are read from the shared data folder at run time.
A ratio is of means over the same questions; its interval comes from drawing them anew 2,000 times.

``skills/tuning.toml`` was chosen by hand on these sets, on flat places: what is good for one title set had
to be no worse on the three others, and what is good for one split of skills on the other.
The map of ``skills/titles/learned.py`` saw ESCO's labels, so ``esco`` tells nothing about it; it saw neither
JobBERT's vacancies nor the occupations of ``onet``.
"""

import csv
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "baselines"))

import numpy as np
import skill_sets
import title_sets
from measured import average_precision, data_folder, embedder, places, with_interval

from careerforge.assistant.evaluating.ranking import mean, ratio_interval
from careerforge.skills.linking import LabelIndex
from careerforge.skills.titles import TitleIndex

SLICE = 200


class Remembering:
    """The built-in embedder, asked once for each text."""

    def __init__(self) -> None:
        self.name, self.dimensions = embedder().name, embedder().dimensions
        self._known: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        self._known.update(zip(new, embedder().embed(new), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(-1, self.dimensions)


def compared(ours: list[float], plain: list[float]) -> dict:
    """Ours, the plain cosine, and the ratio."""
    low, high = ratio_interval(ours, plain)
    ratio = {"ratio": round(mean(ours) / mean(plain), 3), "from": round(low, 3), "to": round(high, 3)}
    return {"ours": with_interval(ours), "cosine": with_interval(plain), **ratio}


def titles(memory: Remembering) -> dict:
    """MAP on each set; the occupations once more with the aliases that an imported taxonomy brings."""
    found = {}
    for one in title_sets.every(data_folder()):
        plain = memory.embed(one.queries) @ memory.embed(one.corpus).T
        own = [one.corpus.index(q) if one.name == "jobbert_titles" else None for q in one.queries]
        basis = precisions(plain, one.right, own)
        found[one.name] = compared(ranked(TitleIndex(_alone(one.corpus), memory), one, own), basis)
        if one.name == "jobbert_occupations":
            index = TitleIndex(dict(enumerate(aliases())), memory)
            found[one.name + "_with_aliases"] = compared(ranked(index, one, own), basis)
    return found


def ranked(index: TitleIndex, one: title_sets.TitleSet, own: list) -> list[float]:
    """Average precision of each query."""
    scores = [
        index.rank(one.queries[at : at + SLICE], own[at : at + SLICE])
        for at in range(0, len(one.queries), SLICE)
    ]
    return precisions(np.concatenate(scores), one.right, own)


def precisions(scores: np.ndarray, right: list[set[int]], own: list) -> list[float]:
    """A title that is in the corpus too does not find itself."""
    for row, place in zip(scores, own, strict=True):
        if place is not None:
            row[place] = -np.inf
    return [average_precision(places(row, wanted)) for row, wanted in zip(scores, right, strict=True)]


def _alone(corpus: list[str]) -> dict[int, list[str]]:
    return {place: [title] for place, title in enumerate(corpus)}


def aliases() -> list[list[str]]:
    """Each occupation's name and alternative labels."""
    with (data_folder() / "esco/occupations_en.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [
        [row["preferredLabel"], *(a.strip() for a in row["altLabels"].split("\n") if a.strip())]
        for row in rows
    ]


def skills(memory: Remembering) -> dict:
    """RP@5 on each split."""
    found, index = {}, None
    for one in skill_sets.every(data_folder()):
        index = index or LabelIndex(one.labels, memory)
        plain = memory.embed(one.texts) @ memory.embed(one.labels).T
        ours = np.stack([index.rank(text) for text in one.texts])
        found[one.name] = compared(at_five(ours, one.right), at_five(plain, one.right))
    return found


def at_five(scores: np.ndarray, right: list[set[int]]) -> list[float]:
    """RP@5 of each text."""
    found = [places(row, wanted) for row, wanted in zip(scores, right, strict=True)]
    return [float((at <= 5).sum() / min(5, len(at))) for at in found]


def main() -> None:
    """What is named, or both."""
    memory, begun = Remembering(), time.perf_counter()
    parts = {"titles": titles, "skills": skills}
    wanted = sys.argv[1:] or list(parts)
    figures = {name: parts[name](memory) for name in wanted}
    seconds = round(time.perf_counter() - begun, 1)
    print(
        json.dumps({"bench": "skills_language", "embedder": embedder().name, **figures, "seconds": seconds})
    )


if __name__ == "__main__":
    main()
