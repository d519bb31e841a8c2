"""What cannot work is said in one sentence, with an exit code, before anything is touched."""

import socket
import subprocess

import pytest

from tests.embedded.clone import Clone


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_port_of_another_program(clone: Clone) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", clone.port))
        other.listen()
        assert f"port {clone.port} is taken" in sentence(clone.run("serve"))
    assert not clone.cluster.exists()


@pytest.mark.parametrize("port", ["eighty", "-1", "65536"])
def test_port_that_is_none(clone: Clone, port: str) -> None:
    assert "no port number" in sentence(clone.run("serve", CAREERFORGE_PORT=port))


def test_data_of_another_version(filled: Clone) -> None:
    (filled.cluster / "PG_VERSION").write_text("15\n")
    assert "of PostgreSQL 15 and this CareerForge runs 18" in sentence(filled.run("serve"))


def test_data_open_to_others(filled: Clone) -> None:
    filled.cluster.chmod(0o755)
    assert "chmod 700" in sentence(filled.run("serve"))


def test_data_folder_that_everyone_may_write(clone: Clone) -> None:
    clone.data.mkdir()
    clone.data.chmod(0o777)
    assert "chmod o-w" in sentence(clone.run("serve"))


def test_data_folder_that_is_a_file(clone: Clone) -> None:
    clone.data.touch()
    assert "is not a folder" in sentence(clone.run("serve"))


def test_second_serve_on_the_same_data(filled: Clone) -> None:
    filled.serve()
    assert "already running" in sentence(filled.run("serve", CAREERFORGE_PORT="0"))


def test_refusal_of_prepare_is_passed_on(clone: Clone) -> None:
    done = clone.run("serve", REFUSE="the keys of these data are missing")
    assert (done.returncode, done.stderr) == (1, "the keys of these data are missing\n")


def test_unknown_verb(clone: Clone) -> None:
    assert "no './run.sh sevre'" in sentence(clone.run("sevre"))


def test_packages_without_network_and_stamp(clone: Clone) -> None:
    (clone.folder / "requirements.txt").write_text("no-such-package-of-ours==1\n")
    empty = clone.folder / "wheels"
    empty.mkdir()
    # The borrowed environment has no stamp for this lock file, so the package client is asked.
    said = clone.run("manage", "count", CAREERFORGE_WHEELS=str(empty)).stderr.splitlines()[-1]
    assert "folder of CAREERFORGE_WHEELS lacks a package" in said
