"""AES-256-GCM over personal data, bound to its place.

A sealed value is ``version (1) · key number (2) · nonce (12) · ciphertext and tag``. The associated
data names label, organisation, row and field, so a value moved to another row does not open.
"""

import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from careerforge.vault.keys import KEY_BYTES, KeyRing, load

_VERSION = b"\x01"
_HEAD = 3
_NONCE = 12


class Unreadable(Exception):
    """A sealed value does not open here: another key, another place, or changed bytes."""


@dataclass(frozen=True)
class Place:
    """Where a sealed value belongs. ``label`` is frozen for ever: renaming a model must not change it."""

    label: str
    organisation: UUID | None
    row: UUID
    field: str

    def bytes(self) -> bytes:
        """The associated data."""
        return "|".join((self.label, str(self.organisation), str(self.row), self.field)).encode()


@lru_cache(maxsize=1)
def ring() -> KeyRing:
    """The installation's keys, read once a process."""
    return load(settings.KEYS_FOLDER)


def new_key() -> bytes:
    """A fresh data key."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, place: Place, *, number: int = 0) -> bytes:
    """Encrypt ``plain`` for ``place``; ``number`` says which key of a ring was used (0: a data key)."""
    head = _VERSION + number.to_bytes(2, "big")
    nonce = os.urandom(_NONCE)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + place.bytes())


def unseal(key: bytes, sealed: bytes | memoryview, place: Place) -> bytes:
    """Decrypt, or raise :class:`Unreadable`."""
    sealed = bytes(sealed)
    head, nonce, body = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, body, head + place.bytes())
    except InvalidTag:
        raise Unreadable(f"{place.label}.{place.field} does not open with this key.") from None


def key_number(sealed: bytes | memoryview) -> int:
    """Which key of its ring sealed this value."""
    return int.from_bytes(bytes(sealed)[1:_HEAD], "big")


def seal_under(purpose: str, plain: bytes, place: Place) -> bytes:
    """Encrypt under the newest key-encryption key of a purpose."""
    number, key = ring().newest(purpose)
    return seal(key, plain, place, number=number)


def unseal_under(purpose: str, sealed: bytes | memoryview, place: Place) -> bytes:
    """Decrypt what :func:`seal_under` made, with whichever key it names."""
    return unseal(ring().numbered(purpose, key_number(sealed)), sealed, place)


def keyed_hash(purpose: str, *parts: str) -> bytes:
    """HMAC-SHA256 over the parts under the first key of a purpose: 32 bytes, the same for ever."""
    key = ring().numbered(purpose, 1)
    return hmac.new(key, "\x1f".join(parts).encode(), sha256).digest()


def blind_index(organisation: UUID | None, field: str, value: str) -> str:
    """What stands in an index in place of a value that must be found again: 64 hex digits.

    ``organisation`` is None where a value must be found before the organisation is known (sign-in).
    """
    return keyed_hash("index", str(organisation or ""), field, value.strip().casefold()).hex()
