from dataclasses import replace
from uuid import uuid4

import pytest

from careerforge.vault.sealing import (
    Place,
    Unreadable,
    blind_index,
    new_key,
    seal,
    seal_under,
    unseal,
    unseal_under,
)

PLACE = Place("people.identity", uuid4(), uuid4(), "name")


def test_what_was_sealed_opens_again() -> None:
    key = new_key()
    assert unseal(key, seal(key, b"Ottilie", PLACE), PLACE) == b"Ottilie"


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, row=uuid4()),
        replace(PLACE, field="city"),
        replace(PLACE, organisation=uuid4()),
        replace(PLACE, label="people.other"),
    ],
    ids=["another row", "another field", "another organisation", "another label"],
)
def test_a_value_moved_elsewhere_does_not_open(elsewhere: Place) -> None:
    key = new_key()
    with pytest.raises(Unreadable):
        unseal(key, seal(key, b"Ottilie", PLACE), elsewhere)


@pytest.mark.parametrize("at", [0, 1, 5, -1], ids=["version", "key number", "nonce", "tag"])
def test_a_changed_byte_does_not_open(at: int) -> None:
    key = new_key()
    sealed = bytearray(seal(key, b"Ottilie", PLACE))
    sealed[at] ^= 1
    with pytest.raises(Unreadable):
        unseal(key, bytes(sealed), PLACE)


def test_an_error_tells_nothing_of_the_value() -> None:
    key = new_key()
    with pytest.raises(Unreadable) as caught:
        unseal(new_key(), seal(key, b"Ottilie", PLACE), PLACE)
    assert "Ottilie" not in str(caught.value)


def test_a_key_encryption_key_names_itself_in_what_it_sealed() -> None:
    sealed = seal_under("person", b"data key", PLACE)
    assert unseal_under("person", sealed, PLACE) == b"data key"


def test_a_blind_index_ignores_case_and_spaces_but_not_the_organisation() -> None:
    here, there = uuid4(), uuid4()
    assert blind_index(here, "number", " TV-1 ") == blind_index(here, "number", "tv-1")
    assert blind_index(here, "number", "tv-1") != blind_index(there, "number", "tv-1")
