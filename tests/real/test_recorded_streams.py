"""Streams as real providers sent them: their text comes out whole, without thinking, and their tokens count.

They answer other questions than ours, so each ends as a bad answer that carries its text.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_httpserver import HTTPServer
from werkzeug import Response

from careerforge.gateway.errors import ProviderError
from tests.gateway.test_streams_over_the_wire import provider, read
from tests.gateway.wire import Wire

SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared")
RECORDED = SHARED / "payloads" / "llm" / "pydantic-ai-cassettes"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not RECORDED.is_dir(), reason="no recordings here; name their folder in CAREERFORGE_SHARED"
    ),
]
STREAMS = [
    ("anthropic", "test_anthropic/test_anthropic_model_thinking_part_stream.yaml"),
    ("anthropic", "test_anthropic/test_anthropic_web_search_tool_stream.yaml"),
    ("compatible", "test_deepseek/test_deepseek_model_thinking_stream.yaml"),
]


def recorded(name: str) -> str:
    """The body of the first stream of a recording."""
    interactions = yaml.safe_load((RECORDED / name).read_text())["interactions"]
    bodies = (one["response"]["body"] for one in interactions)
    return next(body["string"] if isinstance(body, dict) else body for body in bodies)


def said(dialect: str, body: str) -> Iterator[str]:
    """The written text, read without any of our code."""
    for line in body.splitlines():
        if not line.startswith("data: {"):
            continue
        event: dict[str, Any] = json.loads(line.removeprefix("data: "))
        if dialect == "anthropic":
            yield event.get("delta", {}).get("text") or ""
        else:
            yield event["choices"][0]["delta"].get("content") or ""


@pytest.mark.parametrize(("dialect", "name"), STREAMS, ids=[name.split("/")[1] for _, name in STREAMS])
def test_the_text_comes_whole_and_is_counted(httpserver: HTTPServer, dialect: str, name: str) -> None:
    body, wire = recorded(name), Wire(httpserver)
    wire.answers_with(Response(body, content_type="text/event-stream"))
    got, error = read(provider(wire, dialect))
    assert len(got) > 10
    assert isinstance(error, ProviderError)
    assert error.kind in {"not_json", "pause_turn"}
    assert "".join(got) == error.text == "".join(said(dialect, body))
    assert error.usage.input > 0
    assert error.usage.output > 0
    assert error.model_answered
