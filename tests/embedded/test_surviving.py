"""Nothing that was committed is lost, and the next start just works, whatever was killed."""

import os
import signal
import subprocess
import time

import pytest

from careerforge.embedded import locks
from tests.embedded.clone import Clone


def wait_until_ended(clone: Clone) -> None:
    deadline = time.monotonic() + 20
    while locks.working_in(clone.cluster):
        assert time.monotonic() < deadline, "the server outlived its supervisor"
        time.sleep(0.05)


def test_killed_supervisor_takes_everything_with_it(filled: Clone) -> None:
    filled.serve().kill()
    wait_until_ended(filled)
    began = time.monotonic()
    filled.serve()
    assert time.monotonic() - began < 10
    assert filled.notes() == 1


def test_killed_database_is_started_again_under_the_web(filled: Clone) -> None:
    filled.serve()
    before = filled.postmaster()
    os.kill(before, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while not (filled.cluster / "postmaster.pid").exists() or filled.postmaster() == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert filled.notes() == 1


def test_database_killed_with_its_supervisor(filled: Clone) -> None:
    supervisor = filled.serve()
    os.kill(filled.postmaster(), signal.SIGKILL)
    supervisor.kill()
    supervisor.wait()
    filled.serve()
    assert filled.notes() == 1


def test_ctrl_c_to_the_whole_group_stops_cleanly(filled: Clone) -> None:
    supervisor = filled.serve()
    os.killpg(supervisor.pid, signal.SIGINT)
    assert supervisor.wait(30) == 0
    assert not (filled.cluster / "postmaster.pid").exists()
    assert "database system is shut down" in (filled.data / "postgres.log").read_text().splitlines()[-1]


def test_stop_while_it_still_prepares(filled: Clone) -> None:
    supervisor = filled.begin_to_serve(SLOW="1")
    deadline = time.monotonic() + 30
    while not (filled.folder / "preparing").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    supervisor.terminate()
    assert supervisor.wait(15) == 0
    assert not locks.working_in(filled.cluster)


@pytest.mark.parametrize("holder", ["living stranger", "zombie"])
def test_lock_file_of_a_server_that_is_gone_is_removed(filled: Clone, holder: str) -> None:
    stranger = subprocess.Popen(["sleep", "60"])
    if holder == "zombie":
        stranger.kill()
        # Dead, but not waited for: its number is still taken.
        os.waitid(os.P_PID, stranger.pid, os.WEXITED | os.WNOWAIT)
    lines = [str(stranger.pid), str(filled.cluster), "0", "5432", "", "", "", ""]
    (filled.cluster / "postmaster.pid").write_text("\n".join(lines))
    try:
        assert "notes: 1" in filled.run("manage", "count").stdout
    finally:
        stranger.kill()
        stranger.wait()


def test_data_are_dumped_only_before_new_migrations(filled: Clone) -> None:
    for new in ["", "1", "1", "1", "1"]:
        supervisor = filled.serve(NEW_MIGRATIONS=new)
        supervisor.terminate()
        supervisor.wait(30)
    dumps = list((filled.data / "dumps").iterdir())
    assert len(dumps) == 3
    assert all(dump.read_bytes().startswith(b"PGDMP") and dump.stat().st_mode & 0o077 == 0 for dump in dumps)
