"""Packed postings that this process has read before: immutable rows by their id, bounded in bytes.

Safe among tenants and over time, because an id has to come from a query below row-level security in the
caller's own transaction, and a row is never changed, only replaced by one with another id.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

# Also counted: the entry itself.
ENTRY_BYTES = 200


class Held:
    """The rows used last; the ones longest unused go first. For several threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._rows: OrderedDict[int, bytes] = OrderedDict()
        self._lock = Lock()

    def known(self, ids: Iterable[int]) -> dict[int, bytes]:
        """Those of the rows that are here."""
        with self._lock:
            found = {key: self._rows[key] for key in ids if key in self._rows}
            for key in found:
                self._rows.move_to_end(key)
        return found

    def keep(self, rows: Mapping[int, bytes]) -> None:
        """Remember rows; forget others as needed."""
        with self._lock:
            for key, packed in rows.items():
                if key not in self._rows:
                    self._rows[key] = packed
                    self.bytes += len(packed) + ENTRY_BYTES
            while self.bytes > self.most_bytes:
                self.bytes -= len(self._rows.popitem(last=False)[1]) + ENTRY_BYTES

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._rows.clear()
            self.bytes = 0
