"""A PostgreSQL data folder: making it, checking it, saying who may connect."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from careerforge.embedded import account as accounts
from careerforge.embedded.account import Account
from careerforge.embedded.binaries import Binaries
from careerforge.embedded.data import user_name
from careerforge.embedded.problem import Problem

SUPERUSER = "postgres"
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}


@dataclass(frozen=True)
class Cluster:
    """Where a server's data are, whose programs serve them, and as which user."""

    folder: Path
    binaries: Binaries
    account: Account

    def prepare(self, *, durable: bool = True) -> None:
        """Make the folder if it is not there, refuse one that cannot be served, and write who may connect."""
        if not self.folder.exists():
            self._initialise(durable)
        self._check()
        self._allow()

    def _initialise(self, durable: bool) -> None:
        """Make it beside its final place: an interrupted initdb must not look like a database."""
        half = self.folder.with_name(self.folder.name + ".new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        self.account.own(half)
        done = subprocess.run(
            [self.binaries["initdb"], "-D", str(half), *self._options(), *([] if durable else ["--no-sync"])],
            env=ENVIRONMENT,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **self.account.popen_arguments(),
        )
        if done.returncode:
            shutil.rmtree(half, ignore_errors=True)
            raise Problem(in_one_sentence(done.stderr, self.folder))
        half.rename(self.folder)

    def _options(self) -> list[str]:
        # The builtin provider sorts the same on every machine, whatever its C library; 16 lacks it.
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        locale = builtin if self.binaries.major >= 17 else ["--locale-provider=libc"]
        return [
            "-U",
            SUPERUSER,
            "-A",
            "reject",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
            *locale,
        ]

    def _check(self) -> None:
        check_owner(self.folder, self.account)
        if self.folder.stat().st_mode & 0o777 not in {0o700, 0o750}:
            raise Problem(
                f"{self.folder} must be closed to others before it is used: chmod 700 {self.folder}"
            )
        try:
            version = (self.folder / "PG_VERSION").read_text().strip()
        except OSError as error:
            raise Problem(f"{self.folder} is not a PostgreSQL data folder ({error.strerror})") from error
        if version != str(self.binaries.major):
            raise Problem(
                f"the data in {self.folder} are of PostgreSQL {version} and this CareerForge runs "
                f"{self.binaries.major}; restore a backup into an empty folder"
            )

    def _allow(self) -> None:
        """Passwords for everyone; for the superuser the kernel's word on who asks, so none is stored."""
        rules = f"local all {SUPERUSER} peer map=careerforge\nlocal all all scram-sha-256\n"
        names = sorted({self.account.name, accounts.current().name})
        self._write("pg_hba.conf", rules)
        self._write("pg_ident.conf", "".join(f'careerforge "{name}" {SUPERUSER}\n' for name in names))

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        if path.exists() and path.read_text() == text:
            return
        half = path.with_suffix(".new")
        half.write_text(text)
        half.chmod(0o600)
        self.account.own(half)
        os.replace(half, path)


def check_owner(folder: Path, account: Account) -> None:
    """Raise Problem when the data of a server that is there are another user's."""
    owner = folder.stat().st_uid if folder.exists() else account.uid
    name = user_name(owner)
    if owner == account.uid:
        return
    if name == accounts.NAME:
        raise Problem(f"the data in {folder} were made when root started CareerForge; start it as root again")
    raise Problem(f"the data in {folder} belong to {name}; start CareerForge as {name}")


def in_one_sentence(log: str, folder: Path) -> str:
    """What the server's own words mean for the person who started it."""
    if "No space left on device" in log or "Disk quota exceeded" in log:
        return f"the disk of {folder} is full; free some space and start again"
    lines = [line for line in log.splitlines() if line.strip()]
    worst = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line] or lines
    said = (
        worst[-1].split(": ", 1)[-1].strip()
        if worst
        else f"it gave no reason (is the disk of {folder} full?)"
    )
    return f"the embedded PostgreSQL failed: {said}"
