"""PDF by pypdf, in a child process that may use little memory and time, no network and no other file."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from connectors.parsing.dates import published
from connectors.parsing.item import DOCUMENT, Item, Parsed, Problem, unreadable
from connectors.parsing.text import clean, one_line

_CHILD = Path(__file__).with_name("pdf_child.py")
_REASONS = {
    "encrypted": "The PDF is locked with a password.",
    "broken": "The PDF is damaged or not a PDF.",
    "limits": "Reading the PDF took more memory or time than is allowed.",
    "not_started": "The reader for PDF files could not be started on this machine.",
    "no_text": "The PDF holds no text; its pages may be pictures.",
}


@dataclass(frozen=True)
class Limits:
    """What one PDF may cost: bytes in, pages read, characters out, memory in bytes, processor and wall-clock
    seconds.
    """

    size: int = 25_000_000
    pages: int = 300
    characters: int = 1_000_000
    memory: int = 290_000_000
    cpu_s: int = 4
    wall_s: float = 15.0


@dataclass(frozen=True)
class _Read:
    title: str
    date: str
    pages: tuple[str, ...]
    page_count: int
    error: str


def parse_pdf(where: str, body: bytes, now: datetime, limits: Limits | None = None) -> Parsed:
    """One document from a PDF, or the reason why there is none. `where` is its external id and, without a
    title, its title.
    """
    limits = limits or Limits()
    if len(body) > limits.size:
        return unreadable(where, f"The PDF is larger than {limits.size // 1_000_000} MB.", "pdf")
    read = _in_child(body, limits)
    text = clean("\n\n".join(read.pages))
    if not text:
        return unreadable(where, _REASONS.get(read.error, _REASONS["no_text"]), "pdf")
    problems = []
    if read.error:
        problems.append(
            Problem(where, f"Only the first {len(read.pages)} pages could be read. {_REASONS[read.error]}")
        )
    elif read.page_count > len(read.pages):
        problems.append(
            Problem(where, f"Only the first {len(read.pages)} of {read.page_count} pages were read.")
        )
    moment, as_given = published(_pdf_date(read.date), now)
    return Parsed((_item(where, text, read, moment, as_given),), tuple(problems), "pdf")


def _item(where: str, text: str, read: _Read, moment: datetime | None, as_given: str | None) -> Item:
    facts = {"pages": str(read.page_count)} | ({"published_as_given": as_given} if as_given else {})
    stem = PurePosixPath(where.replace("\\", "/")).stem
    title = one_line(read.title) or one_line(stem) or where
    return Item(where, title, text, "", DOCUMENT, moment, None, facts)


def _in_child(body: bytes, limits: Limits) -> _Read:
    # -I: nothing from the environment or this folder; the empty environment holds no database address.
    command = [
        sys.executable,
        "-I",
        str(_CHILD),
        *(str(number) for number in (limits.memory, limits.cpu_s, limits.pages, limits.characters)),
    ]
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


def _result(output: bytes) -> _Read:
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
    end = next((line["end"] for line in lines if "end" in line), "limits" if lines else "not_started")
    return _Read(str(head.get("title", "")), str(head.get("date", "")), pages, int(head.get("count", 0)), end)


def _pdf_date(text: str) -> str | None:
    """`D:20260918125559+02'00'` as ISO 8601."""
    digits = text.removeprefix("D:")[:14]
    if len(digits) < 8 or not digits.isdigit():
        return None
    clock = digits[8:].ljust(6, "0")
    zone = text.removeprefix("D:")[14:].replace("'", "")
    day = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    return f"{day}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{zone if zone[:1] in '+-' else ''}"
