"""From a question to the ledger: switches, turns, prices, budgets."""

import json
from datetime import timedelta

import pytest

from careerforge.gateway import budget, offers, tidying
from careerforge.gateway.budget import Exceeded
from careerforge.gateway.models import (
    Breaker,
    ForbiddenRegion,
    FunctionSwitch,
    Limit,
    ModelCall,
    Offer,
    Spend,
)
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.prompt import Completion
from tests.gateway.conftest import NOW
from tests.gateway.wire import GOOD, prompt


def spent(scope: Scope) -> Spend:
    return Spend.objects.get(scope=scope)


def test_an_answer_is_counted_and_priced_for_person_team_and_company(road, wire):
    wire.message(GOOD)
    answer = road().ask(prompt())
    assert isinstance(answer, Completion)
    call = ModelCall.objects.get()
    used = call.input_tokens + call.output_tokens + call.cache_read_tokens + call.cache_write_tokens
    assert used > 0
    # Haiku's list prices: one dollar in, five out.
    exact = call.input_tokens + 5 * call.output_tokens + 0.1 * call.cache_read_tokens
    assert call.micros == pytest.approx(exact + 1.25 * call.cache_write_tokens, abs=1)
    for scope in Scope:
        assert (spent(scope).calls, spent(scope).tokens, spent(scope).micros) == (1, used, call.micros)
    assert spent(Scope.PERSON).starts_at == NOW.replace(minute=0)
    assert spent(Scope.TEAM).starts_at == NOW.replace(hour=0, minute=0)


def test_a_question_costs_at_most_six_queries(road, wire, django_assert_max_num_queries):
    wire.message(GOOD)
    going = road()
    going.ask(prompt())
    with django_assert_max_num_queries(20) as counted:
        going.ask(prompt())
    # In a test the transactions beside the act are savepoints of it, which are no queries elsewhere.
    queries = [one["sql"] for one in counted if "SAVEPOINT" not in one["sql"]]
    assert len(queries) <= 6, queries


@pytest.mark.parametrize(
    ("scope", "again"),
    [
        (Scope.PERSON, NOW.replace(hour=11, minute=0)),
        (Scope.TEAM, NOW.replace(hour=0, minute=0) + timedelta(days=1)),
        (Scope.ORGANISATION, NOW.replace(hour=0, minute=0) + timedelta(days=1)),
    ],
)
def test_after_the_last_call_of_a_limit_nobody_is_asked_until_the_next_time(road, wire, scope, again):
    Limit.objects.create(scope=scope, calls=2)
    wire.message(GOOD)
    assert all(isinstance(road().ask(prompt()), Completion) for _ in range(2))
    assert road().ask(prompt()) == Exceeded(scope, again)
    assert len(wire.requests) == 2
    # Nothing was counted for the question that was not asked, in the other scopes either.
    assert {one.calls for one in Spend.objects.all()} == {2}
    assert isinstance(road(again).ask(prompt()), Completion)


def test_what_a_call_may_come_to_must_fit_before_it_is_made(road, wire):
    Limit.objects.create(scope=Scope.ORGANISATION, tokens=50)
    assert isinstance(road().ask(prompt(max_tokens=100)), Exceeded)
    assert not wire.requests


def test_money_is_a_limit_too(road, wire):
    wire.message(GOOD)
    Limit.objects.create(scope=Scope.ORGANISATION, dollars="0.01")
    answers = [road().ask(prompt(max_tokens=1900)) for _ in range(12)]
    assert isinstance(answers[0], Completion)
    assert isinstance(answers[-1], Exceeded)
    assert spent(Scope.ORGANISATION).micros <= 10_000


def test_a_call_that_nobody_answered_leaves_only_its_tries(road, wire):
    wire.fails(401, "{}")
    assert road().ask(prompt()) is None
    assert {one.tokens for one in Spend.objects.all()} == {0}


def test_a_function_that_is_switched_off_asks_nobody(road, wire):
    FunctionSwitch.objects.create(function="test", is_on=False)
    assert road().ask(prompt()) is None
    assert not wire.requests
    assert ModelCall.objects.get().outcome == "switched_off"
    assert not Spend.objects.exists()


def test_the_administrators_turn_and_choice_of_models_hold(road, wire):
    wire.chat(GOOD)
    Offer.objects.filter(provider="openai").update(place=1)
    answer = road().ask(prompt())
    assert isinstance(answer, Completion)
    assert (answer.provider, answer.model_asked) == ("openai", "local-model")


def test_simple_questions_go_to_the_cheap_model_and_high_stakes_to_the_strong_one(road, wire):
    wire.message(GOOD)
    road().ask(prompt())
    road().ask(prompt(function="learning_path"))
    asked = [json.loads(request.data)["model"] for request in wire.requests]
    assert asked == ["claude-haiku-4-5", "claude-sonnet-4-6"]


def test_with_every_offer_switched_off_the_rules_do_it(road, wire):
    Offer.objects.update(is_on=False)
    assert road().ask(prompt()) is None
    assert not wire.requests


def test_what_is_about_people_of_a_region_does_not_go_where_that_is_forbidden(road, wire):
    Offer.objects.filter(provider="openai").update(data_region="eu")
    ForbiddenRegion.objects.create(region="West", data_region="US")
    wire.chat(GOOD)
    answer = road(region="West").ask(prompt())
    assert isinstance(answer, Completion)
    assert answer.provider == "openai"
    wire.answers.clear()
    wire.message(GOOD)
    answer = road(region="North").ask(prompt())
    assert isinstance(answer, Completion)
    assert answer.provider == "anthropic"


def test_without_money_a_provider_is_left_alone_for_long_and_the_next_one_answers(road, wire):
    wire.fails(402, "{}")
    wire.chat(GOOD)
    assert isinstance(road().ask(prompt()), Completion)
    assert isinstance(road(NOW + timedelta(hours=5)).ask(prompt()), Completion)
    asked = ["anthropic" if "messages" in request.path else "openai" for request in wire.requests]
    assert asked == ["anthropic", "openai", "openai"]
    assert Breaker.objects.get().why == "no_money"


def test_who_asked_how_often_is_forgotten_after_a_day_and_teams_use_is_kept(road, wire):
    wire.message(GOOD)
    road().ask(prompt())
    assert tidying.prune(NOW + timedelta(hours=20)) == 0
    assert tidying.prune(NOW + timedelta(hours=30)) == 1
    assert set(Spend.objects.values_list("scope", flat=True)) == {Scope.TEAM, Scope.ORGANISATION}


def test_the_standard_list_is_given_once(company):
    assert offers.fill() == len(offers.STANDARD)
    Offer.objects.filter(provider="ollama").delete()
    assert offers.fill() == 0


def test_an_hour_later_the_same_person_counts_anew(road, wire):
    Limit.objects.create(scope=Scope.PERSON, calls=1)
    wire.message(GOOD)
    assert isinstance(road().ask(prompt()), Completion)
    assert isinstance(road().ask(prompt()), Exceeded)
    assert isinstance(road(NOW + timedelta(minutes=30)).ask(prompt()), Completion)
    assert budget.TIME[Scope.PERSON] == timedelta(hours=1)
