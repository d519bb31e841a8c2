"""The embedded PostgreSQL: one server per data folder, on a socket only, ending with its starter."""

import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from careerforge.embedded import account, binaries, children, data, locks, roles
from careerforge.embedded.cluster import ENVIRONMENT, Cluster, check_owner, in_one_sentence
from careerforge.embedded.problem import Problem
from careerforge.embedded.roles import Urls

SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0777",
    # The graph over a hundred thousand passages fits in; taken only as far as it is used.
    "shared_buffers": "256MB",
    "max_connections": "60",
    # POSIX shared memory breaks parallel index builds in containers with a small /dev/shm.
    "dynamic_shared_memory_type": "mmap",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A failing statement or a violated key can hold personal data; the log must not.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For tests: a crash may lose everything, and nothing waits for the disk.
FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "250"}
# Crash recovery after a long run may take this long; a normal start takes 0.2 s.
START_SECONDS = 300
STOP_SECONDS = 30
LOG_BYTES = 10_000_000
BORROW_ATTEMPTS = 600
SHORT = "/tmp"  # noqa: S108 - TMPDIR may be too long for a socket


@dataclass
class Server:
    """A server process on one cluster. Use under the cluster's lock."""

    cluster: Cluster
    log: Path
    settings: Mapping[str, str] = field(default_factory=lambda: SETTINGS)
    socket: str = ""
    child: children.Child | None = None
    # A caller that must stay able to stop waits in its own way.
    pause: Callable[[float], None] = time.sleep

    def start(self) -> None:
        """Start and wait until it takes connections. Raises Problem, in its words, if it does not."""
        if not self.socket:
            self.socket = _socket_folder(self.cluster.account)
        for attempt in (1, 2):
            if not locks.clear(self.cluster.folder, self.pause):
                raise Problem(f"another PostgreSQL still works in {self.cluster.folder} and does not stop")
            written = self._spawn()
            if self._answers():
                return
            said = self._said_since(written)
            if attempt == 2 or "lock file" not in said:
                raise Problem(in_one_sentence(said, self.cluster.folder))
            (Path(self.socket) / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _spawn(self) -> int:
        """Start the process; the size of the log before it."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        options = {**self.settings, "unix_socket_directories": self.socket}
        command = [self.cluster.binaries["postgres"], "-D", str(self.cluster.folder)]
        command += [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(descriptor, "ab") as log:
            written = os.fstat(descriptor).st_size
            # SIGINT is PostgreSQL's fast shutdown: what it gets if we are killed.
            self.child = children.start(
                command,
                env=ENVIRONMENT,
                die_with=signal.SIGINT,
                account=self.cluster.account,
                output=log,
                cwd=Path("/"),
            )
        return written

    def _answers(self) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while self.alive() and time.monotonic() < deadline:
            try:
                roles.connect(self.socket, "template1").close()
            except psycopg.OperationalError:
                self.pause(0.03)
            else:
                return True
        return False

    def alive(self) -> bool:
        """Whether the process runs."""
        return self.child is not None and self.child.poll() is None

    def _said_since(self, offset: int) -> str:
        with self.log.open("rb") as file:
            file.seek(offset)
            return file.read().decode(errors="replace")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it fast (open transactions are rolled back) and remove the socket's folder."""
        if self.child:
            children.stop(self.child, how, STOP_SECONDS)
        shutil.rmtree(self.socket, ignore_errors=True)


def _socket_folder(owner: account.Account) -> str:
    """A short path (sockets allow 107 bytes), new each time, closed to everyone else."""
    # Made by mkdtemp, so it cannot be foreseen.
    short = SHORT if os.access(SHORT, os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="careerforge-", dir=short)
    owner.own(Path(folder))
    return folder


@dataclass(frozen=True)
class Home:
    """What the data folder keeps about its server."""

    folder: Path

    @property
    def placed(self) -> Path:
        """Says where the server's files are, when they are not here."""
        return self.folder / "postgres-placed.json"

    @property
    def running(self) -> Path:
        """Says which socket the running server has."""
        return self.folder / "postgres-running.json"

    @property
    def users(self) -> Path:
        """Locked, shared, by commands that use a server another one started."""
        return self.folder / "postgres-users.lock"

    @property
    def passwords(self) -> Path:
        """Of the two roles."""
        return self.folder / "database-passwords.json"

    def place(self, server: account.Account) -> Path:
        """The folder for the cluster and its lock: here, or where the server's user can reach it."""
        here = self.folder / "postgres"
        if self.placed.exists():
            where = Path(json.loads(self.placed.read_text())["folder"])
            if not where.is_dir() or not os.access(where, os.W_OK):
                raise Problem(
                    f"the database of {self.folder} was placed in {where}, which is gone or closed to you"
                )
            return where
        if here.exists() or server.can_enter(self.folder):
            here.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                here.chmod(0o711)
            return here
        where = binaries.shared(self.folder)
        data.write_private(self.placed, json.dumps({"folder": str(where)}))
        print(
            f"CareerForge: user {server.name} cannot enter {self.folder}, so the database is in {where}",
            file=sys.stderr,
        )
        return where


@contextlib.contextmanager
def own(folder: Path, pause: Callable[[float], None] = time.sleep) -> Iterator[tuple[Server, Urls] | None]:
    """Start the server of a data folder and stop it at the end; None when another command has it running."""
    home = Home(folder)
    user = account.for_server()
    place = home.place(user)
    check_owner(place / "cluster", user)
    with data.lock(place / "lock") as ours:
        if not ours:
            yield None
            return
        _forget(home)
        cluster = Cluster(place / "cluster", binaries.find(user), user)
        cluster.prepare()
        data.check_space(place)
        server = Server(cluster, folder / "postgres.log", pause=pause)
        try:
            server.start()
            known = roles.passwords(home.passwords)
            roles.establish(server.socket, known)
            data.write_private(home.running, json.dumps({"socket": server.socket}))
            yield server, roles.urls(server.socket, known)
        finally:
            home.running.unlink(missing_ok=True)
            server.stop()


def _forget(home: Home) -> None:
    """Remove the socket folder of a server that was killed."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        socket = Path(json.loads(home.running.read_text())["socket"])
        if socket.name.startswith("careerforge-"):
            shutil.rmtree(socket, ignore_errors=True)
        home.running.unlink()


@contextlib.contextmanager
def borrow(folder: Path) -> Iterator[Urls]:
    """A server for one command: the running one, else our own, which at the end waits for its users."""
    home = Home(folder)
    for _ in range(BORROW_ATTEMPTS):
        with own(folder) as mine:
            if mine:
                try:
                    yield mine[1]
                finally:
                    _wait_for_others(home)
                return
        with data.lock(home.users, shared=True, wait=True):
            if urls := _running(home):
                yield urls
                return
        # Another command is between taking the lock and answering, or just stopping.
        time.sleep(0.1)
    raise Problem("another command holds the database and it does not answer; end it and try again")


def _running(home: Home) -> Urls | None:
    """The addresses of a server that answers."""
    try:
        socket = json.loads(home.running.read_text())["socket"]
        roles.connect(socket, "template1").close()
        return roles.urls(socket, roles.passwords(home.passwords))
    except (OSError, ValueError, psycopg.OperationalError):
        return None


def _wait_for_others(home: Home) -> None:
    """Until nobody borrows the server; then hide it, so that nobody begins to while it stops."""
    with data.lock(home.users) as free:
        if not free:
            print(
                "CareerForge: another command still uses the database; waiting.", file=sys.stderr, flush=True
            )
    with data.lock(home.users, wait=True):
        home.running.unlink(missing_ok=True)


@contextlib.contextmanager
def throwaway(major: int = binaries.CURRENT) -> Iterator[Urls]:
    """A fresh server in a temporary folder, gone at the end; its owner may create databases."""
    user = account.for_server()
    with tempfile.TemporaryDirectory(prefix="careerforge-test-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        folder.chmod(0o711)
        data.check_space(folder)
        if not user.can_enter(folder):
            raise Problem(
                f"user {user.name} cannot enter {folder}; set TMPDIR to a folder that is open to all"
            )
        cluster = Cluster(folder / "cluster", binaries.find(user, major), user)
        cluster.prepare(durable=False)
        server = Server(cluster, folder / "postgres.log", {**SETTINGS, **FLEETING})
        try:
            server.start()
            known = roles.passwords(folder / "passwords")
            roles.establish(server.socket, known, may_create_databases=True)
            yield roles.urls(server.socket, known)
        finally:
            server.stop(signal.SIGQUIT)
