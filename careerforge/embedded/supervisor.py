"""`serve`: one process that starts the database, the web server and the worker, and answers for all three.

The order is the point. Nothing is migrated before the port is ours, nothing is started before `prepare` has
agreed, and the database is the last to stop, because a worker that stops still writes.
"""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TextIO

from careerforge.embedded import children, data, dumps, port, postgres, programs
from careerforge.embedded.children import Child
from careerforge.embedded.postgres import Server
from careerforge.embedded.problem import Problem
from careerforge.embedded.programs import Environment

MARK = "CAREERFORGE_RUN"
STOP_SECONDS = 15
# A child that lives this long has started well; one that does not so often in a row never will.
SETTLED_SECONDS = 20
FUTILE = 4
LONGEST_PAUSE = 30
TICK = 0.2
SHORT_TICK = 0.05
# Whoever waits for a page goes before what is taken in and embedded.
WORKER_NICENESS = 10


class Stopped(Exception):
    """Somebody asked us to stop."""


class Signals:
    """Remembers that a signal came; the waiting in between acts on it.

    Raising from the handler itself would do most of the time, but what is raised in a finaliser is lost.
    """

    def __init__(self) -> None:
        """Listen from now on."""
        self.came = False
        signal.signal(signal.SIGINT, self._note)
        signal.signal(signal.SIGTERM, self._note)
        # Under nohup it is ignored already, and has to stay so.
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            signal.signal(signal.SIGHUP, self._note)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.came = True

    def pause(self, seconds: float) -> None:
        """Sleep; raise Stopped if a signal came. Stopping never pauses, so a second one changes nothing."""
        time.sleep(seconds)
        if self.came:
            raise Stopped


@dataclass
class Watched:
    """A child that is started again when it dies, later each time."""

    name: str
    spawn: Callable[[], Child]
    child: Child | None = None
    started: float = 0
    failures: int = 0
    settled: bool = field(default=False)

    def tend(self, now: float) -> None:
        """Start it if it is not running and its pause is over. Raises Problem when it never came up."""
        if self.child is None:
            self._start(now)
        elif self.child.poll() is None:
            if now - self.started > SETTLED_SECONDS:
                self.failures, self.settled = 0, True
        elif now - self.started > self._pause():
            self._start_again(now)

    def _pause(self) -> float:
        return float(min(LONGEST_PAUSE, 2.0 ** (self.failures - 1)))

    def _start(self, now: float) -> None:
        self.child, self.started = self.spawn(), now

    def _start_again(self, now: float) -> None:
        assert self.child is not None
        # Its own children would go on working beside their successors.
        children.end_session(self.child)
        self.failures += 1
        if self.failures >= FUTILE and not self.settled:
            raise Problem(f"the {self.name} does not start; what it said is above")
        say(f"the {self.name} ended (exit code {self.child.returncode}); starting it again")
        self._start(now)

    def stop(self) -> None:
        """Let it finish what it holds, for a while."""
        if self.child:
            children.stop(self.child, signal.SIGTERM, STOP_SECONDS)


def serve(root: Path, arguments: list[str]) -> int:
    """Run until told to stop; 0 after a clean stop, the exit code of `prepare` if that refuses."""
    folder = data.folder(root)
    signals = Signals()
    try:
        with data.lock(folder / "serve.lock") as ours, contextlib.ExitStack() as stack:
            if not ours:
                raise Problem(f"it is already running on {folder}")
            listener = stack.enter_context(contextlib.closing(port.reserve()))
            _end_leftovers(folder)
            server, env = stack.enter_context(_database(folder, signals))
            env |= {MARK: _new_mark(folder), "CAREERFORGE_PORT": str(listener.getsockname()[1])}
            if code := _prepare(root, folder, server, env, signals):
                return code
            return _watch(root, listener, server, env, signals)
    except Stopped:
        return 0


def _end_leftovers(folder: Path) -> None:
    """Workers of a run that was killed: they would take jobs with code that may be older."""
    mark = folder / "run-mark"
    if mark.exists():
        children.sweep(f"{MARK}={mark.read_text()}")


