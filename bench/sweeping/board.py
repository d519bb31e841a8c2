"""A job board on this machine, in a process of its own, so that its work is not counted as ours.

`/jobs?page=N` are pages of made-up openings, `/whole` is one page of at most 5,000 of them
with an ETag, and `/say`
changes what each page (``said``) and each entry (``views``) tells of the moment. Prints its port, and serves
until it is stopped.
"""

import argparse
import json
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

ETAG = '"1"'
# So many entries are read of one page.
MOST = 5_000
Row = tuple[str, str, str, str]


def rows_of(items: int, chance: random.Random) -> list[Row]:
    """Id, title, text and address of made-up openings; 80 words each."""
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(8000)]
    return [
        (
            f"post-{n}",
            f"Opening {n}",
            " ".join(chance.choices(words, k=80)),
            f"https://board.example/jobs/{n}",
        )
        for n in range(items)
    ]


@contextmanager
def serving(items: int, page: int, seed: int) -> Iterator[str]:
    """The address of a board, which is stopped at the end."""
    command = [sys.executable, __file__, f"--items={items}", f"--page={page}", f"--seed={seed}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as board:
        assert board.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(board.stdout.readline())}"
        finally:
            board.terminate()


def say(root: str, **words: str) -> None:
    """Change ``said`` or ``views``."""
    with urlopen(f"{root}/say?{'&'.join(f'{name}={word}' for name, word in words.items())}") as answer:
        answer.read()


class Board(ThreadingHTTPServer):
    """Serves the rows in pages."""

    daemon_threads = True

    def __init__(self, rows: list[Row], page: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        entries = [{"id": i, "title": t, "description": d, "url": u, "views": "@@"} for i, t, d, u in rows]
        starts = range(0, len(entries), page)
        self.pages = [json.dumps(entries[start : start + page]) for start in starts]
        self.whole = json.dumps({"items": entries[:MOST]}).encode()
        self.told = {"said": "0", "views": "0"}

    def body(self, number: int) -> bytes:
        """A page as it is at this moment."""
        following = json.dumps(f"/jobs?page={number + 1}" if number + 1 < len(self.pages) else None)
        entries = self.pages[number].replace("@@", self.told["views"])
        return f'{{"at": "{self.told["said"]}", "items": {entries}, "next": {following}}}'.encode()


class _Handler(BaseHTTPRequestHandler):
    server: Board

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/say":
            self.server.told |= asked
            self._answer(b"")
        elif parts.path == "/jobs":
            self._answer(self.server.body(int(asked.get("page", 0))))
        elif self.headers.get("If-None-Match") == ETAG:
            self.send_response(304)
            self.end_headers()
        else:
            self._answer(self.server.whole, ETag=ETAG)

    def _answer(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        pass


def main() -> None:
    """Serve until somebody stops it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, required=True)
    parser.add_argument("--page", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    board = Board(rows_of(options.items, random.Random(options.seed)), options.page)
    print(board.server_address[1], flush=True)
    board.serve_forever()


if __name__ == "__main__":
    main()
