"""Skill linking without CareerForge: the embedder's plain cosine, and character TF-IDF.

`python bench/baselines/skills.py` prints one line of JSON and writes `skills.json` beside it.
"""

import skill_sets
from character_tfidf import RANGES, CharacterTfidf
from measured import data_folder, embedder, places, say, with_interval


def figures_of(scores, right) -> dict:
    """RP@5, RP@10 and MRR with intervals; scores has a row per text."""
    found = [places(row, wanted) for row, wanted in zip(scores, right, strict=True)]
    return {
        "rp@5": with_interval([float((at <= 5).sum() / min(5, len(at))) for at in found]),
        "rp@10": with_interval([float((at <= 10).sum() / min(10, len(at))) for at in found]),
        "mrr": with_interval([float(1 / at[0]) for at in found]),
    }


def main() -> None:
    """Both splits; character TF-IDF with the length of n-grams that is best for each."""
    figures, vectors = {}, None
    for one in skill_sets.every(data_folder()):
        vectors = embedder().embed(one.labels) if vectors is None else vectors
        tried = {}
        for sizes in RANGES:
            index = CharacterTfidf(one.labels, sizes)
            tried[sizes] = figures_of((index.scores(text) for text in one.texts), one.right)
        best = max(tried, key=lambda sizes: tried[sizes]["rp@5"]["mean"])
        figures[one.name] = {
            "labels": len(one.labels),
            "cosine": figures_of(embedder().embed(one.texts) @ vectors.T, one.right),
            "character_tfidf": tried[best],
            "character_ngrams": list(best),
        }
    say("skills", {"sets": figures})


if __name__ == "__main__":
    main()
