"""A feed over several synchronisations: what came is counted, and nothing grows that did not come."""

import pytest

from careerforge.knowledge.models import Chunk, Document, DocumentVersion
from connectors.models import SyncProblem
from tests.connectors.connections.site import numbers, synchronise


def titles() -> list[str]:
    return sorted(Document.objects.values_list("title", flat=True))


def test_three_synchronisations_count_what_is_new_changed_unchanged_and_broken(site, connect) -> None:
    connection = connect()
    site.feed("Alpha", "Beta")
    assert numbers(synchronise(connection)) == (2, 0, 0, 0, 0)
    beta = {"title": "Beta", "text": "Rewritten from the first word to the last."}
    site.feed("Alpha", beta, "Gamma")
    assert numbers(synchronise(connection)) == (1, 1, 1, 0, 0)
    site.feed({"title": "", "text": "", "id": "Alpha"}, beta, "Gamma")
    assert numbers(synchronise(connection)) == (0, 0, 2, 1, 0)
    assert "neither a title nor a text" in SyncProblem.objects.get().reason
    assert titles() == ["Alpha", "Beta", "Gamma"]


def test_ten_synchronisations_of_one_feed_grow_nothing(site, connect) -> None:
    connection = connect()
    site.feed("Alpha", "Beta", {"title": "Gamma", "text": "A date that lies ahead."})
    site.says(
        site.body.replace(b"</item>", b"<pubDate>Fri, 01 Jan 2099 00:00:00 GMT</pubDate></item>"), site.media
    )
    synchronise(connection)
    before = [model.objects.count() for model in (Document, DocumentVersion, Chunk)]
    for _ in range(9):
        assert numbers(synchronise(connection)) == (0, 0, 3, 0, 0)
    assert [model.objects.count() for model in (Document, DocumentVersion, Chunk)] == before == [3, 3, 3]


def test_a_new_id_at_every_fetch_makes_no_new_document(site, connect) -> None:
    connection = connect()
    for day in range(4):
        site.feed({"title": "Alpha", "id": f"{day}-a"}, {"title": "Beta", "id": f"{day}-b"})
        site.says(site.body.replace(f"/{day}-".encode(), b"/"), site.media)
        synchronise(connection)
    assert titles() == ["Alpha", "Beta"]


def test_two_entries_of_one_content_stay_two(site, connect) -> None:
    connection = connect()
    for day in range(3):
        site.feed({"title": "Alpha", "id": f"{day}-a"}, {"title": "Alpha", "id": f"{day}-b"})
        site.says(
            site.body.replace(f"/{day}-a".encode(), b"/x").replace(f"/{day}-b".encode(), b"/x"), site.media
        )
        synchronise(connection)
    assert titles() == ["Alpha", "Alpha"]


def test_an_entity_tag_is_sent_back_and_its_answer_counts_as_unchanged(site, connect) -> None:
    connection = connect()
    site.feed("Alpha", "Beta", ETag='"one"')
    synchronise(connection)
    connection.collection.refresh_from_db()
    seen = connection.collection.seen_at
    assert numbers(synchronise(connection)) == (0, 0, 2, 0, 0)
    assert 'if-none-match: "one"' in site.heads[1].lower()
    connection.collection.refresh_from_db()
    assert connection.collection.seen_at > seen


def test_what_was_read_in_part_is_asked_for_again_in_full(site, connect) -> None:
    connection = connect()
    site.feed("Alpha", {"title": "", "text": ""}, ETag='"one"')
    assert numbers(synchronise(connection)) == (1, 0, 0, 1, 0)
    assert numbers(synchronise(connection)) == (0, 0, 1, 1, 0)
    assert "if-none-match" not in site.heads[1].lower()


def test_an_entry_that_left_the_feed_keeps_its_document(site, connect) -> None:
    connection = connect()
    site.feed("Alpha", "Beta", "Gamma")
    synchronise(connection)
    site.feed("Gamma")
    assert numbers(synchronise(connection)) == (0, 0, 1, 0, 0)
    assert Document.objects.current().count() == 3


@pytest.mark.parametrize("kind", ["feed", "json"])
def test_json_feed_is_both_a_feed_and_json(site, connect, kind) -> None:
    entries = [{"id": "1", "title": "Alpha", "content_text": "Something to read."}]
    site.json({"version": "https://jsonfeed.org/version/1.1", "title": "f", "items": entries})
    assert numbers(synchronise(connect(kind=kind))) == (1, 0, 0, 0, 0)


def test_paths_of_the_connection_lead_through_its_json(site, connect) -> None:
    site.json({"deep": {"rows": [{"a": "1", "head": "Alpha", "say": "What it says."}]}})
    synchronise(
        connect(kind="json", items="deep.rows", fields={"title": "head", "text": "say", "external_id": "a"})
    )
    document = Document.objects.get()
    assert (document.external_id, document.title) == ("1", "Alpha")
    assert document.current_version is not None
    assert document.current_version.text == "What it says."


def test_history_stays_short(site, connect, monkeypatch) -> None:
    monkeypatch.setattr("connectors.syncing.ledger.HISTORY", 3)
    connection = connect()
    site.feed("Alpha", {"title": "", "text": ""})
    for _ in range(6):
        synchronise(connection)
    assert connection.runs.count() == 3 == SyncProblem.objects.count()
