"""Which user runs the database server: PostgreSQL refuses root, and `nobody` is shared."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careerforge.embedded.problem import Problem

NAME = "careerforge-pg"


@dataclass(frozen=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """What subprocess needs to start a program as this user; nothing when it is already us."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Whether this user may pass through `folder` and all above it, as the kernel sees it (ACLs too)."""
        if self.uid == os.geteuid():
            return os.access(folder, os.X_OK)
        test = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]
        return subprocess.run(test, cwd="/", check=False, **self.popen_arguments()).returncode == 0

    def own(self, path: Path) -> None:
        """Give a file or folder to this user."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


def current() -> Account:
    """The user who started CareerForge."""
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Problem(
            f"user {os.geteuid()} has no entry in /etc/passwd, which PostgreSQL needs; "
            "add one or set DATABASE_URL"
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def for_server() -> Account:
    """The current user, or for root a user of the server's own, made when missing."""
    if os.geteuid() != 0:
        return current()
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _make()
        entry = pwd.getpwnam(NAME)
    return Account(NAME, entry.pw_uid, entry.pw_gid)


def _make() -> None:
    command = shutil.which("useradd") or "/usr/sbin/useradd"
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        done = subprocess.run(
            [command, *options, "--shell", "/usr/sbin/nologin", NAME],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        done = None
    # 9: another command made it at the same moment.
    if done is None or done.returncode not in {0, 9}:
        raise Problem(
            f"PostgreSQL does not run as root, and the user {NAME} could not be made; "
            "start CareerForge as an ordinary user"
        )
