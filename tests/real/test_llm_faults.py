"""The whole script of faults against both adapters, asked for whole answers and for streams."""

import os
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from careerforge.gateway.prompt import Completion
from tests.gateway import faults
from tests.gateway.wire import Wire

SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared")
SCRIPT = SHARED / "data" / "security" / "own" / "llm_faults.jsonl"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not SCRIPT.is_file(), reason="no script of faults here; name its folder in CAREERFORGE_SHARED"
    ),
]


@pytest.mark.parametrize("streaming", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("dialect", ["anthropic", "compatible"])
def test_every_fault_has_its_stated_outcome(httpserver: HTTPServer, dialect: str, streaming: bool) -> None:
    wire, wrong = Wire(httpserver), []
    answered = [fault for fault in faults.faults(SCRIPT) if faults.is_answered(fault)]
    for fault in answered:
        wire.answers.clear()
        faults.play(wire, fault, dialect, streaming=streaming)
        asked = faults.ask(getattr(wire, dialect)(), streaming=streaming, schema=faults.schema_of(fault))
        outcomes = {row.outcome for row in asked.rows.kept}
        expected = faults.expected(fault, streaming=streaming)
        if outcomes != {expected} or isinstance(asked.ended, Completion) != (expected == "ok"):
            wrong.append((fault["name"], outcomes))
    assert len(answered) >= 30
    assert not wrong
