"""``manage evaluate injection FILE``: how many attacks the quarantine holds, and how many harmless texts."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from careerforge.assistant.evaluating.examples import examples
from careerforge.knowledge.quarantine.suspicion import suspicions

# An attack or harmless.
LABELS = {1: True, 0: False, "1": True, "0": False}
NAME = "injection"
HELP = "the quarantine of texts that read like an instruction to a model"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="JSON lines of {text, label}; label 1 is an attack, 0 is harmless"
    )


def measure(options: Mapping[str, Any]) -> dict[str, float | int]:
    """Shares of the attacks and of the harmless texts that would be held, and how many of each there are.

    A share of nothing is 0.

    Raises:
        OSError: the file cannot be read.
        ValueError, TypeError: a line is not as it should be.
    """
    seen, held = Counter[bool](), Counter[bool]()
    for example in examples(options["file"], "text", "label"):
        if example["label"] not in LABELS:
            raise ValueError(_("“label” has to be 1 or 0, not %(value)r") % {"value": example["label"]})
        is_attack = LABELS[example["label"]]
        seen[is_attack] += 1
        held[is_attack] += bool(suspicions(str(example["text"])))
    return {
        "detection": _share(held[True], seen[True]),
        "false_alarms": _share(held[False], seen[False]),
        "attacks": seen[True],
        "harmless": seen[False],
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
