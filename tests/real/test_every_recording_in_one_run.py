"""Every recorded answer in one process: no crash, a reason for every file that is not read, little memory.

The recordings are not part of the project. ``CAREERFORGE_SHARED`` names their folder; without it, a folder
``shared`` beside the checkout is looked for.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or ROOT.parent / "shared") / "payloads"
PROGRAM = Path(__file__).with_name("reading_everything.py")
MOST_MB = 400
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="no recordings here; name their folder in CAREERFORGE_SHARED"
    ),
]


def test_everything_is_read_or_refused_with_a_reason_in_little_memory() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "careerforge.settings"}
    done = subprocess.run(
        [sys.executable, str(PROGRAM), str(SHARED), "embed"],
        capture_output=True, text=True, timeout=600, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    print(found)
    assert found["files"] == sum(path.is_file() for path in SHARED.rglob("*"))
    assert found["without_reason"] == []
    assert found["items"] > 800
    assert found["peak_mb"] - found["before_mb"] < MOST_MB
    assert found["largest_child_mb"] < MOST_MB
