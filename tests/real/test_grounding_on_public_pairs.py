"""The support check on public pairs of right and made-up answers.

They are no part of the project: ``CAREERFORGE_SHARED`` names their folder; without it, a folder ``shared``
beside the checkout is looked for.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

SHARED = Path(os.environ.get("CAREERFORGE_SHARED") or Path(__file__).parents[3] / "shared")
PAIRS = SHARED / "data" / "security" / "halueval_qa" / "qa_one-turn_data.json"

pytestmark = [pytest.mark.real, pytest.mark.skipif(not PAIRS.is_file(), reason=f"no pairs in {SHARED}")]


def examples(half: int | None) -> Iterator[dict[str, Any]]:
    """Each right answer as supported, each made-up one as not; of one half by a hash of the question."""
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        if half in (None, hashlib.sha256(pair["question"].encode()).digest()[0] % 2):
            for field, supported in (("right_answer", True), ("hallucinated_answer", False)):
                yield {
                    "question": pair["question"],
                    "answer": pair[field],
                    "passages": [pair["knowledge"]],
                    "supported": [supported],
                }


# The rules were made on the half of odd hashes; the other one was only measured.
@pytest.mark.parametrize("half", [None, 0, 1], ids=["all", "measured only", "made on"])
def test_made_up_answers_are_found_and_right_ones_left_alone(half: int | None, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in examples(half)), encoding="utf-8")
    out = StringIO()
    call_command("evaluate", "grounding", str(file), stdout=out)
    found = json.loads(out.getvalue())
    assert found["auc"] >= 0.93
    assert found["recall"] >= 0.75
    assert found["false_alarms"] <= 0.03
