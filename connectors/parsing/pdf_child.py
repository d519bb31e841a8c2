"""The process that reads one PDF: bytes on stdin, lines of JSON on stdout.

It is run as a file, not imported, and trusts nothing it reads. Before the first byte it takes its own powers
away: memory and processor limits, no new files, no other programs, a network of its own without an exit, and
an unprivileged user where it starts as root.
"""

from __future__ import annotations

import codecs
import contextlib
import ctypes
import importlib
import io
import json
import os
import pkgutil
import resource
import sys
from types import ModuleType

NOBODY = 65534
CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
CODECS = [
    "ascii",
    "latin-1",
    "utf-8",
    "utf-16",
    "utf-16-be",
    "utf-16-le",
    "utf-32",
    "cp1250",
    "cp1251",
    "cp1252",
    "mac-roman",
    "mac-cyrillic",
    "unicode-escape",
    "raw-unicode-escape",
    "gbk",
    "gb18030",
    "gb2312",
    "big5",
    "big5hkscs",
    "cp932",
    "cp949",
    "cp950",
    "shift-jis",
    "euc-jp",
    "euc-kr",
    "iso2022-jp",
    "johab",
]


def main() -> None:
    memory, cpu_s, max_pages, max_characters = (int(text) for text in sys.argv[1:5])
    pypdf = _load()
    _lock_down(memory, cpu_s)
    _say({"ready": True})
    body = sys.stdin.buffer.read()
    try:
        end = _read(pypdf.PdfReader(io.BytesIO(body)), max_pages, max_characters)
    except (MemoryError, RecursionError):
        end = "limits"
    # The child's whole work is to survive a hostile file: whatever pypdf raises means that it cannot be read.
    except Exception as error:
        end = "limits" if type(error).__name__ == "LimitReachedError" else "broken"
    _say({"end": end})


def _load() -> ModuleType:
    """pypdf with everything it imports later on: once locked down, the process may not be able to read
    Python's own files.
    """
    # Here and not above, so that importing this file costs nothing.
    import pypdf

    for module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
        # Some modules serve libraries that are not installed.
        with contextlib.suppress(ImportError):
            importlib.import_module(module.name)
    for codec in CODECS:
        codecs.lookup(codec)
    return pypdf


def _lock_down(memory: int, cpu_s: int) -> None:
    libc = ctypes.CDLL(None)
    if os.geteuid() == 0:
        libc.unshare(CLONE_NEWNET)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    else:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS refuses some of them
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    writes = (
        event == "open"
        and len(arguments) > 1
        and isinstance(arguments[1], str)
        and set(arguments[1]) & set("wax+")
    )
    if writes or event.startswith(
        ("socket.", "subprocess.", "os.exec", "os.fork", "os.system", "os.posix_spawn", "ctypes.")
    ):
        raise PermissionError(event)


def _read(reader, max_pages: int, max_characters: int) -> str:  # type: ignore[no-untyped-def]
    if reader.is_encrypted and not reader.decrypt(""):
        return "encrypted"
    count = len(reader.pages)
    details = reader.metadata
    _say(
        {
            "count": count,
            "title": str(details.get("/Title") or "")[:500] if details else "",
            "date": _date(details),
        }
    )
    left = max_characters
    for number in range(min(count, max_pages)):
        text = reader.pages[number].extract_text()[:left]
        left -= len(text)
        _say({"page": text})
        if left <= 0:
            break
    return ""


def _date(details) -> str:  # type: ignore[no-untyped-def]
    return str(details.get("/ModDate") or details.get("/CreationDate") or "")[:40] if details else ""


def _say(line: dict[str, object]) -> None:
    # ASCII, so that half a character is never written
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
