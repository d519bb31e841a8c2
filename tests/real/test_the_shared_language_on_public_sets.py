"""Title matching and skill linking with the real embedder, on small parts of public sets.

The sets are no part of the project: ``CAREERFORGE_SHARED`` names their folder; without it, a folder
``shared`` beside the checkout is looked for. ``bench/skills_language.py`` measures them whole.
"""

import csv
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from careerforge.assistant.evaluating.ranking import average_precision, mean, r_precision
from careerforge.embedded import weights
from careerforge.gateway.embedding import default_embedder
from careerforge.skills.linking import LabelIndex
from careerforge.skills.titles import TitleIndex

DATA = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared") / "data"
TITLES = DATA / "titles_jobbert/titles.csv"
SENTENCES = DATA / "skills_esco/house_validation_annotations.csv"
LABELS = DATA / "skills_esco/skills_en_label.txt"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not TITLES.is_file(), reason="no sets here; name their folder in CAREERFORGE_SHARED"),
    pytest.mark.skipif(weights.folder() is None, reason="the embedding model is not installed here"),
]


@pytest.fixture(scope="module")
def embedder():
    return default_embedder(weights.folder())


def rows(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def order(scores):
    return [str(place) for place in np.argsort(-scores, kind="stable")]


def test_titles_of_one_occupation_find_each_other_better_than_by_plain_cosine(embedder):
    by_occupation = defaultdict(list)
    for row in rows(TITLES):
        by_occupation[row["conceptUri"]].append(row["vacancyTitle"])
    # One vacancy in nine, and of each occupation the last one asks.
    groups = [titles[::9] for titles in by_occupation.values() if len(titles) > 30]
    corpus = [(title, group) for group, titles in enumerate(groups) for title in titles[:-1]]
    asked = [titles[-1] for titles in groups]
    right = [
        {str(p) for p, (_, other) in enumerate(corpus) if other == group} for group in range(len(groups))
    ]
    texts = [title for title, _ in corpus]
    ours = TitleIndex({place: [title] for place, title in enumerate(texts)}, embedder).rank(asked)
    plain = embedder.embed(asked) @ embedder.embed(texts).T
    found, basis = (
        mean([average_precision(order(row), wanted) for row, wanted in zip(scores, right, strict=True)])
        for scores in (ours, plain)
    )
    assert found >= 1.10 * basis


def test_skills_of_a_sentence_are_ranked_better_than_by_plain_cosine(embedder):
    wanted = defaultdict(set)
    for row in rows(SENTENCES):
        wanted[row["sentence"]].add(row["label"])
    known = LABELS.read_text("utf-8").splitlines()
    asked = {text: labels & set(known) for text, labels in wanted.items() if labels & set(known)}
    texts = [text for text in asked if len(text) < 200][:25]
    labels = sorted({label for text in texts for label in asked[text]} | set(known[::25]))
    index, vectors = LabelIndex(labels, embedder), embedder.embed(labels)
    found, basis = [], []
    for text in texts:
        right = {str(labels.index(label)) for label in asked[text]}
        found.append(r_precision(order(index.rank(text)), right, 5))
        basis.append(r_precision(order(vectors @ embedder.embed_query(text)), right, 5))
    assert mean(found) >= 1.10 * mean(basis)
