"""A database from before sources had rows of their own keeps what it knew of them."""

import pytest
from django.db import connection as database
from django.db.migrations.executor import MigrationExecutor

from careerforge.tenancy import context
from connectors.syncing import places, seen

BEFORE, AFTER = ("connectors", "0001_initial"), ("connectors", "0003_validators_of_places")


def apps_at(executor: MigrationExecutor, migration: tuple[str, str]):
    """The models when this was the app's newest migration, beside the others' of today."""
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] != "connectors"]
    return executor.loader.project_state([*others, migration]).apps


@pytest.fixture
def old(company):
    """The app's tables as they were."""
    with database.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE NONE")
    executor = MigrationExecutor(database)
    executor.migrate([BEFORE])
    return apps_at(executor, BEFORE)


def test_validators_and_the_secrets_header_find_their_new_places(company, old) -> None:
    collection = old.get_model("knowledge", "Collection").objects.create(
        name="News", organisation_id=company.pk
    )
    for external_id in ("1", "2"):
        old.get_model("knowledge", "Document").objects.create(
            organisation_id=company.pk, collection=collection, external_id=external_id, title="T",
            fetched_at="2026-11-01T00:00:00Z",
        )  # fmt: skip
    url = "https://news.example/feed?key=1#part"
    connection = old.get_model("connectors", "Connection").objects.create(
        organisation_id=company.pk, name="News", kind="json", location=url, collection=collection,
        etag='"1"', last_modified="Sun", settings={"items": "", "fields": {"title": "t"}, "header": "X-Key"},
    )  # fmt: skip
    executor = MigrationExecutor(database)
    executor.migrate([AFTER])
    new = apps_at(executor, AFTER)
    with context.organisation(company.pk):
        check(new, connection.pk)


def check(new, pk) -> None:
    moved = new.get_model("connectors", "Connection").objects.get(pk=pk)
    assert (moved.settings, moved.auth) == ({"fields": {"title": "t"}}, {"header": "X-Key"})
    source = new.get_model("connectors", "Source").objects.get(connection_id=pk)
    assert source.key == places.key("https://news.example/feed?key=1")
    assert (source.etag, source.last_modified) == ('"1"', "Sun")
    assert source.where == "https://news.example/feed"
    assert seen.unpacked(source.held) == {seen.mark("1"), seen.mark("2")}
