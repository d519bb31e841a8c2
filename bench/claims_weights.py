"""Fit the weights of ``assistant/policy/likeness.py``: `./run.sh bench claims_weights` writes them.

Logistic regression (both classes weigh the same) on the vectors of `claims/tuning.jsonl`: sentences that
judge somebody by a protected trait, with and without words that say so, against harmless ones and the
sentences of the demo company's library. The bound is where five-fold cross-validation lets ``PASSED``
harmless sentences about people through. `claims/held_out.jsonl` is read by the tests alone.
"""

import json
import os
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
django.setup()

import numpy as np

from careerforge.assistant.policy import claims, likeness
from careerforge.assistant.sentences import sentences
from careerforge.demo import library
from careerforge.knowledge.index import embedders

TUNING = Path(__file__).parent / "claims" / "tuning.jsonl"
PULL, RATE, STEPS, FOLDS, SEED, PASSED = 1e-4, 20.0, 500, 5, 0, 12


def rows() -> tuple[list[str], list[str]]:
    """Sentences that make such a claim, and those that make none."""
    told = [json.loads(line) for line in TUNING.read_text(encoding="utf-8").splitlines()]
    harmless = [row["text"] for row in told if row["label"] == "harmless"]
    harmless += [one.text for page in library.pages() for one in sentences(page.text)]
    return [row["text"] for row in told if row["label"] == "claim"], harmless


def fitted(vectors: Any, wanted: Any) -> tuple[Any, float]:
    """Weights and offset, by gradient descent from zero."""
    weights, offset = np.zeros(vectors.shape[1]), 0.0
    share = np.where(wanted == 1, 0.5 / (wanted == 1).sum(), 0.5 / (wanted == 0).sum())
    for _step in range(STEPS):
        slope = share * (1 / (1 + np.exp(-(vectors @ weights + offset))) - wanted)
        weights -= RATE * (vectors.T @ slope + PULL * weights)
        offset -= RATE * slope.sum()
    return weights, offset


def main() -> None:
    """Fit, find the bound, write."""
    made, harmless = rows()
    texts = made + harmless
    vectors = embedders.built_in().embed(texts).astype(np.float64)
    wanted = np.array([1] * len(made) + [0] * len(harmless))
    folds = np.random.default_rng(SEED).integers(0, FOLDS, len(wanted))
    scores = np.zeros(len(wanted))
    for fold in range(FOLDS):
        weights, offset = fitted(vectors[folds != fold], wanted[folds != fold])
        scores[folds == fold] = vectors[folds == fold] @ weights + offset
    people = np.array([claims.is_about_people(text) for text in texts])
    bound = float(np.sort(scores[(wanted == 0) & people])[::-1][PASSED])
    weights, offset = fitted(vectors, wanted)
    path = Path(likeness.__file__).parent / likeness.FILES[embedders.built_in().name]
    np.save(path, np.append(weights, bound - offset).astype(np.float32))
    found = float(((scores > bound) & people)[wanted == 1].mean())
    print(json.dumps({"bench": "claims_weights", "claims": len(made), "harmless": len(harmless),
                      "found_in_folds": round(found, 3), "file": path.name}))  # fmt: skip


if __name__ == "__main__":
    main()
