"""Reading a hostile file in a child process that has little memory and time, no network, no other file."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Limits:
    """What one file may cost: bytes in, pages or parts, characters out, memory in bytes, processor and
    wall-clock seconds.
    """

    size: int = 25_000_000
    pages: int = 300
    characters: int = 1_000_000
    memory: int = 290_000_000
    cpu_s: int = 4
    wall_s: float = 15.0


@dataclass(frozen=True)
class Read:
    """What the child read; ``error`` is a word for why it ended early, empty if it did not."""

    title: str
    date: str
    pages: tuple[str, ...]
    page_count: int
    error: str
    # Text that a reader of the document would not see.
    hidden: str = ""


def read_confined(format_name: Literal["pdf", "docx"], body: bytes, limits: Limits) -> Read:
    """Have a file read by a child that cannot do anything else."""
    # -I: nothing from the environment or this folder; the empty environment holds no database address.
    numbers = (limits.memory, limits.cpu_s, limits.pages, limits.characters)
    command = [sys.executable, "-I", str(_CHILD), format_name, *map(str, numbers)]
    try:
        done = subprocess.run(
            command,
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_s,
            env={},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        return _result(error.stdout or b"")
    return _result(done.stdout)


def reason(error: str, name: str) -> str:
    """Why a file could not be read, in words. ``name`` says what it is: "PDF", "document"."""
    words = {
        "encrypted": _("The %(name)s is locked with a password."),
        "broken": _("The %(name)s is damaged, or is something else."),
        "limits": _("Reading the %(name)s took more memory or time than is allowed."),
        "bomb": _("The %(name)s unpacks to far more than it should; it was not opened."),
        "not_word": _(
            "Of Office files only Word documents (.docx) are read; save it as PDF, HTML, CSV or text."
        ),
        "not_started": _("The reader for this kind of file could not be started on this machine."),
    }
    return words.get(error, _("The %(name)s holds no text; its pages may be pictures.")) % {"name": name}


def _result(output: bytes) -> Read:
    """What the child said: lines of JSON when it is ready, for the head, per page, for the end. Without an
    end it was stopped.
    """
    lines = []
    for raw in output.split(b"\n"):
        try:
            lines.append(json.loads(raw))
        except ValueError:
            break
    head: dict[str, str] = next((line for line in lines if "count" in line), {})
    pages = tuple(line["page"] for line in lines if "page" in line)
    hidden = "".join(line.get("hidden", "") for line in lines)
    end = next((line["end"] for line in lines if "end" in line), "limits" if lines else "not_started")
    title, date, count = str(head.get("title", "")), str(head.get("date", "")), int(head.get("count", 0))
    return Read(title, date, pages, count, end, hidden)
