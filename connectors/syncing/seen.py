"""Which entries a run has come across, in eight bytes each: the first of BLAKE2b over the entry's id.

Two of a million ids share them with a probability of 1 in 37 million (birthday bound n²/2⁶⁵); the worst that
follows is a document that stays one run longer. Pure.
"""

from collections.abc import Iterable
from hashlib import blake2b

WIDTH = 8


def mark(external_id: str) -> bytes:
    """What stands for an id: 8 bytes."""
    return blake2b(external_id.encode("utf-8", "replace"), digest_size=WIDTH).digest()


def packed(marks: Iterable[bytes]) -> bytes:
    """Marks in a row, each once, in order."""
    return b"".join(sorted(set(marks)))


def unpacked(row: bytes | memoryview | None) -> set[bytes]:
    """The marks of a row."""
    data = bytes(row or b"")
    return {data[at : at + WIDTH] for at in range(0, len(data), WIDTH)}
