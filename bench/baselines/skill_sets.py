"""Sentences of postings with the ESCO skills they ask for, read from the data folder at run time.

``house`` and ``tech`` are validation splits; a sentence without a skill that has a label is left out.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SETS = ("house", "tech")


@dataclass(frozen=True)
class SkillSet:
    """Texts, all labels there are, and which of these each text asks for, by place."""

    name: str
    texts: list[str]
    labels: list[str]
    right: list[set[int]]


def every(data: Path) -> Iterator[SkillSet]:
    """Both splits."""
    lines = (data / "skills_esco/skills_en_label.txt").read_text("utf-8").splitlines()
    labels = [line.strip() for line in lines if line.strip()]
    places = {label: place for place, label in enumerate(labels)}
    for name in SETS:
        found: dict[str, set[int]] = defaultdict(set)
        path = data / f"skills_esco/{name}_validation_annotations.csv"
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if row["label"] in places:
                    found[row["sentence"]].add(places[row["label"]])
        yield SkillSet(name, list(found), labels, list(found.values()))
