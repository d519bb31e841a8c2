from datetime import UTC, datetime, timedelta

import pytest

from careerforge.gateway import breakers
from careerforge.gateway.breakers import ENOUGH
from careerforge.gateway.models import Breaker
from careerforge.gateway.standing import Health

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
SOON, LATER = NOW + timedelta(seconds=59), NOW + timedelta(seconds=61)


def health() -> Health | None:
    row = Breaker.objects.first()
    return Health(row.failures, row.open_until) if row else None


def fail(times: int = 1, outcome: str = "unavailable", kind: str = "server_error") -> None:
    for _ in range(times):
        breakers.after("anthropic", outcome, kind, health(), NOW)


def asks(now: datetime) -> bool:
    return breakers.may_ask("anthropic", health(), now)


def test_five_failures_in_a_row_and_it_is_left_alone_for_a_minute(company):
    fail(ENOUGH - 1)
    assert asks(NOW)
    fail()
    assert not asks(SOON)
    assert asks(LATER)


def test_an_answer_in_between_starts_the_count_again(company):
    fail(ENOUGH - 1)
    breakers.after("anthropic", "ok", "", health(), NOW)
    fail(ENOUGH - 1)
    assert asks(NOW)


def test_after_the_minute_one_probe_goes_through_and_an_answer_closes_it(company):
    fail(ENOUGH)
    assert asks(LATER)
    assert not asks(LATER)
    breakers.after("anthropic", "ok", "", health(), LATER)
    assert asks(LATER)
    assert asks(LATER)


def test_a_probe_that_fails_leaves_it_alone_again(company):
    fail(ENOUGH)
    assert asks(LATER)
    breakers.after("anthropic", "unavailable", "timeout", health(), LATER)
    assert not asks(LATER + timedelta(seconds=59))


def test_a_probe_that_never_comes_back_is_followed_by_another(company):
    fail(ENOUGH)
    assert asks(LATER)
    assert asks(LATER + breakers.PROBE + timedelta(seconds=1))


@pytest.mark.parametrize("outcome", ["out_of_money", "bad_key"])
def test_without_money_or_key_once_is_enough_and_it_lasts(company, outcome):
    fail(1, outcome, "no_money")
    assert not asks(NOW + timedelta(hours=5))
    assert asks(NOW + timedelta(hours=7))


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [("bad_answer", "schema"), ("refused", "refusal"), ("cut", "max_tokens"), ("unavailable", "too_large")],
)
def test_what_the_question_is_to_blame_for_is_not_held_against_the_provider(company, outcome, kind):
    fail(ENOUGH + 1, outcome, kind)
    assert asks(NOW)
    assert not Breaker.objects.exists()


def test_an_administrator_may_close_it(company):
    fail(1, "bad_key", "key_refused")
    breakers.close("anthropic")
    assert asks(NOW)
