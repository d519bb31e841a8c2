from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from careerforge.gateway import cache, offers
from careerforge.gateway.budget import Asker
from careerforge.gateway.cache import Keeping, Patience
from careerforge.gateway.complete import Clock
from careerforge.gateway.models import CachedAnswer, ModelCall, Spend
from careerforge.gateway.prompt import Completion
from careerforge.gateway.road import Road
from tests.gateway.wire import GOOD, Wire, prompt

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
HOUR = 3600


def keeping(*parts: str, words: str = "") -> Keeping:
    """Kept turned round, so that a test sees that it is not kept in clear."""
    return Keeping(
        parts or ("about", "somebody"),
        HOUR,
        lambda _key, text: text[::-1].encode(),
        lambda _key, sealed: sealed.decode()[::-1],
        words,
    )


@pytest.fixture
def ask(company, wire: Wire):
    offers.fill()
    address = wire.server.url_for("")
    environ = {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": address}
    patience = Patience(seconds=0.3, sleep=lambda _: None)

    def at(now: datetime = NOW, kept: Keeping | None = None, **changes) -> object:
        road = Road(Asker(uuid4()), True, environ, clock=Clock(now=lambda: now), patience=patience)
        return road.ask(prompt(**changes), kept or keeping())

    return at


def test_the_second_time_nobody_is_asked_and_it_costs_nothing(ask, wire):
    wire.message(GOOD)
    first, second = ask(), ask()
    assert isinstance(first, Completion)
    assert isinstance(second, Completion)
    assert second.parsed == first.parsed
    assert len(wire.requests) == 1
    assert [call.cached for call in ModelCall.objects.order_by("cached")] == [False, True]
    assert ModelCall.objects.get(cached=True).micros == 0
    assert Spend.objects.filter(scope="person").count() == 1
    assert GOOD.encode() not in bytes(CachedAnswer.objects.get().sealed_text or b"")


@pytest.mark.parametrize(
    ("seconds", "asked"), [(HOUR - 1, 1), (HOUR, 2), (HOUR + 1, 2)], ids=["before", "at", "after"]
)
def test_after_its_time_it_is_asked_anew(ask, wire, seconds, asked):
    wire.message(GOOD)
    ask()
    ask(NOW + timedelta(seconds=seconds))
    assert len(wire.requests) == asked


def test_a_clock_that_is_set_back_makes_nothing_good_for_longer(ask, wire):
    wire.message(GOOD)
    ask()
    ask(NOW - timedelta(hours=2))
    ask(NOW + timedelta(seconds=HOUR))
    assert len(wire.requests) == 2


@pytest.mark.parametrize("part", ["system", "context", "question", "version", "function"])
def test_another_prompt_is_another_question(ask, wire, part):
    wire.message(GOOD)
    ask()
    ask(**{part: "another"})
    assert len(wire.requests) == 2


def test_another_person_or_other_collections_are_another_question(ask, wire):
    wire.message(GOOD)
    for parts in (("about", "one", "a b"), ("about", "two", "a b"), ("about", "one", "a")):
        ask(kept=keeping(*parts))
    assert len(wire.requests) == 3


def test_with_words_other_wordings_and_passages_are_the_same_question(ask, wire):
    wire.message(GOOD)
    ask(kept=keeping(words="fee psm"), question="Which fee has PSM?")
    ask(kept=keeping(words="fee psm"), question="What is the fee of PSM?", context="Others.")
    ask(kept=keeping(words="pass psm"), question="What is the pass mark of PSM?")
    assert len(wire.requests) == 2


@pytest.mark.parametrize("status", [401, 402, 500])
def test_a_failure_is_kept_for_nobody(ask, wire, status):
    wire.fails(status, "{}")
    assert ask() is None
    assert not CachedAnswer.objects.exists()


@pytest.mark.parametrize("reason", ["refusal", "max_tokens"])
def test_a_refusal_and_a_cut_answer_are_kept_for_nobody(ask, wire, reason):
    wire.message(GOOD, reason)
    assert ask() is None
    assert not CachedAnswer.objects.exists()


def test_who_waits_for_one_who_died_goes_on_by_rules_and_later_ones_ask(ask, wire):
    wire.message(GOOD)
    ask()
    CachedAnswer.objects.update(sealed_text=None, claimed_until=NOW + cache.CLAIM)
    assert ask() is None
    assert isinstance(ask(NOW + cache.CLAIM + timedelta(seconds=1)), Completion)


def test_it_is_removed_at_twice_its_time(ask, wire):
    wire.message(GOOD)
    ask()
    assert cache.prune(NOW + timedelta(seconds=2 * HOUR - 1)) == 0
    assert cache.prune(NOW + timedelta(seconds=2 * HOUR)) == 1


def test_a_key_tells_nothing_of_the_question():
    one = keeping()
    assert one.key(prompt(), ("a",)) != replace(one, parts=("x",)).key(prompt(), ("a",))
    assert one.key(prompt(), ("a",)) != one.key(prompt(), ("b",))
    assert len(one.key(prompt(), ("a",))) == 64


def test_a_new_question_costs_at_most_six_queries_and_a_known_one_less(
    ask, wire, django_assert_max_num_queries
):
    wire.message(GOOD)
    ask(question="Something else?")
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as counted:
            ask()
        counts.append(len([one for one in counted if "SAVEPOINT" not in one["sql"]]))
    assert counts[0] <= 6
    assert counts[1] < counts[0]