def _new_mark(folder: Path) -> str:
    mark = secrets.token_hex(16)
    data.write_private(folder / "run-mark", mark)
    return mark


@contextlib.contextmanager
def _database(folder: Path, signals: Signals) -> Iterator[tuple[Server | None, Environment]]:
    """The embedded server, waiting for a `manage` that has it; or no server, when DATABASE_URL names one."""
    if programs.external():
        yield None, programs.environment(folder, None)
        return
    told = False
    while True:
        with postgres.own(folder, signals.pause) as mine:
            if mine:
                server, urls = mine
                yield server, programs.environment(folder, urls)
                return
        if not told:
            say("another command has the database open; waiting for it to end")
            told = True
        signals.pause(TICK)


def _prepare(root: Path, folder: Path, server: Server | None, env: Environment, signals: Signals) -> int:
    """Dump what a migration could spoil, then let `prepare` migrate and fill; its exit code is ours."""
    if server and _migrations_wait(root, server, env, signals):
        written = dumps.write(server, folder, datetime.now(UTC))
        say(f"there are new migrations; the data before them are in {written}")
    return _alone(programs.manage(root, "prepare"), env, signals)


def _migrations_wait(root: Path, server: Server, env: Environment, signals: Signals) -> bool:
    """Whether data that are there would be changed. When in doubt, yes: a dump too many harms nobody."""
    check = programs.manage(root, "migrate", "--check")
    return dumps.needed(server) and _alone(check, env, signals, quiet=True) != 0


def _alone(command: list[str], env: Environment, signals: Signals, *, quiet: bool = False) -> int:
    """Run to the end, out of reach of a Ctrl-C, and take it along if we are stopped meanwhile."""
    with open(os.devnull, "wb") as nowhere:
        child = children.start(command, env=env, output=nowhere if quiet else None)
    try:
        while child.poll() is None:
            signals.pause(SHORT_TICK)
    finally:
        children.stop(child, signal.SIGTERM, STOP_SECONDS)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def _watch(
    root: Path, listener: socket.socket, server: Server | None, env: Environment, signals: Signals
) -> int:
    """Keep all three alive until a signal ends it; then worker, web and (by our caller) the database stop."""
    web = Watched(
        "web server", lambda: children.start(_web(root, listener), env=env, pass_fds=[listener.fileno()])
    )
    worker = Watched(
        "worker",
        lambda: children.start(programs.manage(root, "qcluster"), env=env, niceness=WORKER_NICENESS),
    )
    announced = False
    try:
        while True:
            if server and not server.alive():
                say("the database ended; starting it again")
                server.start()
            for each in (web, worker):
                each.tend(time.monotonic())
            if not announced and _answers(listener):
                announced = True
                _announce(root, listener, env, signals)
            signals.pause(TICK)
    finally:
        worker.stop()
        web.stop()


def _web(root: Path, listener: socket.socket) -> list[str]:
    options = [
        "--workers",
        "1",
        "--worker-class",
        "gthread",
        "--threads",
        "16",
        "--bind",
        f"fd://{listener.fileno()}",
    ]
    # Open streams must not hold up a stop; they resume where they were.
    limits = ["--graceful-timeout", "3", "--timeout", "120", "--keep-alive", "5", "--log-level", "warning"]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "careerforge.wsgi",
        "--chdir",
        str(root),
        "--no-control-socket",
    ]
    return [*command, *options, *limits]


def _answers(listener: socket.socket) -> bool:
    """Whether the web server answers at all; what it answers is not our business."""
    host, number = listener.getsockname()[:2]
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(local, number, timeout=1)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def _announce(root: Path, listener: socket.socket, env: Environment, signals: Signals) -> None:
    _alone(programs.manage(root, "sign_ins"), env, signals)
    say(f"ready at {port.url(listener)} (Ctrl-C stops it)", file=sys.stdout)


def say(sentence: str, file: TextIO | None = None) -> None:
    """Tell the person at the terminal."""
    print(f"CareerForge: {sentence}", file=file or sys.stderr, flush=True)
