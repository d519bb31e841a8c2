"""``manage evaluate skills FILE``: the skills that texts ask for, extracted, or ranked among many labels."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.utils.translation import gettext as _

from careerforge.assistant.evaluating import examples, ranking
from careerforge.knowledge.index import embedders
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
        ValueError: a line is not as it should be; a sentence for people.
    """
    asked = list(_examples(options["file"]))
    if options.get("labels"):
        return ranked(asked, _labels(options["labels"]))
    return extracted(asked)


def ranked(asked: Sequence[Example], labels: Sequence[str]) -> dict[str, float | int | str]:
    """Each text ranks all labels; a text none of whose skills is a label asks for nothing and is left out.

    Returns:
        ``rp@5``, ``rp@10``, ``mrr``, ``n`` texts, ``left_out`` texts, ``labels``, the ``embedder``.
    """
    import numpy as np

    places = {_folded(label): place for place, label in reversed(list(enumerate(labels)))}
    index = LabelIndex(labels, embedders.configured())
    at5, at10, first = [], [], []
    for example in asked:
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
        "left_out": len(asked) - len(first),
        "labels": len(labels),
        "embedder": embedders.configured().name,
    }


def extracted(asked: Sequence[Example]) -> dict[str, float | int | str]:
    """Extraction with a taxonomy of all skills that the file names, counted over all texts together.

    What a text denies is not extracted. Postings and questions are read by names alone, as the fall-back
    by meaning takes longer than to embed them: its figures stand beside.

    Returns:
        ``precision``, ``recall``, ``f1`` with the fall-back; ``names_precision``, ``names_recall`` and
        ``names_f1`` by names alone; ``n`` texts, ``skills`` in all, the ``embedder``.
    """
    known = {uuid5(NAMESPACE_OID, name): name for name in sorted({s for one in asked for s in one.skills})}
    lexicon = Lexicon(
        named
        for skill, name in known.items()
        for named in (Named(skill, name, main=True), Named(skill, plain(name)))
    )
    meanings = Meanings(known, embedders.configured()) if known else None
    said = {one.text: _said(one.text, lexicon, None, known) for one in asked}
    more = {one.text: _said(one.text, lexicon, meanings, known) for one in asked}
    named = {f"names_{key}": figure for key, figure in _counted(asked, said).items()}
    about: dict[str, float | int | str] = {
        "n": len(asked),
        "skills": len(known),
        "embedder": embedders.configured().name,
    }
    return {**_counted(asked, more), **named, **about}


def _said(
    text: str, lexicon: Lexicon, meanings: Meanings | None, known: Mapping[UUID, str]
) -> frozenset[str]:
    found = extract(text, lexicon, meanings=meanings)
    return frozenset(known[mention.skill_id] for mention in found if not mention.negated)


def _counted(asked: Sequence[Example], said: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Precision, recall and F1 of what was said, over all examples."""
    hits = sum(len(said[one.text] & set(one.skills)) for one in asked)
    precision = _share(hits, sum(len(said[one.text]) for one in asked))
    recall = _share(hits, sum(len(one.skills) for one in asked))
    f1 = _share(2 * precision * recall, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _examples(path: Path) -> Iterator[Example]:
    for row in examples.examples(path, "text", "skills"):
        skills = [skill.strip() for skill in examples.strings(row["skills"], "skills")]
        yield Example(str(row["text"]), tuple(dict.fromkeys(filter(None, skills))))


def _labels(path: Path) -> list[str]:
    try:
        found = [line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise ValueError(_("%(file)s is not UTF-8 text") % {"file": path.name}) from error
    if not found:
        raise ValueError(_("%(file)s is empty") % {"file": path.name})
    return found


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
