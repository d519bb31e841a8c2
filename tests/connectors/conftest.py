"""What the parsers' tests share: a fixed now, and a guard that notices every opened file and socket."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from connectors.parsing.item import Parsed
from connectors.parsing.sniff import parse
from tests.http.conftest import Net

if TYPE_CHECKING:
    from tests.connectors.web import Web

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
_watched: list[str] = []
_is_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _is_watching and (event == "open" or event.startswith(("socket.", "subprocess.", "urllib."))):
        _watched.append(f"{event} {arguments[:1]}")


sys.addaudithook(_watch)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def read() -> Callable[..., Parsed]:
    """`parse` at the fixed now, taking text or bytes."""

    def run(name: str, body: str | bytes, content_type: str | None = None, **options) -> Parsed:
        raw = body.encode() if isinstance(body, str) else body
        return parse(name, raw, content_type, now=NOW, **options)

    return run


@pytest.fixture
def sealed(read: Callable[..., Parsed]) -> Iterator[list[str]]:
    """What was opened while the test ran; libraries are loaded before it starts."""
    global _is_watching
    read("warm.xml", "<rss version='2.0'><channel><item><title>a</title></item></channel></rss>")
    read("warm.xml", "<rss><channel><item><title>a &nbsp; b</title><p>")
    _watched.clear()
    _is_watching = True
    yield _watched
    _is_watching = False


@pytest.fixture
def web() -> Iterator[Web]:
    """Servers that a test fills."""
    # Here, because the little web looks at this file's now.
    from tests.connectors.web import Web

    net = Net()
    yield Web(net)
    for origin in net.origins:
        origin.close()
