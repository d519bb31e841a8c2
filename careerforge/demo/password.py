"""The one password of all demo accounts: random, in a file that only its owner reads."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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


@contextmanager
def drawn(accounts: int) -> Iterator[Callable[[Sequence[User]], None]]:
    """Draw a password and hash it, once an account and each with a salt of its own, while other work goes on.

    Gives what lets people sign in with it, as many as ``accounts``, and writes the password down.
    """
    word = "-".join("".join(secrets.choice(LETTERS) for _ in range(SIZE)) for _ in range(GROUPS))
    # Hashing lets go of the interpreter, so it does not hold up whoever waits for the database.
    with ThreadPoolExecutor(max_workers=2) as threads:
        hashes = [threads.submit(make_password, word) for _ in range(accounts)]

        def give(users: Sequence[User]) -> None:
            for user, hashed in zip(users, hashes, strict=True):
                user.password = hashed.result()
            User.objects.bulk_update(users, ["password"])
            file().parent.mkdir(parents=True, exist_ok=True)
            write_private(file(), f"{word}\n")

        yield give


def forget() -> None:
    """Remove the file."""
    file().unlink(missing_ok=True)
