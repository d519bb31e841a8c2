import json
from datetime import UTC, date, datetime

import pytest

from careerforge.assistant.prompts.packing import packed, unpacked
from tests.assistant.passages import passage


@pytest.mark.parametrize("value", [None, True, 3, 2.5, "a", [], ["a", "b"], date(2031, 2, 3)])
def test_what_is_packed_comes_back(value: object) -> None:
    kept = json.loads(json.dumps(packed(value, ["x"])))
    assert unpacked(kept) == value


def test_a_moment_keeps_its_zone() -> None:
    moment = datetime(2031, 2, 3, 4, 5, tzinfo=UTC)
    back = unpacked(json.loads(json.dumps(packed(moment, None))))
    assert (back, back.tzinfo) == (moment, UTC)


def test_of_an_object_only_what_is_declared_is_kept() -> None:
    assert packed([passage("Yes.", title="Ladder")], [{"title": "", "text": ""}]) == [
        {"title": "Ladder", "text": "Yes."}
    ]


def test_what_json_cannot_hold_is_an_error() -> None:
    with pytest.raises(TypeError):
        packed(object(), "x")
