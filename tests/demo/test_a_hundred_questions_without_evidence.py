"""A hundred questions that no document of the demo company holds: who asks is told so (case 127)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from careerforge.people.models import User
from coaching.advising.advice import prepare
from coaching.answers.answer import Answer
from coaching.chat import preparing
from tests.demo.conftest import NOW

FILE = Path(__file__).parents[2] / "bench" / "asked" / "unanswered.jsonl"
ASKED = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
LEAST = 0.95


@pytest.fixture
def people(tarnvale: Any) -> dict[str, User]:
    """Everybody of the company, by the name that they sign in with."""
    return {user.username: user for user in User.objects.select_related("profile", "organisation")}


def told_to_coaches(people: dict[str, User]) -> Iterator[Answer]:
    for one in ASKED:
        yield prepare(people[one["coach"]], people[one["about"]], one["question"], NOW).answer


def told_in_chats(people: dict[str, User]) -> Iterator[Answer]:
    for one in ASKED:
        yield preparing.prepare(people[one["about"]], one["question"], (), NOW).by_rules


@pytest.mark.parametrize("told", [told_to_coaches, told_in_chats])
def test_that_nothing_is_known_is_said_and_nothing_is_said_without_a_source(
    told: Any, people: dict[str, User]
) -> None:
    answers = list(told(people))
    unknown = [one for one in answers if one.dont_know and not one.sentences]
    assert len(answers) == len({one["question"] for one in ASKED}) == 100
    answered = [row["question"] for row, one in zip(ASKED, answers, strict=True) if one not in unknown]
    assert len(unknown) / len(answers) >= LEAST, answered
    assert [one for answer in answers for one in answer.sentences if not one.cites] == []
