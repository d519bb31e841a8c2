"""A prompt, an index generation or a model takes the place of what is live, for one task and not beyond."""

import pytest

from careerforge.assistant.golden import Change
from careerforge.assistant.golden.listing import of_name
from careerforge.assistant.prompts import versions
from careerforge.gateway import offers, standing
from careerforge.knowledge.documents.opening import opening
from careerforge.knowledge.models import IndexGeneration
from careerforge.people.models import User

TEXT = "<!-- part: system -->\nBe brief.\n"


def asked() -> list[tuple[str, str, float]]:
    found = standing.read("coaching_advice", "simple").offers
    return [(one.provider, one.model, one.prices.output) for one in found]


def test_a_model_is_asked_alone_and_at_its_price(owner: User) -> None:
    offers.fill()
    before = asked()
    assert len(before) > 1
    with Change(models=of_name("anthropic", "claude-haiku-4-5")).applied():
        assert asked() == [("anthropic", "claude-haiku-4-5", 5.0)]
    with Change(models=of_name("ollama", "a-local-one")).applied():
        assert asked() == [("ollama", "a-local-one", 0.0)]
    assert asked() == before


def test_a_generation_is_searched_whatever_is_live(owner: User) -> None:
    one = IndexGeneration.objects.create(embedder="other", dimensions=8)
    before = opening(owner)[1]
    with Change(generation=one.pk).applied():
        assert opening(owner)[1] == (one.pk, "other", 8)
    assert opening(owner)[1] == before


def test_a_prompt_is_asked_with_and_put_back_also_after_an_error(owner: User) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_with(Change("advice", TEXT))
    assert versions.current("advice").text != TEXT


def _fail_with(change: Change) -> None:
    with change.applied():
        assert versions.current("advice").text == TEXT
        raise ZeroDivisionError


def test_nothing_changed_is_no_change(owner: User) -> None:
    assert not Change()
    assert Change(models=of_name("ollama", "b"))
