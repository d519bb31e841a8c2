"""A little language for sources: ``site.feed("Title", …)``, ``site.says(b"…", "text/html")``,
``site.fails("500 …")``.
"""

import json
import socket
from dataclasses import dataclass, field
from uuid import uuid4
from xml.sax.saxutils import escape

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import Running, run
from connectors.models import Connection, SyncRun
from connectors.syncing.sync import STAGES
from tests.http.conftest import Net


@dataclass
class Site:
    """A web server whose answer can be changed between two requests. ``heads`` are the requests it got."""

    net: Net
    body: bytes = b""
    media: str = "application/rss+xml"
    status: str = "200 OK"
    headers: dict[str, str] = field(default_factory=dict)
    # What stands at some paths instead: the start of a request's target and the answer's body.
    pages: dict[str, bytes] = field(default_factory=dict)
    # The seconds that a synchronisation waited, without waiting.
    rests: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.origin = self.net.serve(self._answer, host="news.example")

    @property
    def heads(self) -> list[str]:
        return self.origin.requests

    def says(self, body: bytes, media: str, **headers: str) -> None:
        self.body, self.media, self.status = body, media, "200 OK"
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def fails(self, status: str, **headers: str) -> None:
        self.says(b"<p>not for your eyes</p>", "text/html", **headers)
        self.status = status

    def feed(self, *entries: str | dict[str, str], **headers: str) -> None:
        """RSS: a title, or ``{"title", "id", "text"}``."""
        made = [entry if isinstance(entry, dict) else {"title": entry} for entry in entries]
        channel = f"<title>f</title>{''.join(map(_entry, made))}"
        body = f"<rss version='2.0'><channel>{channel}</channel></rss>"
        self.says(body.encode(), "application/rss+xml", **headers)

    def json(self, document: object, **headers: str) -> None:
        self.says(json.dumps(document).encode(), "application/json", **headers)

    def pages_of(self, *pages: list[dict[str, object]]) -> None:
        """JSON in pages, each with the address of the next."""
        last = len(pages)
        self.says(b"{}", "application/json")
        self.pages = {}
        for number, rows in enumerate(pages, start=1):
            following = f"/jobs?page={number + 1}" if number < last else None
            place = "/jobs" if number == 1 else f"/jobs?page={number}"
            self.pages[place] = json.dumps({"items": rows, "next": following}).encode()

    def _answer(self, connection: socket.socket, head: bytes) -> None:
        target = head.split(b" ", 2)[1].decode()
        if target in self.pages:
            self._send(connection, self.pages[target], "200 OK")
            return
        etag = self.headers.get("ETag", "")
        if etag and f"if-none-match: {etag}".encode() in head.lower().replace(
            etag.lower().encode(), etag.encode()
        ):
            connection.sendall(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
            return
        self._send(connection, self.body, self.status)

    def _send(self, connection: socket.socket, body: bytes, status: str) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", f"Content-Type: {self.media}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        connection.sendall("\r\n".join([*lines, "Connection: close"]).encode() + b"\r\n\r\n" + body)


def _entry(entry: dict[str, str]) -> str:
    title = entry["title"]
    text = entry.get("text", f"All that there is to say about {title}, in a sentence or two.")
    guid = entry.get("id", title)
    return (
        f"<item><title>{escape(title)}</title><guid isPermaLink='false'>{escape(guid)}</guid>"
        f"<link>https://news.example/{escape(guid)}</link><description>{escape(text)}</description></item>"
    )


def synchronise(connection: Connection) -> SyncRun:
    """One synchronisation, queued and run as a worker does."""
    job = begin(connection)
    run(str(job.pk), str(connection.organisation_id))
    return SyncRun.objects.get(job_run=job)


def begin(connection: Connection) -> JobRun:
    """The queued job."""
    arguments = {"connection": str(connection.pk)}
    return JobRun.objects.create(job="connectors.sync", dedup_key=str(uuid4()), arguments=arguments)


def running(job: JobRun) -> Running:
    """What a worker gives to the work."""
    return Running(job.pk, job.organisation_id, STAGES)


def numbers(run_row: SyncRun) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, failed, gone."""
    return run_row.new, run_row.changed, run_row.unchanged, run_row.failed, run_row.gone
