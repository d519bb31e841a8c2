import shutil

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from careerforge.vault import fingerprints, keys


@pytest.fixture
def refused(capsys):
    def run():
        with pytest.raises(SystemExit) as ended:
            call_command("prepare")
        assert ended.value.code == 1
        said = capsys.readouterr().err.strip()
        assert "\n" not in said
        return said

    return run


@pytest.fixture
def known_keys(company, settings, tmp_path):
    """The keys of the data, in a folder that a test may spoil."""
    fingerprints.check(keys.load(settings.KEYS_FOLDER))
    shutil.copytree(settings.KEYS_FOLDER, tmp_path / "keys")
    settings.KEYS_FOLDER = tmp_path / "keys"
    return settings.KEYS_FOLDER


def test_a_missing_key(known_keys, refused):
    (known_keys / "person-1").unlink()
    assert "'person-1'" in (said := refused())
    assert "backup" in said
    assert not (known_keys / "person-1").exists()


def test_keys_that_were_made_afresh(known_keys, refused):
    shutil.rmtree(known_keys)
    keys.make_missing(known_keys)
    assert "is not the one this data was written with" in refused()


def test_data_of_a_newer_version(known_keys, as_owner, refused):
    def later():
        MigrationRecorder(connection).record_applied("people", "0099_later")
        return refused()

    assert "newer version" in (said := as_owner(later))
    assert "people.0099_later" in said
