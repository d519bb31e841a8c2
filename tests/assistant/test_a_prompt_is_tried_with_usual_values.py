"""What is shown of a prompt before it goes live has lists of their usual length, no two entries alike."""

import pytest

from careerforge.assistant.prompts import files
from careerforge.assistant.prompts.declared import DAY, DECLARED
from careerforge.assistant.prompts.template import Source, fill
from careerforge.assistant.prompts.trial import trial


@pytest.mark.parametrize("name", DECLARED)
def test_each_prompt_is_filled_in_with_usual_lists(name: str) -> None:
    values = trial(DECLARED[name].values)
    source = Source(name, files.shipped("frame"), files.shipped(name))
    shown = fill(source, {"now": DAY, **values})
    longer = fill(source, {"now": DAY, **DECLARED[name].values})
    assert len(shown.context) > len(longer.context)


def test_entries_differ_and_keep_their_shape() -> None:
    steps, passages = trial(DECLARED["path"].values)["steps"], trial(DECLARED["advice"].values)["passages"]
    assert len({one["title"] for one in steps}) == len(steps) == 8
    assert [one["id"] for one in steps[:3]] == ["s1", "s2", "s3"]
    assert len({one["text"] for one in passages}) == len({one["chunk_id"] for one in passages}) == 5
    assert {frozenset(one) for one in steps} == {frozenset(DECLARED["path"].values["steps"][0])}
