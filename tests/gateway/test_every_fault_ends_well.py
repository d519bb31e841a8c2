import json
from pathlib import Path
from typing import Any

import pytest

from careerforge.assistant.schemas import LearningPath, RoleSuggestions
from careerforge.gateway.complete import complete
from tests.gateway.test_completing import Rows
from tests.gateway.wire import Wire, prompt

FAULTS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "llm_faults.jsonl").read_text().splitlines()
]
# Streams have tests of their own; these need no server that answers.
ANSWERED = [fault for fault in FAULTS if "status" in fault or "statuses" in fault]
# What a fault must be called in the ledger; whatever is not named here is a bad answer.
OUTCOMES = {
    "429_retry_after": "rate_limited",
    "429_no_retry_after_spend_cap": "out_of_money",
    "400_usage_limit": "out_of_money",
    "402_no_credit": "out_of_money",
    "401_bad_key": "bad_key",
    "404_model_retired": "unavailable",
    "413_too_large": "unavailable",
    "529_overloaded": "unavailable",
    "500_x3_then_ok": "unavailable",
    "503_html_body": "unavailable",
    "200_refusal": "refused",
    "200_stop_reason_max_tokens": "cut",
    "json_fenced": "ok",
    "json_10MB": "unavailable",
}


def play(wire: Wire, fault: dict[str, Any], dialect: str) -> None:
    """Put the fault on the wire."""
    for status in fault.get("statuses", [fault.get("status")]):
        body = fault.get("body_text", json.dumps(fault.get("body", {})))
        headers = {name.replace("-", "_"): value for name, value in fault.get("headers", {}).items()}
        text = fault.get("text", "x" * fault["size"] if "size" in fault else None)
        if status != 200 or text is None:
            wire.fails(status, body, **headers)
        elif dialect == "anthropic":
            wire.message(text, fault.get("stop_reason", "end_turn"))
        else:
            wire.chat(text, "length" if "stop_reason" in fault else "stop")


@pytest.mark.parametrize("dialect", ["anthropic", "compatible"])
@pytest.mark.parametrize("fault", ANSWERED, ids=lambda fault: fault["name"])
def test_a_fault_costs_an_answer_and_never_more(wire: Wire, fault, dialect) -> None:
    play(wire, fault, dialect)
    schema = LearningPath if fault["name"].startswith("path_") else RoleSuggestions
    rows = Rows()
    answer = complete(
        prompt(schema=schema), providers=[getattr(wire, dialect)()], ledger=rows, allowed=True, deadline_s=10
    )
    [row] = rows.kept
    assert row.outcome == OUTCOMES.get(fault["name"], "bad_answer")
    assert (answer is not None) == (row.outcome == "ok")
    assert sum(wire.waits) < 10
