"""What plain methods reach on the retrieval sets: one JSON line, which is committed as ``retrieval.json``.

``python bench/baselines/retrieval.py --data DIR > bench/baselines/retrieval.json``, in CareerForge's
environment with ``requirements.txt`` of this folder installed beside it.

- BM25: bm25s (Lucene's form), Snowball stemming, English stop words, title and text as one field; k1 and b
  are the best of a grid on the first set.
- embedder: the built-in model on title and text, exact cosine (what a flat FAISS index gives).
- RRF: reciprocal ranks of the first hundred of both, the best of a few constants on the first set.
- mix: a weighted sum over the first hundred of both, the best weight and the best of three scalings
  (least to most, standard scores, none) on the first set.

``own`` is the best that the same method reaches when it may choose its constants on that very set.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import Stemmer

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

from retrieval_sets import RetrievalSet, every

from careerforge.assistant.evaluating.ranking import ndcg, reciprocal_rank
from careerforge.embedded import weights
from careerforge.gateway.embedding import default_embedder

DEPTH = 100
GRID = list(product((0.6, 0.9, 1.2, 1.5, 2.0), (0.3, 0.5, 0.75, 0.9)))
CONSTANTS = (1, 5, 10, 20, 40, 60)
SHARES = [round(step / 20, 2) for step in range(21)]
# Of BM25 as it is, whose scores are some thirty times as wide as cosines.
SMALL_SHARES = [0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.05, 0.07]

# Documents with their scores, best first, for each query.
Leg = list[dict[str, float]]
Choice = Any
Method = Callable[["Legs", Choice], Leg]


class Legs:
    """Both rankings of a set; the one by words for each pair of k1 and b that is asked for."""

    def __init__(self, one: RetrievalSet) -> None:
        self.set = one
        self.ids = list(one.corpus)
        self.texts = [f"{title}\n{text}".strip() for title, text in one.corpus.values()]
        stemmer = Stemmer.Stemmer("english")
        self._cut = bm25s.tokenize(self.texts, stopwords="en", stemmer=stemmer, show_progress=False)
        self._asked = bm25s.tokenize(
            list(one.queries.values()), stopwords="en", stemmer=stemmer, show_progress=False
        )
        self._known: dict[tuple[float, float], Leg] = {}
        self.meaning = self._nearest()

    def words(self, constants: tuple[float, float]) -> Leg:
        """BM25 with (k1, b)."""
        if constants not in self._known:
            engine = bm25s.BM25(method="lucene", k1=constants[0], b=constants[1])
            engine.index(self._cut, show_progress=False)
            places, scores = engine.retrieve(self._asked, k=min(DEPTH, len(self.ids)), show_progress=False)
            self._known[constants] = [
                {self.ids[place]: float(score) for place, score in zip(*row, strict=True) if score > 0}
                for row in zip(places, scores, strict=True)
            ]
        return self._known[constants]

    def _nearest(self) -> Leg:
        embedder = default_embedder(weights.folder())
        documents = embedder.embed(self.texts)
        near = embedder.embed(list(self.set.queries.values())) @ documents.T
        best = np.argsort(-near, axis=1, kind="stable")[:, :DEPTH]
        return [
            {self.ids[place]: float(row[place]) for place in places}
            for row, places in zip(near, best, strict=True)
        ]


def rrf(words: Leg, meaning: Leg, constant: float) -> Leg:
    """Cormack, Clarke and Büttcher, 2009."""
    fused: Leg = []
    for pair in zip(words, meaning, strict=True):
        scores: dict[str, float] = {}
        for leg in pair:
            for place, key in enumerate(leg, 1):
                scores[key] = scores.get(key, 0.0) + 1 / (constant + place)
        fused.append(_sorted(scores))
    return fused


def mix(words: Leg, meaning: Leg, choice: tuple[str, float]) -> Leg:
    """``weight`` of the words, the rest of the meaning, both scaled; what a leg lacks gets its lowest."""
    scaling, weight = choice
    fused: Leg = []
    for pair in zip(words, meaning, strict=True):
        left, right = (SCALINGS[scaling](leg) for leg in pair)
        lowest = [min(leg.values(), default=0.0) for leg in (left, right)]
        scores = {
            key: weight * left.get(key, lowest[0]) + (1 - weight) * right.get(key, lowest[1])
            for key in left.keys() | right.keys()
        }
        fused.append(_sorted(scores))
    return fused


def _least_to_most(leg: Mapping[str, float]) -> dict[str, float]:
    low, high = min(leg.values(), default=0.0), max(leg.values(), default=0.0)
    return {key: (score - low) / (high - low) if high > low else 1.0 for key, score in leg.items()}


def _standard(leg: Mapping[str, float]) -> dict[str, float]:
    scores = list(leg.values()) or [0.0]
    middle, spread = float(np.mean(scores)), float(np.std(scores)) or 1.0
    return {key: (score - middle) / spread for key, score in leg.items()}


SCALINGS: Mapping[str, Callable[[Mapping[str, float]], dict[str, float]]] = {
    "min-max": _least_to_most,
    "z": _standard,
    "none": dict,
}


def _sorted(scores: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def recall(ranked: list[str], judged: Mapping[str, float]) -> float:
    """Share of the relevant documents that are in the ranking."""
    return len(set(ranked) & judged.keys()) / len(judged)


def mean(one: RetrievalSet, leg: Leg, measure: Callable[..., float] = ndcg) -> float:
    """A measure over the first ten of all queries, four digits."""
    rows = zip(leg, one.judged.values(), strict=True)
    return round(float(np.mean([measure(list(found)[:10], judged) for found, judged in rows])), 4)


def measured(legs: Legs, chosen: Mapping[str, Choice]) -> dict[str, Any]:
    """Every method with the constants given, and nDCG with its own best ones."""
    constants = chosen["bm25"]
    runs = {
        "bm25": legs.words(constants),
        "embedder": legs.meaning,
        "rrf": rrf(legs.words(constants), legs.meaning, chosen["rrf"]),
        "mix": mix(legs.words(constants), legs.meaning, chosen["mix"]),
    }
    result: dict[str, Any] = {"documents": len(legs.ids), "queries": len(legs.set.queries)}
    for name, run in runs.items():
        result[name] = {
            "ndcg@10": mean(legs.set, run),
            "recall@10": mean(legs.set, run, recall),
            "mrr@10": mean(legs.set, run, reciprocal_rank),
        }
    own = best(legs)
    return result | {
        "own": {name: {"constants": own[name], "ndcg@10": own[f"{name}_ndcg"]} for name in chosen}
    }


def best(legs: Legs) -> dict[str, Choice]:
    """The constants with the highest nDCG@10 on a set, BM25's first, then fusion over that."""
    result: dict[str, Choice] = {}
    for name, method, choices in _methods():
        scores = {choice: mean(legs.set, method(legs, result | {name: choice})) for choice in choices}
        result[name] = max(scores, key=lambda choice: (scores[choice], str(choice)))
        result[f"{name}_ndcg"] = scores[result[name]]
    return result


MIXES = [*product(("min-max", "z"), SHARES), *product(("none",), SMALL_SHARES)]


def _methods() -> Iterator[tuple[str, Method, list[Choice]]]:
    yield "bm25", lambda legs, of: legs.words(of["bm25"]), GRID
    yield "rrf", lambda legs, of: rrf(legs.words(of["bm25"]), legs.meaning, of["rrf"]), list(CONSTANTS)
    yield "mix", lambda legs, of: mix(legs.words(of["bm25"]), legs.meaning, of["mix"]), [*MIXES]


def main() -> None:
    """Read, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with scifact_dev, esco, onet …")
    chosen: dict[str, Choice] = {}
    figures = {}
    for one in every(parser.parse_args().data):
        legs = Legs(one)
        chosen = chosen or {name: best(legs)[name] for name in ("bm25", "rrf", "mix")}
        figures[one.name] = measured(legs, chosen)
    result = {
        "bench": "baselines/retrieval",
        "constants": chosen,
        "sets": figures,
        "embedder": default_embedder(weights.folder()).name,
        **{package: version(package) for package in ("bm25s", "PyStemmer", "numpy", "onnxruntime")},
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
