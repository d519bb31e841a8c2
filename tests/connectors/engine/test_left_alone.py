"""A place that fails again and again is left alone for a while; then one request decides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.http.errors import BadStatus, Unreachable
from connectors import clock, connecting
from connectors.health import standing
from connectors.models import Connection, Host, Source
from connectors.syncing import hosts, places
from connectors.syncing.places import Places, rest
from tests.connectors.connections.site import begin, running, synchronise

PAGE = "http://news.example/page"
ERROR = BadStatus("news.example has a fault of its own (status 500).", "status_500", 500)


@pytest.fixture
def connection(site, connect) -> Connection:
    return connect()


def book(connection: Connection) -> Places:
    return Places(running(begin(connection)).transaction, connection, fresh=False)


def fail(connection: Connection, times: int) -> Places:
    for _ in range(times):
        book(connection).failed(PAGE, PAGE, ERROR, 3)
    return book(connection)


@pytest.fixture
def later(monkeypatch):
    """Move the database's clock, as the engine sees it."""

    def move(by: timedelta) -> None:
        monkeypatch.setattr(clock, "now", lambda: timezone.now() + by)

    return move


def test_two_failures_change_nothing_and_the_third_opens_the_breaker(connection) -> None:
    fail(connection, 2).admit(PAGE)
    with pytest.raises(Unreachable, match="failed 3 times in a row; it is asked again after") as caught:
        fail(connection, 1).admit(PAGE)
    assert "(status 500)" in caught.value.sentence


def test_the_rest_doubles_up_to_a_day() -> None:
    hours = [rest(failures) / timedelta(hours=1) for failures in (1, 2, 3, 4, 5, 6, 7, 8, 500)]
    assert hours == [0, 0, 1, 2, 4, 8, 16, 24, 24]


def test_after_its_rest_one_request_goes_through_whoever_sends_it(connection, later) -> None:
    fail(connection, 3)
    later(timedelta(hours=1, minutes=1))
    one, other = book(connection), book(connection)
    one.admit(PAGE)
    with pytest.raises(Unreachable):
        other.admit(PAGE)


def test_a_probe_that_never_came_back_lets_the_next_one_through(connection, later) -> None:
    fail(connection, 3)
    later(timedelta(hours=1, minutes=1))
    book(connection).admit(PAGE)
    later(timedelta(hours=1, minutes=4))
    book(connection).admit(PAGE)


def test_an_answer_closes_it_and_a_failure_opens_it_for_longer(connection, later) -> None:
    fail(connection, 3)
    later(timedelta(hours=2))
    fail(connection, 1)
    row = Source.objects.get(connection=connection)
    assert row.open_until - clock.now() > timedelta(hours=1, minutes=59)
    later(timedelta(hours=5))
    probe = book(connection)
    probe.admit(PAGE)
    probe.answered(PAGE, PAGE, 0.2, 1)
    probe.flush()
    book(connection).admit(PAGE)
    assert Source.objects.get(connection=connection).failures == 0


def test_whoever_asks_for_it_now_is_let_through(connection, platform) -> None:
    fail(connection, 5)
    connecting.sync_now(platform, connection)
    book(connection).admit(PAGE)


def test_how_each_place_is_doing_is_told(site, connection, later) -> None:
    site.feed("Alpha")
    synchronise(connection)
    fail(connection, 4)
    bad, good = standing.places_of(connection, timezone.now())
    assert (bad.where, bad.state, bad.failures, bad.tries) == (PAGE, "left_alone", 4, 3)
    assert bad.reason == ERROR.sentence
    assert bad.until is not None
    assert (good.state, good.items, good.tries, good.reason) == ("well", 1, 1, "")
    assert good.good_at is not None


def test_turns_at_a_host_are_shared_and_even(company, monkeypatch) -> None:
    monkeypatch.setattr(hosts, "GAP", 60.0)
    waits = [hosts.turn("a.example") for _ in range(hosts.BURST + 3)]
    assert waits[: hosts.BURST] == [0.0] * hosts.BURST
    assert [round(wait / 60) for wait in waits[hosts.BURST :]] == [1, 2, 3]
    assert hosts.turn("b.example") == 0


def test_a_host_that_asked_for_it_is_left_alone_by_everybody(company) -> None:
    hosts.close("a.example", timedelta(minutes=5))
    hosts.close("a.example", timedelta(minutes=1))
    assert 295 < hosts.turn("a.example") <= 300
    assert "a.example" not in Host.objects.get().key


def test_idle_hosts_are_forgotten(company) -> None:
    hosts.turn("a.example")
    Host.objects.update(busy_until=timezone.now() - timedelta(days=3))
    hosts.turn("b.example")
    assert hosts.forget_idle() == 1


def test_a_key_does_not_tell_the_place() -> None:
    assert places.key(PAGE) != places.key(f"{PAGE}?page=2")
    assert len(places.key("x" * 5000)) == 32
