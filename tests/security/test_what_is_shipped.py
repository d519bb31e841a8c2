"""The repository itself: no secret, no password that everybody knows, every package pinned by its hash."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "AWS key": r"\bAKIA[0-9A-Z]{16}\b",
    "model provider's key": r"\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}",
    "token of a code host": r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    "key of ours": r"CAREERFORGE_KEY_[A-Z]+_\d+\s*=\s*[0-9a-f]{64}",
}
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".js", ".css", ".sh", ".in", ""}


def shipped() -> list[Path]:
    """The files under version control; of a copy without one, all but what a run makes."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.splitlines()
    if listed.returncode == 0:
        return [ROOT / name for name in names if (ROOT / name).suffix in TEXT]
    made = {".venv", "var", ".git"}
    return [p for p in ROOT.rglob("*") if p.is_file() and p.suffix in TEXT and not made & set(p.parts)]


@pytest.mark.parametrize("kind", SECRETS)
def test_no_file_holds_a_secret(kind: str) -> None:
    found = [p for p in shipped() if p.is_file() and re.search(SECRETS[kind], p.read_text(errors="replace"))]
    # The tests of redaction and of faults speak of such keys without holding one.
    assert [p.relative_to(ROOT).as_posix() for p in found if "tests" not in p.parts] == []


def test_no_setting_holds_a_default_password() -> None:
    settings = (ROOT / "careerforge" / "settings.py").read_text()
    assert not re.search(r"""(?i)(password|secret_key)["']?\s*[:=]\s*["'][\w!-]{6,}["']""", settings)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_its_hash(name: str) -> None:
    text = (ROOT / name).read_text().replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(packages) > 30
    assert all("==" in line and "--hash=sha256:" in line for line in packages)


def test_no_lock_file_names_a_host() -> None:
    assert not re.search(r"https?://", (ROOT / "requirements.txt").read_text())
