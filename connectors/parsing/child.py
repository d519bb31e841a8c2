"""The process that reads one PDF or Word document: bytes on stdin, lines of JSON on stdout.

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
import zipfile
from types import ModuleType

NOBODY = 65534
CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
LARGEST_PACKAGE = 60_000_000
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
    format_name, (memory, cpu_s, max_parts, max_characters) = sys.argv[1], map(int, sys.argv[2:6])
    load, read = READERS[format_name]
    library = load()
    _lock_down(memory, cpu_s)
    _say({"ready": True})
    body = sys.stdin.buffer.read()
    try:
        end = read(library, body, max_parts, max_characters)
    except (MemoryError, RecursionError):
        end = "limits"
    # The child's whole work is to survive a hostile file: whatever a library raises means that it cannot be
    # read.
    except Exception as error:
        end = "limits" if type(error).__name__ == "LimitReachedError" else "broken"
    _say({"end": end})


def _load_pypdf() -> ModuleType:
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


def _read_pdf(pypdf: ModuleType, body: bytes, max_pages: int, max_characters: int) -> str:
    reader = pypdf.PdfReader(io.BytesIO(body))
    if reader.is_encrypted and not reader.decrypt(""):
        return "encrypted"
    count = len(reader.pages)
    details = reader.metadata
    title = str(details.get("/Title") or "")[:500] if details else ""
    _say({"count": count, "title": title, "date": _date(details)})
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


def _load_docx() -> ModuleType:
    """python-docx with what it loads late: its template, and Python's reader of dates."""
    import docx

    template = docx.Document()
    assert template.core_properties.modified
    return docx


def _read_docx(docx: ModuleType, body: bytes, max_parts: int, max_characters: int) -> str:
    reason = _refused_package(body, max_parts)
    if reason:
        return reason
    document = docx.Document(io.BytesIO(body))
    _say({"count": 1, **_about(document)})
    names = {style.style_id: str(style.name).lower() for style in document.styles if style.style_id}
    left, lines, hidden = max_characters, [], []
    for element in document.element.body.iter(W + "p"):
        text, unseen = _paragraph(element, names)
        hidden += [unseen] if unseen else []
        lines.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    _say({"page": "\n\n".join(lines), "hidden": "\n".join(hidden)[:2000]})
    return "" if left > 0 else "long"


def _about(document) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """Title and date as the file's own properties say; python-docx would make up those that are missing."""
    if not any(part.reltype == PROPERTIES for part in document.part.package.rels.values()):
        return {"title": "", "date": ""}
    about = document.core_properties
    moment = about.modified or about.created
    return {"title": str(about.title or "")[:500], "date": moment.isoformat() if moment else ""}


def _refused_package(body: bytes, max_parts: int) -> str:
    """Why a ZIP archive is not unpacked: told from its directory alone, before a byte of it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        members = package.infolist()
    if not any(member.filename == "word/document.xml" for member in members):
        return "not_word"
    names = [member.filename.replace("\\", "/") for member in members]
    leads_out = any(name.startswith("/") or ".." in name.split("/") for name in names)
    size = sum(member.file_size for member in members)
    # Text packs to a tenth; what packs to a hundredth was made to.
    is_bomb = size > LARGEST_PACKAGE or any(
        member.file_size > 5_000_000 and member.file_size > 100 * max(member.compress_size, 1)
        for member in members
    )
    return "bomb" if leads_out or is_bomb or len(members) > max_parts else ""


def _paragraph(paragraph, names: dict[str, str]) -> tuple[str, str]:  # type: ignore[no-untyped-def]
    """What a paragraph shows, as Markdown, and what it hides."""
    pieces: list[str] = []
    unseen: list[str] = []
    for node in paragraph.iter(W + "t", W + "tab", W + "br"):
        over = {parent.tag for parent in node.iterancestors()}
        if FALLBACK in over or (node.tag != W + "t" and W + "r" not in over):
            continue
        run = next(node.iterancestors(W + "r"), None)
        is_hidden = run is not None and run.find(f"{W}rPr/{W}vanish") is not None
        text = (node.text or "") if node.tag == W + "t" else "\t" if node.tag == W + "tab" else "\n"
        (unseen if is_hidden else pieces).append(text)
    shown = "".join(pieces).strip()
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = names.get(style.get(W + "val"), "") if style is not None else ""
    is_item = "list" in name or paragraph.find(f"{W}pPr/{W}numPr") is not None
    return (_mark(name, is_item) + shown if shown else ""), "".join(unseen).strip()


def _mark(style: str, is_item: bool) -> str:
    """The title has one sign, a heading of the first level two."""
    level = style.removeprefix("heading ")
    if level.isdigit():
        return "#" * min(int(level) + 1, 6) + " "
    return "# " if style == "title" else "- " if is_item else ""


def _say(line: dict[str, object]) -> None:
    # ASCII, so that half a character is never written
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


READERS = {"pdf": (_load_pypdf, _read_pdf), "docx": (_load_docx, _read_docx)}

if __name__ == "__main__":
    main()
