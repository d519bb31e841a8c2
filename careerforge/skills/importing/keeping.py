"""What an import brings, kept until a person has decided: rows as lines of JSON, compressed in parts."""

import json
import zlib
from collections.abc import Iterable, Iterator

from careerforge.skills.importing.rows import NewConcept, NewLabel, NewRelation, Row
from careerforge.skills.models import Release, ReleasePart

KINDS: dict[str, type[Row]] = {"c": NewConcept, "l": NewLabel, "r": NewRelation}
MARKS = {kind: mark for mark, kind in KINDS.items()}


class Kept:
    """Passes batches on and packs them on the way; some 30 bytes a row stay in memory."""

    def __init__(self, batches: Iterable[list[Row]]) -> None:
        self._batches = batches
        self.parts: list[bytes] = []

    def __iter__(self) -> Iterator[list[Row]]:
        for batch in self._batches:
            self.parts.append(pack(batch))
            yield batch

    def store(self, release: Release) -> None:
        """Write the parts; once all batches were taken."""
        ReleasePart.objects.bulk_create(
            (ReleasePart(release=release, number=n, body=body) for n, body in enumerate(self.parts)),
            batch_size=10,
        )


def pack(rows: Iterable[Row]) -> bytes:
    """Rows in one piece."""
    lines = (json.dumps([MARKS[type(row)], *row], ensure_ascii=False) for row in rows)
    return zlib.compress("\n".join(lines).encode(), level=6)


def unpack(body: bytes) -> list[Row]:
    """The rows of a piece."""
    told = (json.loads(line) for line in zlib.decompress(body).decode().split("\n"))
    return [KINDS[mark](*values) for mark, *values in told]


def batches(release: Release) -> Iterator[list[Row]]:
    """The rows of an undecided import, part by part."""
    numbers = list(release.parts.values_list("number", flat=True))
    for number in numbers:
        yield unpack(bytes(release.parts.get(number=number).body))
