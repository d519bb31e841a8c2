"""Fit the weights of ``assistant/policy/likeness.py``: `./run.sh bench claims_weights` writes them.

Kernel ridge regression (both classes weigh the same) on the vectors of `claims/tuning.jsonl`: sentences that
judge somebody by a protected trait, with and without words that say so, against harmless ones and the
sentences of the demo company's library. The bounds are where five-fold cross-validation has ``PASSED`` of the
harmless above, and a share ``LOST`` of what words give away below. `claims/held_out.jsonl` and
`claims/blind.jsonl` are read by the tests alone.
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
RIDGE, FOLDS, SEED, PASSED, LOST = 0.3, 5, 0, 8, 0.02


def rows() -> tuple[list[str], list[str]]:
    """Sentences that make such a claim, and those that make none."""
    told = [json.loads(line) for line in TUNING.read_text(encoding="utf-8").splitlines()]
    harmless = [row["text"] for row in told if row["label"] == "harmless"]
    harmless += [one.text for page in library.pages() for one in sentences(page.text)]
    made = [row["text"] for row in told if row["label"] == "claim"]
    return made, harmless


def fitted(vectors: Any, wanted: Any) -> Any:
    """One weight per row: claims are 1, the others -1, and both classes count the same."""
    share = np.where(wanted == 1, 0.5 / (wanted == 1).sum(), 0.5 / (wanted == 0).sum()) * len(wanted)
    return np.linalg.solve(likeness.kernel(vectors, vectors) + RIDGE * np.diag(1 / share), wanted * 2.0 - 1)


def main() -> None:
    """Fit, find the bound, write."""
    made, harmless = rows()
    kept = np.clip(np.round(likeness.vectors(made + harmless) / likeness.STEP), -127, 127).astype(np.int8)
    vectors = kept * np.float32(likeness.STEP)
    wanted = np.array([1] * len(made) + [0] * len(harmless))
    folds = np.random.default_rng(SEED).integers(0, FOLDS, len(wanted))
    scores = np.zeros(len(wanted))
    for fold in range(FOLDS):
        known, new = folds != fold, folds == fold
        scores[new] = likeness.kernel(vectors[new], vectors[known]) @ fitted(vectors[known], wanted[known])
    bound = float(np.sort(scores[wanted == 0])[::-1][PASSED])
    named = np.array([bool(claims.trait_in(text)[0]) for text in made])
    clear = float(np.quantile(scores[wanted == 1][named], LOST))
    path = Path(likeness.__file__).parent / likeness.FILES[embedders.built_in().name]
    weights = fitted(vectors, wanted).astype(np.float32)
    np.savez_compressed(path, vectors=kept, weights=weights, bound=bound, clear=clear)
    found = float((scores > bound)[wanted == 1].mean())
    bounds = {"found_in_folds": round(found, 3), "bound": round(bound, 3), "clear": round(clear, 3)}
    counted = {"claims": len(made), "harmless": len(harmless)}
    print(json.dumps({"bench": "claims_weights", **counted, **bounds, "file": path.name}))


if __name__ == "__main__":
    main()
