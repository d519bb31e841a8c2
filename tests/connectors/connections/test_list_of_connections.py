"""The list of connections: how each is, when it was read and is asked next, whose it is; a thousand too."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careerforge.knowledge.models import Collection
from connectors.health import health
from connectors.health.health import Health
from connectors.models import Connection, Ownership, SyncRun
from tests.connectors.connections.site import synchronise

LIST = "/admin/connectors/connection/"


@pytest.fixture
def browser(platform, signed_in):
    """A platform administrator's."""
    return signed_in(platform)


def words(answer) -> str:
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def many(number: int, owner) -> None:
    """So many connections, each with a run and an owner, without asking anybody."""
    collections = Collection.objects.bulk_create(Collection(name=f"Source {n:04}") for n in range(number))
    rows = Connection.objects.bulk_create(
        Connection(name=one.name, kind="feed", location="http://news.example/x", collection=one)
        for one in collections
    )
    runs = SyncRun.objects.bulk_create(
        SyncRun(connection=row, finished_at=timezone.now(), failed=n % 2) for n, row in enumerate(rows)
    )
    for row, run in zip(rows, runs, strict=True):
        row.newest_run = run
    Connection.objects.bulk_update(rows, ["newest_run"], batch_size=500)
    Ownership.objects.bulk_create(Ownership(connection=row, user=owner) for row in rows)


def test_each_row_says_how_it_is_when_it_was_read_what_comes_next_and_whose_it_is(
    browser, site, connect, platform
) -> None:
    for name in ("Broken", "Fine", "Untried"):
        connect(name=name)
    site.feed("Alpha")
    synchronise(Connection.objects.get(name="Fine"))
    site.fails("401 Who")
    synchronise(Connection.objects.get(name="Broken"))
    rows = re.findall(r"<tr>.*?</tr>", browser.get(LIST).text, re.S)
    told = {name: next(row for row in rows if f">{name}<" in row) for name in ("Broken", "Fine", "Untried")}
    assert "Failing" in told["Broken"]
    assert "Never" in re.sub(r".*</th>", "", told["Broken"], flags=re.S)
    assert "Well" in told["Fine"]
    assert "Soon" in told["Untried"]
    assert str(platform) in told["Fine"]
    assert f'href="{LIST}{Connection.objects.get(name="Fine").pk}/"' in told["Fine"]


def test_the_numbers_above_lead_to_those_that_are_so(browser, site, connect) -> None:
    one, other = connect(name="Broken"), connect(name="Fine")
    site.feed("Alpha")
    synchronise(other)
    site.fails("500 Oops")
    synchronise(one)
    page = browser.get(LIST)
    assert "1 · Failing 1 · Well" in words(page)
    assert 'href="?health=failing"' in page.text
    failing = browser.get(f"{LIST}?health=failing").text
    assert ">Broken<" in failing
    assert ">Fine<" not in failing


@pytest.mark.parametrize(
    "asked", ["health=nonsense", "kind=nonsense", "kind=json", "collection__audience__exact=hr"]
)
def test_odd_and_empty_filters_are_no_errors(browser, connect, asked) -> None:
    connect()
    assert browser.get(f"{LIST}?{asked}").status_code == 200


def test_what_the_database_counts_is_what_each_page_says(browser, site, connect, platform) -> None:
    now, later = timezone.now(), timezone.now() + timedelta(hours=3)
    site.feed("Alpha", {"title": "", "text": ""})
    states: dict[str, dict[str, object]] = {
        "paused": {"paused": True},
        "gone": {"paused": True, "is_gone": True},
        "late": {"next_sync_at": now - timedelta(minutes=30)},
        "weekly": {"next_sync_at": now - timedelta(minutes=30), "interval_minutes": 10_080},
        "ill": {"unhealthy_since": now},
        "partly": {},
    }
    for name, values in states.items():
        row = connect(name=name)
        synchronise(row)
        Connection.objects.filter(pk=row.pk).update(**{"next_sync_at": later, **values})
    odd = Connection.objects.get(name="ill")
    SyncRun.objects.filter(connection=odd).update(is_suspicious=True)
    connect(name="new")
    first = connect(name="being read for the first time")
    Connection.objects.filter(pk=first.pk).update(newest_run=SyncRun.objects.create(connection=first))
    for moment in (now, later, now + timedelta(days=30)):
        rows: list[Any] = list(health.told(Connection.objects.select_related("newest_run"), moment))
        assert {one.name: one.health for one in rows} == {one.name: health.of(one, moment) for one in rows}
        assert sum(health.numbers(moment).values()) == len(rows)
    found: Any = health.told(Connection.objects.all(), later)
    assert {one.health for one in found} >= {
        Health.PAUSED, Health.GONE, Health.LATE, Health.NEW, Health.PARTLY, Health.SUSPICIOUS,
    }  # fmt: skip


def queries(browser, address: str) -> int:
    with CaptureQueriesContext(database) as counted:
        assert browser.get(address).status_code == 200, address
    return len(counted)


def test_a_thousand_connections_are_paged_and_need_as_few_queries(browser, platform) -> None:
    many(1, platform)
    browser.get(LIST)
    few = [queries(browser, address) for address in (LIST, f"{LIST}?health=partly&kind=feed")]
    Collection.objects.all().delete()
    many(1000, platform)
    addresses = (f"{LIST}?p=3", f"{LIST}?health=partly&kind=feed")
    assert [queries(browser, address) for address in addresses] == few
    assert max(few) <= 15
    told = words(browser.get(f"{LIST}?p=3"))
    assert "Source 0050" in told
    assert "Source 0075" not in told
    assert "500 · Partly read 500 · Well" in told
    assert "Source 0999" in words(browser.get(f"{LIST}?q=0999"))


def test_an_owner_who_was_told_sees_it_on_the_list_and_on_the_first_page(
    browser, site, connect, platform, admin_platform, signed_in
) -> None:
    site.fails("500 Oops")
    synchronise(connect())
    health.tell_owners(timezone.now() + timedelta(hours=25))
    for address in (LIST, "/admin/"):
        assert "You look after these" in words(browser.get(address))
        assert "You look after these" not in words(signed_in(admin_platform).get(address))
    site.feed("Alpha")
    synchronise(Connection.objects.get())
    assert "You look after these" not in words(browser.get("/admin/"))
