"""``manage evaluate grounding FILE``: the check whether passages support an answer."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from careerforge.assistant.evaluating.examples import examples
from careerforge.assistant.evaluation import alarms, auc
from careerforge.assistant.grounding import THRESHOLD, ground
from careerforge.assistant.sentences import Sentence, sentences
from careerforge.assistant.support import as_passage
from careerforge.knowledge.passage import Passage

NAME, HELP = "grounding", "the check whether passages support an answer"


def add_arguments(parser: ArgumentParser) -> None:
    """One file."""
    parser.add_argument(
        "file",
        type=Path,
        help="JSON lines of {question, answer, passages[], supported[]}, a flag per sentence",
    )


def measure(options: Mapping[str, Any]) -> dict[str, float | int]:
    """How well unsupported sentences are found: an unsupported one is what the alarm is for.

    Returns:
        ``auc``, ``precision``, ``recall``, ``false_alarms``, and ``n`` sentences; ``unaligned`` answers
        had another number of flags than sentences and were judged whole, by all of their flags together.

    Raises:
        OSError: the file cannot be read.
        ValueError, TypeError: a line is not as it should be.
    """
    scores: list[float] = []
    right: list[bool] = []
    unaligned = 0
    for example in examples(options["file"], "answer", "passages", "supported"):
        answer, flags = _sentences(example)
        unaligned += len(flags) != len(example["supported"])
        checked = ground(answer, _passages(example), question=example.get("question", ""))
        claims = sorted((*checked.kept, *checked.struck), key=lambda claim: claim.sentence.start)
        scores += [claim.support.score for claim in claims]
        right += flags
    found = alarms(scores, right, THRESHOLD)
    return {
        "auc": round(auc(scores, right), 4),
        "precision": round(found.precision, 4),
        "recall": round(found.recall, 4),
        "false_alarms": round(found.false_alarms, 4),
        "n": len(scores),
        "unaligned": unaligned,
    }


def _sentences(example: Mapping[str, Any]) -> tuple[list[Sentence], list[bool]]:
    """The answer's sentences with a flag each; the whole answer as one where they do not match."""
    text, flags = str(example["answer"]), [bool(flag) for flag in example["supported"]]
    found = sentences(text)
    if len(found) == len(flags) and found:
        return found, flags
    return [Sentence(text, 0, len(text))], [all(flags)]


def _passages(example: Mapping[str, Any]) -> list[Passage]:
    texts = [piece if isinstance(piece, str) else piece["text"] for piece in example["passages"]]
    return [as_passage(number, text) for number, text in enumerate(texts)]
