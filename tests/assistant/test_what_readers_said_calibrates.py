"""Thumbs against the share of support that was said: shown from 100 of 30 people on."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from careerforge.assistant import confidence, outcomes
from careerforge.assistant.models import Feedback
from careerforge.people.models import User
from tests.assistant.outcomes import tenths
from tests.cast import make_person

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
# Fractions that answers have, and those at the bounds of a tenth.
SAID = [kept / every for every in range(1, 13) for kept in range(every + 1)] + [0.1 * 3, 0.7, 0.1 * 7]


@pytest.fixture
def crowd(company: Any) -> list[User]:
    """Thirty people."""
    return [make_person("r" * n, f"Wenzel Ackerknecht {n}") for n in range(1, 31)]


def rate(people: list[User], told: list[tuple[float | None, bool]], kind: str = "advice") -> None:
    """A thumb of each in turn."""
    Feedback.objects.bulk_create(
        Feedback(
            user=people[place % len(people)],
            result_kind=kind,
            result_id=uuid4(),
            thumb="up" if came else "down",
            model_used="rules",
            prompt_version="1",
            said=said,
            given_at=NOW,
        )
        for place, (said, came) in enumerate(told)
    )


def test_the_database_counts_the_same_tenths(crowd: list[User]) -> None:
    told = [(said, place % 3 == 0) for place, said in enumerate(SAID)]
    rate(crowd, [*told])
    found, expected = outcomes.of("advice"), tenths(told)
    counted = [(one.place, one.n, one.right) for one in found.tenths]
    assert counted == [(one.place, one.n, one.right) for one in expected]
    assert confidence.brier(found.tenths) == pytest.approx(confidence.brier(expected))
    assert confidence.calibration_error(found.tenths) == pytest.approx(confidence.calibration_error(expected))


def test_people_are_counted_once_in_a_tenth_and_once_in_all(crowd: list[User]) -> None:
    rate(crowd[:3], [(0.95, True)] * 6 + [(0.15, True)] * 3)
    found = outcomes.of("advice")
    assert [(one.place, one.n, one.people) for one in found.tenths] == [(1, 3, 3), (9, 6, 3)]
    assert (found.n, found.people) == (9, 3)


def test_each_kind_has_its_own_and_what_said_nothing_counts_nowhere(crowd: list[User]) -> None:
    rate(crowd, [(1.0, True)] * 4, "chat")
    rate(crowd, [(None, True)] * 50)
    found = outcomes.read(["advice", "chat", "path"])
    assert {kind: one.n for kind, one in found.items()} == {"advice": 0, "chat": 4, "path": 0}


@pytest.mark.parametrize(("n", "is_told"), [(99, False), (100, True), (101, True)])
def test_from_a_hundred_on_an_answer_has_a_figure(crowd: list[User], n: int, is_told: bool) -> None:
    rate(crowd, [(1.0, True)] * n)
    assert bool(confidence.helped(1.0, outcomes.of("advice"))) is is_told


def test_a_tenth_of_a_few_people_is_not_told(crowd: list[User]) -> None:
    rate(crowd, [(1.0, True)] * 120)
    rate(crowd[:4], [(0.5, False)] * 40)
    found = outcomes.of("advice")
    assert confidence.helped(0.5, found) == ""
    assert [one.place for one in found.shown] == [9]
