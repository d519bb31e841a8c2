"""The owner of a connection is told once when it has been unhealthy for a day; it is told to nobody twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careerforge.governance.models import AuditEvent
from connectors import connecting
from connectors.health import health
from connectors.health.health import Health
from connectors.models import Connection, Ownership
from connectors.wishes import Wish
from tests.cast import make_person
from tests.connectors.connections.site import synchronise

DAY = timedelta(days=1, minutes=1)


@pytest.fixture
def ill(site, connect) -> Connection:
    """It fails since just now."""
    site.fails("500 Oops")
    ill = connect()
    synchronise(ill)
    ill.refresh_from_db()
    return ill


def told() -> list[str]:
    return list(AuditEvent.objects.filter(act="connection.owner_told").values_list("object_id", flat=True))


def test_who_adds_a_connection_looks_after_it(connect, site, platform) -> None:
    assert Ownership.objects.get(connection=connect()).user == platform


def test_nobody_is_told_before_a_day_has_passed(ill) -> None:
    assert health.tell_owners(timezone.now() + timedelta(hours=23)) == 0
    assert told() == []


def test_the_owner_is_told_once(ill, platform) -> None:
    for hours in (25, 26, 49):
        health.tell_owners(timezone.now() + timedelta(hours=hours))
    assert told() == [str(ill.pk)]
    assert AuditEvent.objects.get(act="connection.owner_told").subject == platform.pk
    assert list(health.notices(platform)) == [ill]


def test_failing_for_another_day_does_not_start_the_day_anew(ill) -> None:
    since = ill.unhealthy_since
    synchronise(ill)
    ill.refresh_from_db()
    assert ill.unhealthy_since == since


def test_once_it_is_well_the_notice_goes_and_the_next_illness_is_told_again(ill, site, platform) -> None:
    health.tell_owners(timezone.now() + DAY)
    site.feed("Alpha")
    synchronise(ill)
    assert not health.notices(platform).exists()
    site.fails("500 Oops")
    synchronise(ill)
    health.tell_owners(timezone.now() + DAY)
    assert len(told()) == 2


def test_a_connection_that_a_person_paused_is_not_told(ill, platform) -> None:
    connecting.pause(platform, ill, paused=True)
    assert health.tell_owners(timezone.now() + DAY) == 0


def test_one_that_is_gone_for_good_is(site, connect) -> None:
    site.fails("410 Gone")
    gone = connect()
    synchronise(gone)
    gone.refresh_from_db()
    assert (gone.paused, health.of(gone, timezone.now())) == (True, Health.GONE)
    assert health.tell_owners(timezone.now() + DAY) == 1


def test_who_takes_over_is_told_anew(ill, platform) -> None:
    health.tell_owners(timezone.now() + DAY)
    other = make_person("third-platform", "Agatha Merriweather", "admin-platform")
    health.own(ill, other)
    health.tell_owners(timezone.now() + DAY)
    assert list(health.notices(other)) == [ill]
    assert not health.notices(platform).exists()


def test_an_owner_is_chosen_by_handle_among_platform_administrators(ill, platform, owner) -> None:
    from connectors import wishes

    wish = Wish(name="News", kind="feed", location=ill.location, owner=owner.handle)
    assert [one.field_name for one in wishes.problems(platform, wish, ill)] == ["owner"]


def test_an_owner_who_leaves_takes_nothing_along(ill, platform) -> None:
    Ownership.objects.all().delete()
    assert health.tell_owners(timezone.now() + DAY) == 0
    assert health.of(ill, timezone.now()) is Health.FAILING


def test_how_a_connection_is(site, connect) -> None:
    one, now = connect(), timezone.now()
    seen = [health.of(one, now)]
    steps = [
        lambda: site.feed("Alpha", "Beta"),
        lambda: site.feed("Alpha", {"title": "", "text": ""}),
        lambda: site.says(b"<!doctype html><p>Sorry", "text/html"),
        lambda: site.fails("503 Later"),
    ]
    for step in steps:
        step()
        synchronise(one)
        one = Connection.objects.select_related("newest_run").get(pk=one.pk)
        seen.append(health.of(one, timezone.now()))
    seen.append(health.of(one, timezone.now() + timedelta(days=9)))
    assert seen == [
        Health.NEW, Health.WELL, Health.PARTLY, Health.SUSPICIOUS, Health.FAILING, Health.LATE,
    ]  # fmt: skip
