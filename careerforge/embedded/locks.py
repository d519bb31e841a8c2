"""What a killed server leaves behind: its lock file, and perhaps itself.

To be used under the folder's own lock only: then no living server on it is wanted by anyone.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

PROGRAM = "postgres"


def clear(cluster: Path, pause: Callable[[float], None] = time.sleep, patience: float = 30) -> bool:
    """End orphaned servers on `cluster`, then remove the stale lock file; whether the way is free."""
    if not _end_orphans(cluster, pause, patience):
        return False
    # PostgreSQL only asks whether the process number exists: a zombie's does, and so does one that another
    # program has now. That no server works in the folder has just been seen.
    if Path("/proc/self").exists():
        (cluster / "postmaster.pid").unlink(missing_ok=True)
    return True


def _end_orphans(cluster: Path, pause: Callable[[float], None], patience: float) -> bool:
    """A server whose supervisor died is already stopping; remind it, then insist."""
    began = time.monotonic()
    sent: set[tuple[int, signal.Signals]] = set()
    while servers := working_in(cluster):
        waited = time.monotonic() - began
        if waited > patience:
            return False
        how = signal.SIGINT if waited < patience / 2 else signal.SIGQUIT
        main = _main(cluster)
        for pid in servers:
            if pid == main and (pid, how) not in sent:
                sent.add((pid, how))
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, how)
        pause(0.05)
    return True


def working_in(cluster: Path) -> list[int]:
    """The living processes of a server on this folder: all work in it. A zombie has no folder any more."""
    found = []
    home = cluster.resolve()
    for process in Path("/proc").glob("[0-9]*"):
        # Gone in between, or another user's: a server of ours is readable.
        with contextlib.suppress(OSError):
            if (
                Path(os.readlink(process / "cwd")) == home
                and (process / "comm").read_text().strip() == PROGRAM
            ):
                found.append(int(process.name))
    return found


def _main(cluster: Path) -> int:
    """The process that the lock file names; 0 if it names none."""
    try:
        return int((cluster / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return 0
