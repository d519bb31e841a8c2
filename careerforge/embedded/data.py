"""The data folder: where it is, whether it can be used, and the locks that keep two commands apart."""

import fcntl
import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from careerforge.embedded.problem import Problem

# A first start takes 70 MB and its write-ahead log as much again; below this the server would stop half-way.
NEEDED_MEGABYTES = 300


def folder(root: Path) -> Path:
    """CAREERFORGE_DATA or `var` in the clone, made if missing. Raises Problem when it cannot be used."""
    path = Path(os.environ.get("CAREERFORGE_DATA") or root / "var").absolute()
    try:
        if not path.exists():
            # The server's own user has to pass through, if root starts it; what is inside is closed.
            path.mkdir(parents=True)
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise Problem(f"the data folder {path} cannot be made: {error.strerror}") from error
    _check(path)
    return path


def _check(path: Path) -> None:
    if not path.is_dir():
        raise Problem(f"the data folder {path} is not a folder")
    status = path.stat()
    if os.geteuid() not in {0, status.st_uid}:
        owner = user_name(status.st_uid)
        raise Problem(f"the data folder {path} belongs to {owner}; start CareerForge as {owner}")
    if not os.access(path, os.W_OK | os.X_OK):
        raise Problem(f"the data folder {path} is not writable; allow it with: chmod u+rwx {path}")
    if status.st_mode & 0o002:
        raise Problem(f"everyone may write into the data folder {path}; close it with: chmod o-w {path}")
    check_space(path)


def check_space(path: Path) -> None:
    """Raise Problem while there is still room to say so, instead of failing in the middle of a write."""
    free = shutil.disk_usage(path).free // 1_000_000
    if free < NEEDED_MEGABYTES:
        raise Problem(
            f"the disk of {path} is full: {free} MB are free, and {NEEDED_MEGABYTES} MB are needed to start"
        )


def user_name(uid: int) -> str:
    """The user's name, or the number where the system knows none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    half = path.with_name(f"{path.name}.{os.getpid()}.new")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


@contextmanager
def lock(path: Path, *, shared: bool = False, wait: bool = False) -> Iterator[bool]:
    """Hold a lock that ends with this process however it dies; yields whether it was had."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
    try:
        try:
            fcntl.flock(descriptor, how)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
