"""What is run with the database up: `manage.py` and its like, and the environment they get."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from careerforge.embedded import children, postgres
from careerforge.embedded.roles import Urls

Environment = dict[str, str]


def environment(data: Path, urls: Urls | None) -> Environment:
    """Ours, with the data folder and, unless DATABASE_URL names a server elsewhere, the embedded database."""
    # PGHOST, PGPORT and their like would change what an address without a host means.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    env |= {"CAREERFORGE_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    if urls is None:
        return env
    return env | {
        "CAREERFORGE_EMBEDDED": "1",
        "DATABASE_URL": urls.application,
        "DATABASE_OWNER_URL": urls.owner,
    }


def external() -> bool:
    """Whether the database is someone else's to run."""
    return bool(os.environ.get("DATABASE_URL"))


@contextmanager
def database_up(data: Path) -> Iterator[Environment]:
    """The environment for one command, with a database behind it."""
    if external():
        yield environment(data, None)
        return
    with postgres.borrow(data) as urls:
        yield environment(data, urls)


def run(command: Sequence[str], env: Mapping[str, str], cwd: Path | None = None) -> int:
    """Run in the foreground, sharing the terminal: a Ctrl-C is the program's, and we wait for its end."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = children.start(command, env=env, own_session=False, cwd=cwd)
    told = signal.signal(signal.SIGTERM, lambda number, frame: child.send_signal(number))
    try:
        code = child.wait()
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, told)
    return code if code >= 0 else 128 - code


def manage(root: Path, *arguments: str) -> list[str]:
    """The command line of `manage.py`."""
    return [sys.executable, str(root / "manage.py"), *arguments]
