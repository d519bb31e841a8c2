"""`manage`, `bench`, `test` and `check`: programs run with a database behind them."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from careerforge.embedded import binaries, browser, data, postgres, programs
from careerforge.embedded.problem import Problem

# Its own script names the interpreter's path, which is wrong once the clone has moved.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
# A test must not spend money or reach a model because a developer's shell could.
PROVIDERS = ("ANTHROPIC_", "PERPLEXITY_", "OPENAI_", "OLLAMA_")


def manage(root: Path, arguments: list[str]) -> int:
    """`manage.py …` with the database up; its exit code."""
    with programs.database_up(data.folder(root)) as env:
        return programs.run(programs.manage(root, *arguments), env)


def bench(root: Path, arguments: list[str]) -> int:
    """`bench/<name>.py …`, or every benchmark without a name; the first exit code that is not 0."""
    known = {path.stem: path for path in sorted((root / "bench").glob("[!_]*.py"))}
    if arguments and arguments[0] not in known:
        raise Problem(f"there is no benchmark '{arguments[0]}'; there is: {', '.join(known) or 'none yet'}")
    chosen = [known[arguments[0]]] if arguments else list(known.values())
    with programs.database_up(data.folder(root)) as env:
        env |= {"PYTHONPATH": str(root), "DJANGO_SETTINGS_MODULE": "careerforge.settings"}
        codes = [programs.run([sys.executable, str(path), *arguments[1:]], env) for path in chosen]
    return next((code for code in codes if code), 0)


def test(root: Path, arguments: list[str]) -> int:
    """pytest on a database of its own, which is gone afterwards; its exit code."""
    found = browser.ready()
    if not found and not any(word.startswith("-m") for word in arguments):
        arguments = ["-m", "not browser", *arguments]
    with _fresh() as env:
        if found:
            env["CAREERFORGE_CHROMIUM"] = found
        return programs.run([sys.executable, "-m", "pytest", *arguments], env, cwd=root)


def check(root: Path, arguments: list[str]) -> int:
    """Every check, also after one has failed; 1 if any did."""
    failed = []
    with _fresh() as env:
        for name, command in _checks(root).items():
            print(f"--- {name}", flush=True)
            if programs.run(command, env | _production(name), cwd=root):
                failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.", flush=True)
    return 1 if failed else 0


def _checks(root: Path) -> dict[str, list[str]]:
    """The command of each step. A step that finds nothing to look at yet is left out."""
    python = sys.executable
    tools = str(Path(python).parent)
    templates = [str(path) for path in sorted(root.glob("templates/**/*.html"))]
    steps = {
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "lint": [python, "-m", "ruff", "check", "."],
        "types": [python, "-m", "mypy"],
        "import contract": [python, "-c", LINT_IMPORTS],
        "templates": [f"{tools}/djade", "--check", "--target-version", "5.2", *templates],
        "missing migrations": programs.manage(root, "makemigrations", "--check", "--dry-run"),
        "deployment settings": programs.manage(root, "check", "--deploy", "--fail-level", "WARNING"),
    }
    if not templates:
        del steps["templates"]
    return steps


def _production(step: str) -> dict[str, str]:
    """A company's settings for the step that judges those."""
    if step != "deployment settings":
        return {}
    return {"CAREERFORGE_PUBLIC_URL": "https://careerforge.example"}


@contextlib.contextmanager
def _fresh() -> Iterator[programs.Environment]:
    """A throw-away server and data folder. The role is the owner's: tests make their own database."""
    major = int(os.environ.get("CAREERFORGE_TEST_POSTGRES") or binaries.CURRENT)
    if major not in binaries.INSTALLS:
        raise Problem(f"CAREERFORGE_TEST_POSTGRES is {major}; there is: {sorted(binaries.INSTALLS)}")
    with tempfile.TemporaryDirectory(prefix="careerforge-data-") as folder, postgres.throwaway(major) as urls:
        env = programs.environment(Path(folder), urls)
        kept = {name: value for name, value in env.items() if not name.startswith(PROVIDERS)}
        yield kept | {"CAREERFORGE_DATABASE_ROLE": "owner"}
