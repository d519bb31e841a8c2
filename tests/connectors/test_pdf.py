"""PDF files are documents; bombs are refused soon, by a process that can do nothing else."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connectors.parsing import child
from connectors.parsing.confined import Limits
from connectors.parsing.pdf import parse_pdf

BOMBS = Path(__file__).parent / "data/bombs"
CHILD = str(Path(child.__file__))
PROBE = """
import os, runpy, socket, sys
child = runpy.run_path(sys.argv[1])
child["_load_pypdf"]()
child["_lock_down"](290_000_000, 4)
try:
    {attempt}
except BaseException as error:
    print("refused", type(error).__name__)
else:
    print("done")
"""


def pdf(*pages: str, title: str = "Forge manual") -> bytes:
    """A small PDF with a line of text per page."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    kids = []
    for text in pages:
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1")
        kids.append(f"{len(objects) + 1} 0 R")
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (len(objects) + 2),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    objects.append(f"<< /Title ({title}) /CreationDate (D:20260918125559+02'00') >>".encode())
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    tail = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + tail % (count, count - 1, len(out))


def test_a_pdf_is_a_document(read):
    parsed = read("docs/forge.pdf", pdf("Heat the iron.", "Then strike."))
    (item,) = parsed.items
    assert (parsed.shape, parsed.problems, item.kind) == ("pdf", (), "document")
    assert (item.external_id, item.title) == ("docs/forge.pdf", "Forge manual")
    assert item.text == "Heat the iron.\n\nThen strike."
    assert item.published_at == datetime(2026, 9, 18, 10, 55, 59, tzinfo=UTC)
    assert item.facts["pages"] == "2"


def test_a_long_pdf_is_read_in_part_and_says_so(now):
    parsed = parse_pdf("a.pdf", pdf("one", "two", "three"), now, Limits(pages=2))
    assert parsed.items[0].text == "one\n\ntwo"
    assert "first 2 of 3 pages" in parsed.problems[0].reason


@pytest.mark.parametrize("limits", [Limits(memory=30_000_000), Limits(wall_s=0.001), Limits(size=10)])
def test_a_pdf_that_costs_too_much_is_a_reason(limits, now):
    parsed = parse_pdf("a.pdf", pdf("one" + " " * 9_000_000), now, limits)
    assert parsed.items == ()
    assert parsed.problems


@pytest.mark.parametrize("path", sorted(BOMBS.iterdir()), ids=lambda path: path.name)
def test_a_bomb_is_refused_within_five_seconds(path, read):
    start = time.monotonic()
    parsed = read(path.name, path.read_bytes())
    assert time.monotonic() - start < 5
    assert parsed.items == ()
    assert parsed.problems


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "open('/tmp/careerforge-probe', 'w')",
        "os.system('true')",
        "os.fork()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "bytearray(400_000_000)",
    ],
)
def test_the_reading_process_is_refused_everything_else(attempt):
    command = [sys.executable, "-I", "-c", PROBE.format(attempt=attempt), CHILD]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, env={}, check=False)
    assert done.stdout.startswith("refused"), done.stdout + done.stderr


def test_the_reading_process_says_when_it_is_ready_and_when_it_ends():
    command = [sys.executable, "-I", CHILD, "pdf", "290000000", "4", "10", "1000"]
    done = subprocess.run(command, input=b"%PDF-1.7 no", capture_output=True, timeout=30, env={}, check=False)
    assert done.stdout.splitlines() == [b'{"ready": true}', b'{"end": "broken"}']
