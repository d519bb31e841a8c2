"""A folder of files: what can be read is, each other file is listed with its reason, and nothing outside is
touched.
"""

import os
import shutil
from pathlib import Path

import pytest

from careerforge.knowledge.models import Document
from connectors import folders
from connectors.models import Connection, SyncProblem, SyncRun
from tests.connectors.connections.site import numbers, synchronise
from tests.connectors.test_pdf import pdf

ENTRY = "<item><title>Alpha</title><guid>1</guid><description>Words.</description></item>"
FEED = f"<rss version='2.0'><channel>{ENTRY}</channel></rss>"


@pytest.fixture
def library(folder, connect) -> Connection:
    """A connection to the folder."""
    return connect(folder, kind="folder", name="Library")


def reasons(run: SyncRun) -> dict[str, str]:
    return dict(run.problems.values_list("where", "reason"))


def write(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"note-{number}.txt").write_text(f"Note number {number}.\n\nIt has a second paragraph.")


def test_one_good_one_broken_a_pdf_a_picture_a_way_out_and_a_hidden_file(folder, library, tmp_path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "good.xml").write_text(FEED)
    (folder / "broken.json").write_text('{"items": [')
    (folder / "paper.pdf").write_bytes(pdf("A paper about forges."))
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / ".hidden.txt").write_text("Nobody shall read this.")
    (tmp_path / "secret.txt").write_text("This lies outside.")
    (folder / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "way-up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    run = synchronise(library)
    assert set(reasons(run)) == {"broken.json", "picture.png", "way-out.txt", "way-up", "pipe.txt"}
    assert reasons(run)["picture.png"] == "Pictures are not read."
    assert "leads out" in reasons(run)["way-out.txt"]
    assert "leads out" in reasons(run)["way-up"]
    assert numbers(run) == (2, 0, 0, 5, 0)
    assert {document.external_id.partition("#")[0] for document in Document.objects.all()} == {
        "paper.pdf",
        "sub/good.xml",
    }


def test_a_link_inside_is_followed_to_a_file_and_not_to_a_folder(folder, library) -> None:
    write(folder, 1)
    (folder / "again.txt").symlink_to(folder / "note-0.txt")
    (folder / "loop").symlink_to(folder)
    assert reasons(synchronise(library)) == {"loop": "Links to folders are not followed."}
    assert Document.objects.count() == 2


def test_a_removed_file_is_gone_and_comes_back(folder, library) -> None:
    write(folder, 4)
    synchronise(library)
    text = (folder / "note-3.txt").read_text()
    (folder / "note-3.txt").unlink()
    assert numbers(synchronise(library)) == (0, 0, 3, 0, 1)
    assert numbers(synchronise(library)) == (0, 0, 3, 0, 0)
    (folder / "note-3.txt").write_text(text)
    assert numbers(synchronise(library)) == (0, 0, 4, 0, 0)
    assert Document.objects.current().count() == 4


def test_an_emptied_folder_removes_nothing_and_is_suspicious(folder, library) -> None:
    write(folder, 4)
    synchronise(library)
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "new.txt").write_text("One new note.")
    run = synchronise(library)
    assert run.is_suspicious
    assert run.error == "4 of 5 documents are missing at once. None was removed."
    assert Document.objects.current().count() == 5


def test_a_listing_that_was_cut_off_removes_nothing(folder, library, monkeypatch) -> None:
    write(folder, 4)
    synchronise(library)
    monkeypatch.setattr(folders, "MOST_FILES", 3)
    run = synchronise(library)
    assert numbers(run) == (0, 0, 3, 1, 0)
    assert "more than 3 files" in run.problems.get().reason


def test_a_file_that_cannot_be_read_this_time_keeps_its_documents_and_others_may_go(folder, library) -> None:
    write(folder, 4)
    synchronise(library)
    (folder / "note-0.txt").write_bytes(b"")
    (folder / "note-1.txt").unlink()
    assert numbers(synchronise(library)) == (0, 0, 2, 1, 1)
    assert sorted(Document.objects.current().values_list("external_id", flat=True))[0].startswith(
        "note-0.txt#"
    )


def test_a_folder_inside_that_may_not_be_opened_is_told_and_removes_nothing(
    folder, library, monkeypatch
) -> None:
    (folder / "sub").mkdir()
    write(folder / "sub", 2)
    write(folder, 4)
    synchronise(library)
    real = os.scandir

    def closed(path):
        if str(path).endswith("sub"):
            raise PermissionError(13, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    run = synchronise(library)
    assert numbers(run) == (0, 0, 4, 1, 0)
    assert run.problems.get().where == "sub"


def test_a_name_that_is_no_text_is_listed_all_the_same(folder, library) -> None:
    name = os.fsencode(folder) + b"/\xff\xfe.png"
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert numbers(synchronise(library)) == (0, 0, 0, 1, 0)
    assert SyncProblem.objects.get().where == r"\xff\xfe.png"


def test_a_folder_that_the_operator_closed_again_is_refused_when_it_is_read(
    folder, library, settings
) -> None:
    write(folder, 2)
    synchronise(library)
    settings.FOLDERS = []
    run = synchronise(library)
    assert "No folder is open" in run.error
    assert Document.objects.current().count() == 2


def test_ten_synchronisations_of_a_folder_grow_nothing(folder, library) -> None:
    write(folder, 3)
    synchronise(library)
    for _ in range(9):
        assert numbers(synchronise(library)) == (0, 0, 3, 0, 0)
    assert Document.objects.count() == 3


def test_a_folder_exchanged_for_a_link_while_it_is_read_leads_nowhere(folder, tmp_path, monkeypatch) -> None:
    (folder / "d").mkdir()
    (folder / "d" / "a.txt").write_text("Inside.")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text("This lies outside.")
    real = os.open

    def exchanged(path, flags, *more, **options):
        (folder / "d").rename(folder / ".d")
        (folder / "d").symlink_to(outside)
        return real(path, flags, *more, **options)

    monkeypatch.setattr(os, "open", exchanged)
    content, problem = folders._content(folder.resolve(), "d/a.txt")
    assert (content, "leads out" in problem) == (b"", True)


def test_names_that_differ_in_odd_bytes_only_are_two_documents(folder, library) -> None:
    for byte in (b"\x80", b"\x81"):
        with open(os.fsencode(folder) + b"/odd" + byte + b".txt", "w") as file:
            file.write(f"A note about {byte!r}, long enough to be read.")
    assert numbers(synchronise(library))[0] == 2
