"""The keys outside the database: one file a purpose under ``$CAREERFORGE_DATA/keys``, or the environment.

A purpose may have several numbered keys (``person-1``, ``person-2``): the highest seals, all open.
The environment wins: ``CAREERFORGE_KEY_PERSON_1`` holds 64 hexadecimal digits.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PURPOSES = ("person", "room", "credential", "index", "pseudonym", "content", "session")
KEY_BYTES = 32
_FILE = re.compile(r"^([a-z]+)-(\d+)$")
_VARIABLE = re.compile(r"^CAREERFORGE_KEY_([A-Z]+)_(\d+)$")


class KeyProblem(Exception):
    """Keys are missing, unreadable or not the ones this data was written with. The text is for people."""


@dataclass(frozen=True)
class KeyRing:
    """Keys by purpose and number."""

    keys: Mapping[str, Mapping[int, bytes]]

    def newest(self, purpose: str) -> tuple[int, bytes]:
        """The number and key that seal now."""
        numbered = self.keys.get(purpose)
        if not numbered:
            raise KeyProblem(f"The key for '{purpose}' is missing. Restore the keys folder from a backup.")
        number = max(numbered)
        return number, numbered[number]

    def numbered(self, purpose: str, number: int) -> bytes:
        """The key that sealed something earlier."""
        try:
            return self.keys[purpose][number]
        except KeyError:
            raise KeyProblem(
                f"Key {number} for '{purpose}' is missing. Restore it from your backup."
            ) from None

    def fingerprints(self) -> dict[tuple[str, int], str]:
        """What may be stored beside the data: 16 hex digits that name a key without telling it."""
        return {
            (purpose, number): hashlib.sha256(b"careerforge fingerprint" + key).hexdigest()[:16]
            for purpose, numbered in self.keys.items()
            for number, key in numbered.items()
        }


def load(folder: Path, environ: Mapping[str, str] = os.environ) -> KeyRing:
    """Read every key that is there. Missing ones are noticed by who needs them."""
    keys: dict[str, dict[int, bytes]] = {}
    for path in sorted(folder.glob("*-*")) if folder.is_dir() else ():
        if match := _FILE.match(path.name):
            keys.setdefault(match[1], {})[int(match[2])] = _decode(path.read_text().strip(), path.name)
    for name, value in environ.items():
        if match := _VARIABLE.match(name):
            keys.setdefault(match[1].lower(), {})[int(match[2])] = _decode(value, name)
    return KeyRing(keys)


def make_missing(folder: Path, environ: Mapping[str, str] = os.environ) -> KeyRing:
    """Make the first key of each purpose that has none. Only for a database without data."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ring = load(folder, environ)
    for purpose in PURPOSES:
        if not ring.keys.get(purpose):
            _write(folder / f"{purpose}-1", secrets.token_hex(KEY_BYTES))
    return load(folder, environ)


def _write(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def _decode(text: str, name: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyProblem(f"The key '{name}' is not {KEY_BYTES * 2} hexadecimal digits. Restore it.")
    return key
