"""A scratch clone with a tiny `manage.py`, to run the real `./run.sh` against."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MANAGE = """
import os, signal, sys, time, psycopg
verb = sys.argv[1]
def row(url, *statements):
    with psycopg.connect(url) as connection:
        for statement in statements:
            result = connection.execute(statement)
        return result.fetchone() if result.description else None
if verb == "prepare":
    if os.environ.get("REFUSE"):
        sys.exit(os.environ["REFUSE"])
    if os.environ.get("SLOW"):
        open("preparing", "w").close()
        time.sleep(60)
    row(os.environ["DATABASE_OWNER_URL"], "CREATE TABLE IF NOT EXISTS note (text text)",
        "CREATE TABLE IF NOT EXISTS django_migrations (name text)",
        "GRANT SELECT, INSERT ON note TO careerforge_app")
elif verb == "migrate":
    sys.exit(1 if os.environ.get("NEW_MIGRATIONS") else 0)
elif verb == "write":
    row(os.environ["DATABASE_URL"], "INSERT INTO note VALUES ('kept')")
elif verb == "count":
    print("notes:", row(os.environ["DATABASE_URL"], "SELECT count(*) FROM note")[0])
elif verb == "qcluster":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    time.sleep(600)
elif verb == "fail":
    sys.exit(7)
"""
WSGI = """
import os, psycopg
def application(environ, start_response):
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        count = connection.execute("SELECT count(*) FROM note").fetchone()[0]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(count).encode()]
"""


class Clone:
    """Commands in a scratch clone; `serve` runs are ended by `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.data = folder / "var"
        self.served: list[subprocess.Popen[bytes]] = []
        self._lay_out()

    def _lay_out(self) -> None:
        package = self.folder / "careerforge"
        shutil.copytree(
            ROOT / "careerforge" / "embedded",
            package / "embedded",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        (package / "__init__.py").touch()
        (package / "wsgi.py").write_text(WSGI)
        (self.folder / "manage.py").write_text(MANAGE)
        # Not run.sh itself but what it hands over to: the scratch clone borrows this environment.
        (self.folder / "requirements.txt").write_text((ROOT / "requirements.txt").read_text())
        (self.folder / ".venv").symlink_to(sys.prefix)

    def command(self, *arguments: str) -> list[str]:
        """What `./run.sh arguments` runs."""
        return [sys.executable, str(self.folder / "careerforge/embedded/__main__.py"), *arguments]

    def environment(self, extra: dict[str, str]) -> dict[str, str]:
        """Of a shell in which nothing of ours is set but the port."""
        ours = ("CAREERFORGE_", "DATABASE_")
        env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return env | {"CAREERFORGE_PORT": str(self.port)} | extra

    def run(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end."""
        return subprocess.run(
            self.command(*arguments),
            env=self.environment(extra),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def serve(self, **extra: str) -> subprocess.Popen[bytes]:
        """Start serving and wait until the web answers."""
        process = self.begin_to_serve(**extra)
        self.notes()
        return process

    def begin_to_serve(self, **extra: str) -> subprocess.Popen[bytes]:
        """Start serving without waiting for anything."""
        process = subprocess.Popen(
            self.command("serve"),
            env=self.environment(extra),
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.served.append(process)
        return process

    def notes(self) -> int:
        """The number of rows, as the web server sees it: asked until it answers."""
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
                    return int(answer.read())
            except OSError:
                assert time.monotonic() < deadline, "the web server did not answer in 30 s"
                time.sleep(0.1)

    def postmaster(self) -> int:
        """The process number in PostgreSQL's lock file."""
        return int((self.cluster / "postmaster.pid").read_text().splitlines()[0])

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data folder."""
        return self.data / "postgres" / "cluster"

    def close(self) -> None:
        """End what still serves."""
        for process in self.served:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
