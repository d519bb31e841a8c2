import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.real

# JSON lines of {question, answer, passages[], supported[]}, made from the pairs of HaluEval's QA set: each
# right answer with supported [true], each hallucinated one with [false].
FILE = os.environ.get("CAREERFORGE_GROUNDING_PAIRS", "")


@pytest.mark.skipif(not Path(FILE).is_file(), reason="CAREERFORGE_GROUNDING_PAIRS names no file of pairs")
def test_unsupported_answers_are_found_and_supported_ones_left_alone() -> None:
    out = StringIO()
    call_command("evaluate", "grounding", FILE, stdout=out)
    found = json.loads(out.getvalue())
    assert found["auc"] >= 0.90
    assert found["recall"] >= 0.70
    assert found["false_alarms"] <= 0.05
