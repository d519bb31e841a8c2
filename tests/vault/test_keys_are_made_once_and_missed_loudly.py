from pathlib import Path

import pytest

from careerforge.vault import fingerprints, keys
from careerforge.vault.keys import KeyProblem, KeyRing


def test_a_first_start_makes_every_key_readable_by_its_owner_only(tmp_path: Path) -> None:
    ring = keys.make_missing(tmp_path / "keys", {})
    assert {purpose for purpose, _number in ring.fingerprints()} == set(keys.PURPOSES)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "keys").iterdir())


def test_a_second_start_makes_none(tmp_path: Path) -> None:
    first = keys.make_missing(tmp_path, {})
    assert keys.make_missing(tmp_path, {}) == first


def test_the_environment_wins_over_a_file(tmp_path: Path) -> None:
    keys.make_missing(tmp_path, {})
    ring = keys.load(tmp_path, {"CAREERFORGE_KEY_PERSON_1": "11" * 32})
    assert ring.newest("person") == (1, bytes.fromhex("11" * 32))


def test_a_broken_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "person-1").write_text("not a key")
    with pytest.raises(KeyProblem, match="person-1"):
        keys.load(tmp_path, {})


@pytest.mark.django_db
def test_other_keys_than_those_of_the_data_are_refused(tmp_path: Path) -> None:
    fingerprints.check(keys.make_missing(tmp_path / "one", {}))
    with pytest.raises(KeyProblem, match="is not the one this data was written with"):
        fingerprints.check(keys.make_missing(tmp_path / "two", {}))


@pytest.mark.django_db
def test_missing_keys_over_existing_data_are_refused(tmp_path: Path) -> None:
    fingerprints.check(keys.make_missing(tmp_path, {}))
    with pytest.raises(KeyProblem, match="is missing"):
        fingerprints.check(KeyRing({}))
