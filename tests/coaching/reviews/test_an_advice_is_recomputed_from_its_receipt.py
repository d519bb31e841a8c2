"""What was given out is recomputed from its receipt, and its prompt made again, however it came about."""

import json

import pytest

from careerforge.assistant.models import Review
from coaching.advising import advice
from coaching.advising.receipts import order, points
from coaching.models import Advice
from coaching.persons.facts import facts_about
from tests.coaching.conftest import NOW, SENTENCE
from tests.coaching.reviews.test_a_models_advice_waits_for_a_coach import (
    DREAMED,
    INVENTED,
    TRUE,
    ask,
    says,
)
from tests.coaching.test_an_answer_is_replayed import replay
from tests.gateway.conftest import wire

__all__ = ["ask", "says", "wire"]

EDITED = "Batch orchestration is at level 0.8 of 4."


@pytest.fixture
def by_rules(ask):
    return ask


@pytest.fixture
def in_words(says, ask):
    def made():
        says(TRUE, SENTENCE)
        return ask()

    return made


@pytest.fixture
def reviewed(says, ask, coach, senior, decide):
    """A model's version that a coach has let through."""

    def made(verdict, **word):
        says(TRUE, INVENTED, DREAMED)
        ask()
        assert decide(Review.objects.get(), coach, verdict, now=NOW, **word).done
        return advice.earlier(coach, senior)[0]

    return made


@pytest.fixture
def approved(reviewed):
    return lambda: reviewed("approve")


@pytest.fixture
def edited(reviewed):
    return lambda: reviewed("edit", text=EDITED)


@pytest.mark.parametrize("way", ["by_rules", "in_words", "approved", "edited"])
def test_the_receipt_gives_the_same_numbers_and_the_same_order(way, request, claim, coach, senior, taxonomy):
    opened = request.getfixturevalue(way)()
    on_that_day = facts_about(senior, taxonomy.roles["senior-data-engineer"], NOW.date())
    # What is told later changes nothing of what was said.
    claim(senior, "batch-orchestration", 5)
    told = next(one for one in advice.earlier(coach, senior) if one.id == opened.id).receipt
    shown = {factor.label: factor.points for factor in told.factors if factor.points}
    assert points(told.inputs) == shown
    assert shown == {skill.name: round(skill.points * 100, 2) for skill in on_that_day.gaps}
    assert order(told.inputs) == [skill.name for skill in on_that_day.gaps]


@pytest.mark.parametrize(
    ("way", "verdicts"), [("in_words", []), ("approved", ["approve"]), ("edited", ["edit"])]
)
def test_its_prompt_is_the_same_to_the_byte_also_after_another_is_shipped(
    way, verdicts, request, monkeypatch
):
    opened = request.getfixturevalue(way)()
    shipped = "careerforge.assistant.prompts.versions.shipped"
    monkeypatch.setattr(shipped, lambda name: f"<!-- part: system -->\nAnother {name}.\n")
    told = replay(opened.id)
    assert told["same"] is True
    assert told["prompt_version"] == opened.prompt_version == opened.receipt.versions["prompt"]
    assert told["model_answered"] == opened.receipt.versions["model"]
    assert [one["verdict"] for one in told["reviews"]] == verdicts


def test_one_by_rules_needs_no_prompt(by_rules):
    told = replay(by_rules().id)
    assert told["same"] is None
    assert json.dumps(told)
    assert Advice.objects.get().call is None
