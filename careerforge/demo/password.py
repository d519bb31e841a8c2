"""The one password of all demo accounts: random, in a file that only its owner reads."""

import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password

from careerforge.embedded.data import write_private
from careerforge.people.models import User

# Without letters and digits that look alike: it is typed from a terminal.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, SIZE = 4, 4


def file() -> Path:
    """Where it is written."""
    return Path(settings.DATA_FOLDER) / "demo-password"


def read() -> str:
    """The password, or an empty string when there is none."""
    return file().read_text(encoding="utf-8").strip() if file().is_file() else ""


def give(users: Sequence[User]) -> None:
    """Draw a password, write it down and let these people sign in with it.

    Each gets a hash with a salt of their own; hashing lets go of the interpreter, so both cores work.
    """
    word = "-".join("".join(secrets.choice(LETTERS) for _ in range(SIZE)) for _ in range(GROUPS))
    with ThreadPoolExecutor() as threads:
        for user, hashed in zip(users, threads.map(make_password, [word] * len(users)), strict=True):
            user.password = hashed
    User.objects.bulk_update(users, ["password"])
    file().parent.mkdir(parents=True, exist_ok=True)
    write_private(file(), f"{word}\n")


def forget() -> None:
    """Remove the file."""
    file().unlink(missing_ok=True)
