"""Snapshots on disk: a file for each prompt."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from tests.assistant.composing.cases import CASES, Case

FOLDER = Path(__file__).parents[1] / "composed"
WRITES = os.environ.get("CAREERFORGE_RECORD") == "1"


def pinned(case: Case) -> dict[str, Any]:
    """What a snapshot says of a composed prompt: its bytes, the long system's as their hash."""
    parts = case.parts
    return {
        "version": parts.version,
        "system": hashlib.sha256(parts.system.encode()).hexdigest(),
        "context": parts.context,
        "question": parts.question,
    }


def read(name: str) -> dict[str, Any]:
    """The snapshots of a prompt, by case."""
    path = FOLDER / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def write(name: str) -> None:
    """The snapshots of a prompt anew."""
    kept = {case: pinned(Case(name, case)) for case in CASES}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
