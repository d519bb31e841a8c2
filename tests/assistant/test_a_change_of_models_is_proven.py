"""What of a change of the list of models has to be tried out, and what a trial keeps to."""

import pytest

from careerforge.assistant.golden.changing import live_digest
from careerforge.assistant.golden.listing import of_name, tried
from careerforge.gateway import offers, standing
from careerforge.gateway.models import ForbiddenRegion, Offer
from careerforge.people.models import User

SIMPLE, STRONG = Offer.Strength.SIMPLE, Offer.Strength.STRONG


def row(model: str, place: int, strength: str = SIMPLE, **more: object) -> Offer:
    return Offer(provider="anthropic", model=model, place=place, strength=strength, **more)


LIVE = (row("a", 1), row("b", 2), row("c", 1, STRONG))


def asked(*wanted: Offer) -> list[tuple[str, str]]:
    found = tried(LIVE, wanted)
    return [(one.strength, one.model) for one in found.offers] if found else []


def test_a_new_model_is_asked_first_whatever_its_turn() -> None:
    assert asked(*LIVE, row("d", 9)) == [(SIMPLE, "d")]
    assert asked(*LIVE, row("a", 9, STRONG)) == [(STRONG, "a")]


def test_another_order_is_asked_in_it() -> None:
    assert asked(row("a", 3), row("b", 2), LIVE[2]) == [(SIMPLE, "a"), (SIMPLE, "b")]
    found = tried(LIVE, (row("a", 3), row("b", 2), LIVE[2]))
    assert found is not None
    with standing.trying(found.offers):
        assert found.named == "anthropic:a, anthropic:b"


def test_another_way_of_thinking_is_another_model() -> None:
    assert asked(row("a", 1, thinking="adaptive"), *LIVE[1:]) == [(SIMPLE, "a")]


@pytest.mark.parametrize("other", [{"timeout_s": 1}, {"data_region": "US"}])
def test_what_puts_a_model_out_of_play_is_tried_out_first(other: dict[str, object]) -> None:
    assert asked(row("a", 1, **other), *LIVE[1:]) == [(SIMPLE, "a")]


@pytest.mark.usefixtures("company")
def test_a_proof_lapses_when_a_region_is_closed_or_a_wait_is_shortened() -> None:
    offers.fill()
    before = live_digest()
    ForbiddenRegion.objects.create(region="West", data_region="US")
    closed = live_digest()
    Offer.objects.filter(provider="anthropic").update(timeout_s=1)
    assert len({before, closed, live_digest()}) == 3


@pytest.mark.parametrize(
    "wanted",
    [
        LIVE,
        LIVE[1:],
        (row("a", 1, is_on=False), *LIVE[1:]),
        (row("a", 1, input_price=7), *LIVE[1:]),
        (*LIVE, row("d", 1, is_on=False)),
        (row("a", 5), row("b", 6), row("c", 7, STRONG)),
    ],
)
def test_taking_one_off_or_another_price_needs_no_proof(wanted: tuple[Offer, ...]) -> None:
    assert tried(LIVE, wanted) is None


def test_a_model_that_is_tried_out_keeps_to_the_forbidden_regions(owner: User) -> None:
    offers.fill()
    ForbiddenRegion.objects.create(region="West", data_region="US")
    for model in ("claude-haiku-4-5", "one-that-no-row-names"):
        with standing.trying(of_name("anthropic", model).offers):
            assert [one.model for one in standing.read("coaching_advice", "simple", "East").offers] == [model]
            assert standing.read("coaching_advice", "simple", "West").offers == []
