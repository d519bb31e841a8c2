"""How alike two texts are: MinHash over rows of five words to find, the exact share of common rows to decide.

Broder, "On the resemblance and containment of documents", 1997. Twelve minima in four bands of three: two
texts that share a part J of their rows share a band with probability 1 - (1 - J³)⁴, which is .9996 at
J = .95, .995 at .9 and .07 at .25.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

import numpy as np
import numpy.typing as npt

ROW = 5
# Two texts are the same from this share of common rows on; of short ones every row must agree.
ALIKE = 0.9
SHORT = 12
BANDS, MINIMA = 4, 3

Numbers = npt.NDArray[np.uint64]

_WORD = re.compile(r"\w+")
_SEEDS = np.random.Generator(np.random.PCG64(20261121)).integers(
    0, 2**64, size=(BANDS * MINIMA, 1), dtype=np.uint64
)
_POWERS = np.array([0x9E3779B97F4A7C15 ** (ROW - 1 - at) % 2**64 for at in range(ROW)], dtype=np.uint64)
# What turns a sentence round. A text that differs from another in one of these, or in a figure, says
# something else, however alike the two are.
_TURNING = frozenset(
    [
        "no",
        "not",
        "never",
        "none",
        "nor",
        "without",
        "cannot",
        "except",
        "unless",
        "kein",
        "keine",
        "keinen",
        "nicht",
        "nie",
        "ohne",
        "non",
        "pas",
        "sans",
        "jamais",
        "nunca",
        "sin",
        "não",
        "sem",
        "nie",
        "bez",
        "geen",
        "niet",
        "zonder",
    ]
)


@dataclass(frozen=True)
class Likeness:
    """A text, as far as comparing needs it."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        """Its words, without case and punctuation."""
        return _WORD.findall(self.text.casefold())

    @cached_property
    def rows(self) -> Numbers:
        """Numbers of its rows of five words, each once, in order of size; never empty."""
        hashes = np.array([crc32(word.encode()) for word in self.words], dtype=np.uint64)
        if len(hashes) < ROW:
            hashes = np.concatenate([hashes, np.zeros(ROW - len(hashes), dtype=np.uint64)])
        windows = np.lib.stride_tricks.sliding_window_view(hashes, ROW)
        return np.unique(_mixed((windows * _POWERS).sum(axis=1, dtype=np.uint64)))

    @cached_property
    def bands(self) -> tuple[int, ...]:
        """Four signed 64-bit numbers; alike texts have at least one in common, at the same place."""
        minima = _mixed(self.rows ^ _SEEDS).min(axis=1).reshape(BANDS, MINIMA)
        places = np.arange(1, BANDS + 1, dtype=np.uint64)
        joined = _mixed((minima * _POWERS[:MINIMA]).sum(axis=1, dtype=np.uint64) + places)
        return tuple(int(number) for number in joined.astype(np.int64))

    @cached_property
    def turning(self) -> list[str]:
        """Its figures and negations, sorted."""
        return sorted(word for word in self.words if word in _TURNING or not word.isalpha())

    @property
    def is_short(self) -> bool:
        """Too few words to say what it is about."""
        return len(self.rows) < SHORT

    def share(self, other: "Likeness") -> float:
        """Jaccard's coefficient of the rows of both, 0 to 1."""
        common = len(np.intersect1d(self.rows, other.rows, assume_unique=True))
        return common / (len(self.rows) + len(other.rows) - common)

    def kept(self, other: "Likeness") -> float:
        """How much of this text is in the other, 0 to 1."""
        return len(np.intersect1d(self.rows, other.rows, assume_unique=True)) / len(self.rows)

    def is_same(self, other: "Likeness") -> bool:
        """Whether one can stand for the other: alike, with the same figures and the same negations."""
        if self.turning != other.turning:
            return False
        needed = 1.0 if self.is_short or other.is_short else ALIKE
        return self.share(other) >= needed


def _mixed(numbers: Numbers) -> Numbers:
    """The finaliser of splitmix64 (Steele, Lea and Flood, 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
