"""Sentences that a document supports, and the same ones changed: see `grounding.toml`."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from uuid import UUID

from careerforge.knowledge.passage import Passage

WRITTEN = Path(__file__).parent / "grounding.toml"
RIGHT = ("supported", "paraphrased")
AMONG = 5


@dataclass(frozen=True)
class Example:
    """A sentence, what was done to it, and the documents it is checked against: its own comes first."""

    text: str
    kind: str
    passages: tuple[Passage, ...]
    held_out: bool

    @property
    def right(self) -> bool:
        """Whether the document supports it."""
        return self.kind in RIGHT


def examples() -> Iterator[Example]:
    """All sentences, each with its document and the four that follow it."""
    documents = tomllib.loads(WRITTEN.read_text(encoding="utf-8"))["documents"]
    passages = [_passage(n, each["title"], each["text"]) for n, each in enumerate(documents)]
    for place, document in enumerate(documents):
        near = tuple((passages + passages)[place : place + AMONG])
        for kind, texts in document["claims"].items():
            for text in texts:
                yield Example(text, kind, near, document.get("held_out", False))


def _passage(number: int, title: str, text: str) -> Passage:
    nowhere = UUID(int=number)
    return Passage(number, nowhere, nowhere, title, "", None, "", text, 0, len(text), 1.0, "")


def figures(found: Sequence[tuple[Example, bool]]) -> dict[str, float]:
    """The share that was struck: of all wrong and of all right ones, and by kind."""
    kinds = dict.fromkeys(example.kind for example, _ in found)
    by_kind = {kind: mean(hit for example, hit in found if example.kind == kind) for kind in kinds}
    return {
        "recall": round(mean(hit for example, hit in found if not example.right), 4),
        "false_alarms": round(mean(hit for example, hit in found if example.right), 4),
        **{kind: round(share, 4) for kind, share in by_kind.items()},
    }
