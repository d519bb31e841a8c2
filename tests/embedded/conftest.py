import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded.clone import Clone


@pytest.fixture
def clone() -> Iterator[Clone]:
    with open_folder() as folder:
        clone = Clone(Path(folder))
        yield clone
        clone.close()


@pytest.fixture
def filled(clone: Clone, data_with_one_row: Path) -> Clone:
    """A clone with one row in its database, stopped."""
    subprocess.run(["cp", "--archive", str(data_with_one_row), str(clone.data)], check=True)
    return clone


@pytest.fixture(scope="session")
def data_with_one_row() -> Iterator[Path]:
    with open_folder() as folder:
        clone = Clone(Path(folder))
        assert clone.run("manage", "prepare").returncode == 0
        assert clone.run("manage", "write").returncode == 0
        yield clone.data


def open_folder() -> tempfile.TemporaryDirectory[str]:
    """Not tmp_path: when root runs the tests, the server's own user has to pass through."""
    folder = tempfile.TemporaryDirectory(prefix="careerforge-clone-", ignore_cleanup_errors=True)
    Path(folder.name).chmod(0o755)
    return folder
