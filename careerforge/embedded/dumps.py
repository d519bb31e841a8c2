"""A copy of the database before its structure changes. Personal data in it stay sealed; no keys."""

import os
import subprocess
from datetime import datetime
from pathlib import Path

from careerforge.embedded import roles
from careerforge.embedded.cluster import SUPERUSER, in_one_sentence
from careerforge.embedded.postgres import Server
from careerforge.embedded.problem import Problem

KEPT = 3


def write(server: Server, data: Path, now: datetime) -> Path:
    """Dump with the wheel's own pg_dump: a distribution's older one refuses a newer server. Three stay.

    As superuser: row-level security is forced on the owner too. Raises Problem when it is not written whole.
    """
    folder = data / "dumps"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{now:%Y%m%dT%H%M%S.%fZ}.dump"
    half = folder / "unfinished"
    command = [server.cluster.binaries["pg_dump"], "--format=custom", "--host", server.socket, "--port=5432"]
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        done = subprocess.run(
            [*command, "--username", SUPERUSER, "--no-password", roles.DATABASE],
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.fsync(file.fileno())
    if done.returncode:
        half.unlink()
        raise Problem(
            f"nothing was migrated: {in_one_sentence(done.stderr.decode(errors='replace'), folder)}"
        )
    half.rename(target)
    _keep_last(folder)
    return target


def _keep_last(folder: Path) -> None:
    for old in sorted(folder.glob("*.dump"))[:-KEPT]:
        old.unlink()


def needed(server: Server) -> bool:
    """Whether there are data at all: a first start has nothing to lose."""
    with roles.connect(server.socket, roles.DATABASE) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
    return bool(row and row[0])
