"""A file's name names nobody of the directory, and only those who may read the file learn its name."""

import pytest
from django.utils import timezone

from careerforge.knowledge.models import Document
from connectors import uploads
from connectors.models import Connection, Source, SyncProblem
from connectors.uploads import Handed
from tests.cast import make_person
from tests.connectors.connections.pages import LIST
from tests.connectors.connections.site import numbers, synchronise

NAME = "Walburga Trenkwalder"


@pytest.fixture
def named(folder, company):
    """A folder with a good and a broken file called after somebody."""
    make_person("walburga", NAME)
    (folder / f"Review of {NAME}.txt").write_text("She builds pipelines.\n\nThey work.")
    (folder / f"{NAME}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "plain.txt").write_text("A plain note.\n\nNobody is in it.")
    return folder


def stored_names() -> str:
    return str(
        [
            *Source.objects.values_list("where"),
            *SyncProblem.objects.values_list("where"),
            *Document.objects.values_list("external_id"),
        ]
    )


def test_a_file_called_after_somebody_is_stored_without_the_name_and_known_again(named, connect) -> None:
    library = connect(named, kind="folder", name="Library")
    assert numbers(synchronise(library)) == (2, 0, 0, 1, 0)
    assert "Trenkwalder" not in stored_names()
    assert "plain.txt" in stored_names()
    ids = set(Document.objects.values_list("external_id", flat=True))
    assert numbers(synchronise(library)) == (0, 0, 2, 1, 0)
    (named / f"Review of {NAME}.txt").write_text("She builds bridges.\n\nThey hold.")
    assert numbers(synchronise(library)) == (0, 1, 1, 1, 0)
    assert set(Document.objects.values_list("external_id", flat=True)) == ids
    (named / f"Review of {NAME}.txt").unlink()
    assert numbers(synchronise(library)) == (0, 0, 1, 1, 1)


def test_a_file_that_is_handed_in_is_replaced_and_taken_back_by_its_name(company, connect, platform) -> None:
    make_person("walburga", NAME)
    shelf = connect("upload", kind="upload", name="By hand")
    for text in (b"She builds pipelines.\n\nThey work.", b"She builds bridges.\n\nThey hold."):
        uploads.take(platform, shelf, [Handed(f"{NAME}.txt", text)], timezone.now())
    assert "Trenkwalder" not in stored_names()
    assert Document.objects.get().versions.count() == 2
    assert uploads.remove(platform, shelf, f"{NAME}.txt", timezone.now()) == 1


@pytest.mark.parametrize(("audience", "is_told"), [("everyone", True), ("hr", False)])
def test_names_of_files_are_told_where_everyone_may_read_them(
    audience, is_told, folder, connect, platform, signed_in
) -> None:
    (folder / "layoffs.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    library: Connection = connect(folder, kind="folder", name="Library", audience=audience)
    synchronise(library)
    problem, browser = SyncProblem.objects.get(), signed_in(platform)
    problems = "/admin/connectors/syncproblem/"
    for page in (
        f"{LIST}{library.pk}/",
        f"{LIST}{library.pk}/places/",
        problems,
        f"{problems}{problem.pk}/change/",
        f"/api/v1/connectors/{library.pk}/sources",
    ):
        answer = browser.get(page)
        assert answer.status_code == 200
        assert ("layoffs.png" in answer.text) == is_told, page
        assert ("lace of a restricted source" in answer.text) != is_told, page
    assert ("layoffs.png" in browser.get(f"{problems}?q=layoffs").text) == is_told
    assert ("Pictures are not read" in browser.get(f"{problems}?q=layoffs").text) == is_told
