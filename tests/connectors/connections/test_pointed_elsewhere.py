"""A connection that is pointed at another source lets go of what came from the one before."""

import dataclasses

import pytest
from django.utils import timezone

from careerforge.jobs.running import Failed
from careerforge.knowledge.models import Chunk, Document
from careerforge.knowledge.search.retrieval import search
from connectors import connecting
from connectors.kinds.feed import kind as feeds
from connectors.models import Connection, Sighting, SyncRun
from connectors.syncing.sync import synchronise as at_work
from connectors.wishes import Wish
from tests.connectors.connections.site import begin, running, synchronise

WISH = Wish(name="News", kind="feed", location="http://news.example/feed")


@pytest.fixture
def news(site, platform) -> Connection:
    """Two documents for human resources."""
    site.feed("Alpha", "Beta")
    made = connecting.save(platform, dataclasses.replace(WISH, audience="hr"), None)
    synchronise(made)
    return made


def change(platform, connection: Connection, **wanted) -> None:
    fresh = Connection.objects.select_related("collection").get(pk=connection.pk)
    connecting.save(platform, dataclasses.replace(WISH, **{"audience": "hr", **wanted}), fresh)


def current() -> list[str]:
    return sorted(Document.objects.current().values_list("title", flat=True))


def test_another_address_with_other_readers_shows_them_nothing_of_before(news, platform) -> None:
    change(platform, news, location="http://news.example/other", audience="everyone")
    assert current() == []
    assert not Chunk.objects.filter(live=True).exists()
    assert search(platform, "Alpha sentence", now=timezone.now()) == []


def test_another_kind_is_another_source(news, platform) -> None:
    change(platform, news, kind="json")
    assert current() == []


def test_what_the_new_address_holds_too_comes_back(site, news, platform) -> None:
    change(platform, news, location="http://news.example/other")
    site.feed("Beta", "Gamma")
    synchronise(news_again(news))
    assert current() == ["Beta", "Gamma"]


def news_again(news: Connection) -> Connection:
    return Connection.objects.get(pk=news.pk)


@pytest.mark.parametrize("wanted", [{"name": "Other"}, {"interval_minutes": 90}, {"secret": "s3cr3t"}])
def test_the_same_address_keeps_its_documents(news, platform, wanted) -> None:
    change(platform, news, **wanted)
    assert current() == ["Alpha", "Beta"]


@pytest.mark.parametrize("wanted", [{"location": "http://news.example/other"}, {"audience": "everyone"}])
def test_a_synchronisation_at_work_stores_nothing_of_before(
    site, news, platform, monkeypatch, wanted
) -> None:
    site.feed("Alpha", "Beta", "Confidential")
    real = vars(feeds)["parse"]

    def parse_while_somebody_changes_it(*args, **kwargs):
        change(platform, news, **wanted)
        return real(*args, **kwargs)

    monkeypatch.setattr(feeds, "parse", parse_while_somebody_changes_it)
    with pytest.raises(Failed, match="changed while it was read"):
        at_work(running(begin(news)), news.pk)
    assert "Confidential" not in current()
    run = SyncRun.objects.first()
    assert run is not None
    assert run.error == "The connection was changed while it was read. The next synchronisation begins anew."
    assert not Sighting.objects.exists()
    news.refresh_from_db()
    assert news.failures == 0


def test_a_new_address_is_asked_as_soon_as_it_would_have_been(site, news, platform, monkeypatch) -> None:
    site.feed("Alpha", "Beta", "Gamma")
    real = vars(feeds)["parse"]

    def parse_while_somebody_moves_it(*args, **kwargs):
        change(platform, news, location="http://news.example/other")
        return real(*args, **kwargs)

    monkeypatch.setattr(feeds, "parse", parse_while_somebody_moves_it)
    with pytest.raises(Failed):
        at_work(running(begin(news)), news.pk)
    news.refresh_from_db()
    assert news.next_sync_at is None


def test_one_that_is_removed_while_it_is_read_says_so(site, news, platform, monkeypatch) -> None:
    site.feed("Alpha", "Beta", "Gamma")
    real = vars(feeds)["parse"]

    def parse_while_somebody_removes_it(*args, **kwargs):
        connecting.remove(platform, Connection.objects.select_related("collection").get(pk=news.pk))
        return real(*args, **kwargs)

    monkeypatch.setattr(feeds, "parse", parse_while_somebody_removes_it)
    with pytest.raises(Failed, match="has been removed"):
        at_work(running(begin(news)), news.pk)
