"""Fit the map of ``skills/titles/learned.py``: `python bench/titles_map.py` writes it, one JSON line.

Two labels of one occupation are a pair; among the pairs of a batch each has to find its other half
(InfoNCE, van den Oord et al., 2018; symmetric). The map starts as the identity, and in the end only
``SHARE`` of the way that it went is kept, which is what titles of other origin bear: with the whole way
O*NET's own titles gain most, and vacancies lose.

The labels: all of ESCO's English occupations, and the alternate titles of 250 of O*NET's. Neither the
vacancies of JobBERT nor the 250 occupations of O*NET that ``baselines/title_sets.py`` measures are there.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "baselines"))

import numpy as np
import title_sets
from measured import ROOT, data_folder, embedder

from careerforge.skills.titles.learned import FILES

SHARE, TEMPERATURE, RATE, PULL = 0.4, 0.05, 1e-3, 1e-4
STEPS, BATCH, SEED = 600, 512, 0


def groups() -> list[list[str]]:
    """The labels of each occupation that has two or more."""
    return [labels for labels in (*esco(), *onet()) if len(labels) > 1]


def esco() -> Iterator[list[str]]:
    """Preferred and alternative labels."""
    for row in title_sets.occupations(data_folder()):
        labels = [row["preferredLabel"], *(label.strip() for label in row["altLabels"].split("\n"))]
        yield list(dict.fromkeys(filter(None, labels)))


def onet() -> Iterator[list[str]]:
    """Alternate titles of the occupations that come behind the measured ones by hash."""
    found = defaultdict(list)
    for code, title in title_sets.table(data_folder() / "onet/Alternate_Titles.tsv.gz", "Alternate Title"):
        found[code].append(title)
    many = title_sets.OCCUPATIONS
    for code in title_sets.sample(sorted(found), 2 * many)[many:]:
        yield list(dict.fromkeys(found[code]))


def fitted(labels: list[list[str]]) -> np.ndarray:
    """The whole way: float32, shape ``(dimensions, dimensions)``. Adam (Kingma and Ba, 2015)."""
    chance = np.random.default_rng(SEED)
    vectors = embedder().embed([text for group in labels for text in group])
    sizes = np.array([len(group) for group in labels])
    first = np.cumsum(sizes) - sizes
    often = np.sqrt(sizes) / np.sqrt(sizes).sum()
    identity = np.eye(vectors.shape[1], dtype=np.float32)
    found, mean, square = identity.copy(), np.zeros_like(identity), np.zeros_like(identity)
    for step in range(1, STEPS + 1):
        drawn = chance.choice(len(sizes), BATCH, replace=False, p=often)
        one = chance.integers(0, sizes[drawn])
        other = (one + chance.integers(1, sizes[drawn])) % sizes[drawn]
        slope = _slope(found, vectors[first[drawn] + one], vectors[first[drawn] + other])
        slope += PULL * (found - identity)
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = RATE * (1 - step / STEPS)
        found -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return found


def _slope(found: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The gradient of the mean loss of a batch."""
    a, b = left @ found, right @ found
    la, lb = (np.linalg.norm(each, axis=1, keepdims=True) for each in (a, b))
    a, b = a / la, b / lb
    scores = a @ b.T / TEMPERATURE
    pull = _softmax(scores, 1) + _softmax(scores, 0) - 2 * np.eye(len(a), dtype=np.float32)
    pull /= 2 * len(a) * TEMPERATURE
    da, db = pull @ b, pull.T @ a
    da = (da - a * (da * a).sum(1, keepdims=True)) / la
    db = (db - b * (db * b).sum(1, keepdims=True)) / lb
    return left.T @ da + right.T @ db


def _softmax(scores: np.ndarray, axis: int) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis, keepdims=True))
    return raised / raised.sum(axis, keepdims=True)


def main() -> None:
    """Fit, keep a share of the way, write."""
    labels = groups()
    whole = fitted(labels)
    identity = np.eye(len(whole), dtype=np.float32)
    kept = identity + np.float32(SHARE) * (whole - identity)
    path = ROOT / "careerforge/skills/titles" / FILES[embedder().name]
    np.save(path, kept.astype(np.float16))
    count = sum(map(len, labels))
    print(json.dumps({"bench": "titles_map", "occupations": len(labels), "labels": count, "file": path.name}))


if __name__ == "__main__":
    main()
