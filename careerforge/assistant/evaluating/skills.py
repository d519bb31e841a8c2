"""``manage evaluate skills FILE``: the skills that texts ask for, extracted, or ranked among many labels."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from careerforge.assistant.evaluating import ranking
from careerforge.knowledge import embedders
from careerforge.skills.extraction import Lexicon, Named, extract
from careerforge.skills.extraction.meaning import Meanings
from careerforge.skills.linking import LabelIndex
from careerforge.skills.linking.windows import plain

NAME, HELP = "skills", "extraction of skills; with a file of labels, their ranking"


@dataclass(frozen=True)
class Example:
    """A text and the skills it asks for, each once."""

    text: str
    skills: tuple[str, ...]


def add_arguments(parser: ArgumentParser) -> None:
    """One file, and perhaps one of labels."""
    parser.add_argument("file", type=Path, help="JSON lines of {text, skills[]}")
    parser.add_argument("--labels", type=Path, help="a label a line; each text then ranks all of them")


def measure(options: Mapping[str, Any]) -> dict[str, float | int | str]:
    """Ranking with labels, extraction without.

    Raises:
        OSError: a file cannot be read.
        ValueError, KeyError, TypeError: a line is not as it should be.
    """
    examples = list(_examples(options["file"]))
    if options.get("labels"):
        return ranked(examples, _labels(options["labels"]))
    return extracted(examples)


def ranked(examples: Sequence[Example], labels: Sequence[str]) -> dict[str, float | int | str]:
    """Each text ranks all labels; a text none of whose skills is a label asks for nothing and is left out.

    Returns:
        ``rp@5``, ``rp@10``, ``mrr``, ``n`` texts, ``left_out`` texts, ``labels``, the ``embedder``.
    """
    import numpy as np

    places = {_folded(label): place for place, label in reversed(list(enumerate(labels)))}
    index = LabelIndex(labels, embedders.configured())
    at5, at10, first = [], [], []
    for example in examples:
        wanted = {str(places[_folded(skill)]) for skill in example.skills if _folded(skill) in places}
        if not wanted:
            continue
        order = [str(place) for place in np.argsort(-index.rank(example.text), kind="stable")]
        at5.append(ranking.r_precision(order, wanted, 5))
        at10.append(ranking.r_precision(order, wanted, 10))
        first.append(ranking.reciprocal_rank(order, wanted))
    return {
        "rp@5": round(ranking.mean(at5), 4),
        "rp@10": round(ranking.mean(at10), 4),
        "mrr": round(ranking.mean(first), 4),
        "n": len(first),
        "left_out": len(examples) - len(first),
        "labels": len(labels),
        "embedder": embedders.configured().name,
    }


def extracted(examples: Sequence[Example]) -> dict[str, float | int | str]:
    """The product's extraction, with a taxonomy of all skills that the file names.

    Counted over all texts together (micro average); what a text denies is not extracted.

    Returns:
        ``precision``, ``recall``, ``f1``, ``n`` texts, ``skills`` in all, the ``embedder``.
    """
    known = {uuid5(NAMESPACE_OID, name): name for name in sorted({s for one in examples for s in one.skills})}
    lexicon = Lexicon(
        named
        for skill, name in known.items()
        for named in (Named(skill, name, main=True), Named(skill, plain(name)))
    )
    meanings = Meanings(known, embedders.configured()) if known else None
    hits = found = wanted = 0
    for example in examples:
        mentions = extract(example.text, lexicon, meanings=meanings)
        said = {known[mention.skill_id] for mention in mentions if not mention.negated}
        hits += len(said & set(example.skills))
        found += len(said)
        wanted += len(example.skills)
    precision, recall = _share(hits, found), _share(hits, wanted)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(_share(2 * precision * recall, precision + recall), 4),
        "n": len(examples),
        "skills": len(known),
        "embedder": embedders.configured().name,
    }


def _examples(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                skills = [str(skill).strip() for skill in row["skills"]]
                yield Example(str(row["text"]), tuple(dict.fromkeys(filter(None, skills))))


def _labels(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
