"""Starting and stopping programs that must not outlive us, and must not hear our Ctrl-C."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from careerforge.embedded.account import Account

PR_SET_PDEATHSIG = 1
Child = subprocess.Popen[bytes]
# Loaded before any fork: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None, use_errno=True)


def start(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    die_with: signal.Signals = signal.SIGTERM,
    account: Account | None = None,
    own_session: bool = True,
    output: IO[bytes] | None = None,
    pass_fds: Sequence[int] = (),
    cwd: Path | None = None,
    niceness: int = 0,
) -> Child:
    """Start a program that is sent `die_with` when this process dies, even by kill -9 (on Linux).

    Args:
        niceness: by how much it lets others on this machine go first, 0 to 19.
    """
    parent = os.getpid()

    def before_exec() -> None:
        # After the change of user, which would clear it again.
        if sys.platform == "linux":
            _libc.prctl(PR_SET_PDEATHSIG, int(die_with), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)
        # A shell that runs us in the background has these ignored, and that is inherited.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if niceness:
            give_way(niceness)

    return subprocess.Popen(
        list(command),
        env=dict(env),
        start_new_session=own_session,
        # One thread here, and prctl has no other way in.
        preexec_fn=before_exec,
        stdin=subprocess.DEVNULL if own_session else None,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        pass_fds=tuple(pass_fds),
        cwd=cwd,
        **(account.popen_arguments() if account else {}),
    )


def give_way(niceness: int) -> None:
    """Let others go first: those of our session, and other sessions, which Linux may weigh as groups."""
    os.nice(niceness)
    with contextlib.suppress(OSError):
        group = os.open("/proc/self/autogroup", os.O_WRONLY)
        os.write(group, str(niceness).encode())
        os.close(group)


def stop(child: Child, how: signal.Signals, patience: float) -> None:
    """Ask, wait, and then kill the whole session, so that no grandchild stays behind."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            child.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    end_session(child)


def end_session(child: Child) -> None:
    """Kill what is left of a child's session, and reap the child."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def sweep(mark: str) -> None:
    """Kill what an earlier supervisor left behind: processes that carry its mark in their environment.

    Workers whose own parent was killed with kill -9 are such: nobody told them. The mark is random, so no
    other process can have it.
    """
    deadline = time.monotonic() + 5
    while (left := _marked(mark)) and time.monotonic() < deadline:
        for pid in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def _marked(mark: str) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        # Gone in between, or another user's: not ours either way. A zombie's environment is empty.
        with contextlib.suppress(OSError):
            if mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found
