"""Hostile XML and wrong character sets by a whole synchronisation: no file, no other host, no crash."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from careerforge.knowledge.models import Document, DocumentVersion
from connectors.models import SyncProblem
from tests.connectors.connections.site import synchronise

DATA = Path(__file__).parents[1] / "data"
HOSTILE = sorted((DATA / "xml_hostile").glob("*.xml"))
CHARSETS = {
    "says_latin1_is_utf8.txt": "latin-1",
    "says_utf8_is_cp1250.txt": "utf-8",
    "truncated_utf8.txt": "utf-8",
    "utf16_no_bom.txt": "utf-8",
    "utf7.html": "utf-7",
    "utf8_bom.csv": "utf-8",
    "nul_bytes.json": "utf-8",
}
_opened: list[str] = []
_is_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _is_watching and event == "open" and isinstance(arguments[0], str):
        _opened.append(arguments[0])


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def hashing(settings) -> None:
    """No model, whose library reads files of the system."""
    settings.EMBEDDER_FOLDER = None


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Files that are opened while the test runs."""
    global _is_watching
    _opened.clear()
    _is_watching = True
    yield _opened
    _is_watching = False


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_hostile_markup_opens_no_file_and_asks_nobody_else(site, connect, path, opened) -> None:
    news = connect()
    site.says(path.read_bytes(), "application/rss+xml")
    began = time.process_time()
    run = synchronise(news)
    assert time.process_time() - began < 2
    ours = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[3]), "/proc/", "/dev/")
    assert [name for name in opened if not name.startswith(ours)] == []
    assert set(site.net.looked_up) == {"news.example"}
    assert len(site.heads) == 1
    assert run.finished_at
    assert run.error or run.new or run.failed
    stored = " ".join(DocumentVersion.objects.values_list("text", flat=True))
    assert "root:" not in stored
    assert "<script" not in stored


def test_a_harmless_entity_is_read_or_refused_in_words(site, connect) -> None:
    news = connect()
    site.says((DATA / "xml_hostile/legit_entity_feed.xml").read_bytes(), "application/rss+xml")
    run = synchronise(news)
    assert Document.objects.exists() or run.error


def test_texts_of_wrong_character_sets_are_stored_or_flagged_and_never_stop_the_rest(folder, connect) -> None:
    for name in CHARSETS:
        (folder / name).write_bytes((DATA / "charset" / name).read_bytes())
    (folder / "zz-last.txt").write_text("This one comes last, and is to be read.")
    run = synchronise(connect(folder, kind="folder"))
    assert (run.error, run.is_suspicious) == ("", False)
    read = set(Document.objects.values_list("external_id", flat=True))
    flagged = set(SyncProblem.objects.values_list("where", flat=True))
    assert any(name.startswith("zz-last") for name in read)
    for name in CHARSETS:
        assert any(one.startswith(name) for one in read | flagged), name
    assert not any("\0" in text for text in DocumentVersion.objects.values_list("text", flat=True))


WRONG = [("cp1250", "utf-8"), ("utf-8", "cp1250"), ("utf-16-le", "utf-8")]


@pytest.mark.parametrize(("charset", "says"), WRONG)
def test_a_feed_in_another_character_set_than_it_says_is_no_crash(site, connect, charset, says) -> None:
    news = connect()
    title = "Žižkov: příliš žluťoučký kůň"
    body = f"<rss version='2.0'><channel><item><title>{title}</title><guid>1</guid></item></channel></rss>"
    site.says(body.encode(charset), f"application/rss+xml; charset={says}")
    run = synchronise(news)
    assert run.finished_at
    titles = list(Document.objects.values_list("title", flat=True))
    assert titles == [title] or run.error or run.failed, titles


def test_a_letter_that_no_text_may_hold_is_left_out_and_the_others_are_stored(site, connect) -> None:
    board = connect("http://news.example/jobs", kind="json")
    rows = [{"id": 1, "title": "A\0lpha", "body": "one\0two"}, {"id": 2, "title": "Beta", "body": "fine"}]
    site.json({"items": rows})
    assert synchronise(board).new == 2
    assert sorted(Document.objects.values_list("title", flat=True)) == ["Alpha", "Beta"]
