"""What the baselines share: the data folder, the embedder, the machine, and a figure with its interval."""

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from careerforge.assistant.evaluating.ranking import interval, mean
from careerforge.embedded import weights
from careerforge.gateway.embedding import Embedder, default_embedder


def data_folder() -> Path:
    """``CAREERFORGE_SHARED`` names the folder that holds ``data/``; else one beside the checkout."""
    return Path(os.environ.get("CAREERFORGE_SHARED") or ROOT.parent / "shared") / "data"


def embedder() -> Embedder:
    """The built-in one, or hashing where it has no weights: the figures name it."""
    return default_embedder(weights.folder())


def with_interval(values: Sequence[float]) -> dict[str, Any]:
    """The mean over questions, and where 95 % of resampled means lie."""
    low, high = interval(values)
    return {"mean": round(mean(values), 4), "from": round(low, 4), "to": round(high, 4), "n": len(values)}


def places(scores: "np.ndarray", right: set[int]) -> "np.ndarray":
    """Places (from 1) of the right ones when all are sorted by score, ties in the corpus's order."""
    ordered = np.argsort(-scores, kind="stable")
    at = np.empty(len(ordered), np.int64)
    at[ordered] = np.arange(1, len(ordered) + 1)
    return np.sort(at[sorted(right)])


def average_precision(found: "np.ndarray") -> float:
    """From the places of the right ones."""
    return float(np.mean(np.arange(1, len(found) + 1) / found))


def say(name: str, figures: Mapping[str, Any]) -> None:
    """Print one line of JSON and keep it beside the baseline."""
    about = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "load": round(os.getloadavg()[0], 1),
    }
    whole = {"baseline": name, "embedder": embedder().name, **figures, **about}
    (Path(__file__).parent / f"{name}.json").write_text(json.dumps(whole, indent=1) + "\n", "utf-8")
    print(json.dumps(whole))
