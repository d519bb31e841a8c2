"""Who may read what a connection brings: a change acts at once, and titles are nobody's but theirs."""

import dataclasses

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from connectors import connecting
from connectors.models import Connection
from connectors.wishes import Wish
from tests.connectors.connections.site import synchronise

WISH = Wish(name="News", kind="feed", location="http://news.example/feed")


@pytest.fixture
def news(site, admin_platform) -> Connection:
    """One document, for everyone."""
    site.feed("Alpha")
    connection = connecting.save(admin_platform, WISH, None)
    synchronise(connection)
    return connection


def readable(person: User) -> int:
    return Document.objects.visible_to(person).count()


@pytest.mark.parametrize(
    ("audience", "may"),
    [
        ({"audience": "everyone"}, "owner outsider coach admin_hr"),
        ({"audience": "coaches"}, "coach"),
        ({"audience": "hr"}, "admin_hr"),
        ({"audience": "practice", "audience_practice": "data"}, "owner coach"),
        ({"audience": "region", "audience_region": "North"}, "owner outsider coach admin_hr"),
        ({"audience": "region", "audience_region": "South"}, ""),
    ],
)
def test_a_change_of_audience_acts_at_once(news, admin_platform, cast, audience, may) -> None:
    connecting.save(admin_platform, dataclasses.replace(WISH, **audience), news)
    people = ("owner", "outsider", "coach", "admin_hr")
    assert [name for name in people if readable(getattr(cast, name))] == may.split()


def test_the_list_of_documents_shows_titles_only_for_everyone(news, admin_platform, signed_in) -> None:
    address = f"/admin/connectors/connection/{news.pk}/documents/"
    assert "Alpha" in signed_in(admin_platform).get(address).text
    connecting.save(admin_platform, dataclasses.replace(WISH, audience="coaches"), news)
    page = signed_in(admin_platform).get(address).text
    assert "Alpha" not in page
    assert "Not shown" in page
    assert "Coaches" in page


def test_removing_a_connection_removes_everything_that_came_from_it(news, admin_platform) -> None:
    connecting.remove(admin_platform, news)
    assert not Connection.objects.exists()
    assert not readable(admin_platform)
    job = JobRun.objects.get(job="knowledge.remove_collection")
    run(str(job.pk), str(job.organisation_id))
    assert not Document.objects.exists()
    assert not Collection.objects.exists()


def test_removing_takes_as_many_statements_however_much_there_is(site, connect, admin_platform) -> None:
    counts = []
    for size in (1, 40):
        connection = connect(name=f"With {size}")
        site.feed(*(f"Title {number}" for number in range(size)))
        synchronise(connection)
        with CaptureQueriesContext(database) as queries:
            connecting.remove(admin_platform, connection)
        database.check_constraints()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
