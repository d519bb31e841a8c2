"""Real threads with connections of their own, on committed rows."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from careerforge.gateway import breakers, budget, offers
from careerforge.gateway.budget import Asker, Cap, Cost, Held
from careerforge.gateway.cache import Keeping
from careerforge.gateway.models import Breaker, ModelCall, Notice, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.gateway.prompt import Completion
from careerforge.gateway.road import Road
from careerforge.gateway.standing import Health
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.gateway.streams import message_events, pieces, response
from tests.gateway.wire import GOOD, Wire, prompt

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
MANY = 50


@pytest.fixture
def committed(transactional_db) -> Organisation:
    organisation = Organisation(name="Northwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
    return organisation


def at_once(organisation: Organisation, act: Callable[[], object], many: int = MANY) -> list[object]:
    """What each of many threads gets that start in the same moment."""
    # Whoever does not get there, for want of a connection say, makes the others fail and not wait for ever.
    ready = Barrier(many, timeout=60)

    def one(_n: int) -> object:
        with context.organisation(organisation.id):
            ready.wait()
            got = act()
        connections.close_all()
        return got

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def test_fifty_at_once_never_pass_a_limit(committed):
    limits = {Scope.ORGANISATION: Cap(calls=20), Scope.TEAM: Cap(tokens=1500)}
    team = uuid4()
    got = at_once(committed, lambda: budget.hold(Asker(uuid4(), (team,)), Cost(1, 100, 10), limits, NOW))
    assert sum(isinstance(one, Held) for one in got) == 15
    with context.organisation(committed.id):
        used = {one.scope: one.calls for one in Spend.objects.exclude(scope=Scope.PERSON)}
        assert used == {"organisation": 15, "team": 15}
        assert Spend.objects.filter(scope=Scope.PERSON).count() == 15


def test_when_a_provider_may_be_tried_again_one_of_fifty_tries(committed):
    with context.organisation(committed.id):
        Breaker.objects.create(provider="anthropic", failures=5, open_until=NOW - timedelta(seconds=1))
    health = Health(5, NOW - timedelta(seconds=1))
    got = at_once(committed, lambda: breakers.may_ask("anthropic", health, NOW))
    assert got.count(True) == 1


@pytest.fixture
def beside(settings) -> None:
    """With the second connection that the product has."""
    settings.ASIDE = "aside"


KEPT = Keeping(
    ("about", "somebody"), 3600, lambda _key, text: text.encode(), lambda _key, sealed: sealed.decode()
)


@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
def test_many_who_miss_the_same_answer_ask_once_and_all_get_it(beside, committed, wire: Wire):
    wire.message(GOOD).thinks = 0.5
    environ = {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": wire.server.url_for("")}
    with context.organisation(committed.id):
        offers.fill()
    got = at_once(committed, lambda: Road(Asker(uuid4()), True, environ).ask(prompt(), KEPT), many=20)
    assert all(isinstance(one, Completion) for one in got)
    assert len(wire.requests) == 1
    with context.organisation(committed.id):
        assert ModelCall.objects.filter(cached=False).count() == 1
        assert Spend.objects.get(scope=Scope.ORGANISATION).calls == 1


@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
def test_many_who_want_the_same_stream_ask_once_and_all_get_it(beside, committed, wire: Wire):
    def slow() -> Iterator[str]:
        for piece in pieces():
            time.sleep(0.1)
            yield piece

    wire.answers_with(response(message_events(slow())))
    environ = {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": wire.server.url_for("")}
    with context.organisation(committed.id):
        offers.fill()

    def read() -> tuple[str, bool]:
        flow = Road(Asker(uuid4()), True, environ).stream(prompt(), KEPT, field="title")
        return "".join(flow), isinstance(flow.ended, Completion)

    assert at_once(committed, read, many=20) == [("Data engineer", True)] * 20
    assert len(wire.requests) == 1


@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
def test_a_key_that_many_find_refused_at_once_is_told_once(beside, committed, wire: Wire):
    wire.fails(401).thinks = 0.3
    environ = {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": wire.server.url_for("")}
    with context.organisation(committed.id):
        offers.fill()
    at_once(committed, lambda: Road(Asker(uuid4()), True, environ).ask(prompt()), many=20)
    with context.organisation(committed.id):
        assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
def test_what_was_spent_stays_on_the_books_when_the_act_fails(beside, committed, wire: Wire):
    wire.message(GOOD)
    environ = {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": wire.server.url_for("")}
    with context.organisation(committed.id):
        offers.fill()

    class ActFails(Exception):
        pass

    def act() -> None:
        with context.organisation(committed.id):
            assert Road(Asker(uuid4()), True, environ).ask(prompt())
            raise ActFails

    with pytest.raises(ActFails):
        act()
    with context.organisation(committed.id):
        assert ModelCall.objects.get().outcome == "ok"
        assert Spend.objects.get(scope=Scope.ORGANISATION).micros > 0
