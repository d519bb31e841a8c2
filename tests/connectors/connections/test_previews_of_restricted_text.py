"""Trying a connection out shows no text that is meant for fewer people than everyone."""

import dataclasses

import pytest
from django.utils import timezone

from connectors import connecting
from connectors.preview import Preview, preview
from connectors.wishes import Wish

WISH = Wish(name="News", kind="feed", location="http://news.example/feed")


@pytest.fixture
def tried(platform):
    """Tries a wish out."""

    def look(wish: Wish, connection=None) -> Preview:
        return preview(platform, wish, connection, timezone.now())

    return look


def test_a_wish_for_everyone_shows_nothing_of_what_is_stored_for_few(site, platform, tried) -> None:
    site.feed("Salaries")
    stored = connecting.save(platform, dataclasses.replace(WISH, audience="hr"), None)
    found = tried(WISH, stored)
    assert (found.documents, found.is_readable, found.count) == ((), False, 1)


def test_one_for_everyone_in_both_is_shown(site, platform, tried) -> None:
    site.feed("Open day")
    stored = connecting.save(platform, WISH, None)
    assert [one.title for one in tried(WISH, stored).documents] == ["Open day"]


@pytest.mark.parametrize("part", [".", "..", "below"])
def test_a_folder_that_meets_a_restricted_one_is_not_shown(folder, connect, tried, part) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "salaries.txt").write_text("What everybody earns, in full sentences.")
    connect(folder, kind="folder", audience="hr")
    found = tried(Wish(name="Mine", kind="folder", location=str(folder / part)))
    assert (found.documents, found.is_readable) == ((), False)


def test_a_folder_beside_a_restricted_one_is_shown(folder, connect, tried, tmp_path) -> None:
    connect(folder, kind="folder", audience="hr")
    beside = tmp_path / "library-2"
    beside.mkdir()
    (beside / "note.txt").write_text("Something for everybody, in full sentences.")
    assert tried(Wish(name="Mine", kind="folder", location=str(beside))).documents
