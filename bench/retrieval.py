"""The search on the retrieval sets, beside what plain methods reach on them: one JSON line.

`--data DIR [--sets scifact,tasks]`. Every set goes the product's own road in a throw-away company; BM25 and
the embedder alone are those of `bench/baselines/retrieval.py`, whose `requirements.txt` has to be installed.
The differences are paired over the queries, with the 95 % interval of 2,000 samples (seed 1).
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
django.setup()
sys.path[:0] = [str(Path(__file__).resolve().parent / "baselines")]

from django.utils import timezone
from retrieval_sets import RetrievalSet, every

from careerforge.assistant.evaluating import company, retrieval
from careerforge.assistant.evaluating.beir import Judged
from careerforge.assistant.evaluating.ranking import interval, mean, ndcg
from careerforge.knowledge.search import weights

COMMITTED = Path(__file__).resolve().parent / "baselines" / "retrieval.json"


def measured(one: RetrievalSet, constants: Mapping[str, Any]) -> dict[str, Any]:
    """The search's figures, those of each leg alone, and the differences with their intervals."""
    judged = Judged(one.corpus, one.queries, one.judged)
    with company.throw_away() as person:
        answers = retrieval.asked(judged, person, "en", timezone.now())
    ours = [ndcg(answers[key].ranked, grades) for key, grades in one.judged.items()]
    result: dict[str, Any] = retrieval.summed(judged, answers)
    for name, scores in alone(one, constants).items():
        differences = [a - b for a, b in zip(ours, scores, strict=True)]
        low, high = interval(differences)
        result[name] = {
            "ndcg@10": round(mean(scores), 4),
            "difference": round(mean(differences), 4),
            "low": round(low, 4),
            "high": round(high, 4),
        }
    return result


def alone(one: RetrievalSet, constants: Mapping[str, Any]) -> dict[str, list[float]]:
    """nDCG@10 of every query by BM25 alone and by the embedder alone."""
    from retrieval import Legs

    legs = Legs(one)
    found = {"bm25": legs.words(tuple(constants["bm25"])), "embedder": legs.meaning}
    return {name: _scores(leg, list(one.judged.values())) for name, leg in found.items()}


def _scores(leg: Sequence[Mapping[str, float]], judged: Sequence[Mapping[str, float]]) -> list[float]:
    return [ndcg(list(ranked), grades) for ranked, grades in zip(leg, judged, strict=True)]


def main() -> None:
    """Read, store, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with scifact_dev, esco, onet …")
    parser.add_argument("--sets", default="", help="names of sets, comma-separated; all unless given")
    asked = parser.parse_args()
    constants = json.loads(COMMITTED.read_text(encoding="utf-8"))["constants"]
    wanted = set(filter(None, asked.sets.split(",")))
    sets = [one for one in every(asked.data) if not wanted or one.name in wanted]
    result = {
        "bench": "retrieval",
        "sets": {one.name: measured(one, constants) for one in sets},
        "weights": {"words": weights.WORDS, "k1": weights.K1, "b": weights.B, "depth": weights.DEPTH},
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
