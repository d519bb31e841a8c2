"""What the administration tells of a synchronisation: what changed, what went, why entries were left out."""

import pytest
from django.utils import timezone

from careerforge.knowledge.models import Document
from connectors import preview
from connectors.health import standing
from connectors.models import Connection
from connectors.secrecy.credentials import Auth, Mode
from connectors.wishes import Wish
from tests.connectors.connections.site import synchronise
from tests.connectors.engine.jobs import URL, WHOLE, job, jobs


@pytest.fixture
def board(site, connect) -> Connection:
    site.json({"items": jobs(*range(6))})
    board = connect(URL, kind="json", settings=WHOLE)
    synchronise(board)
    return board


def test_what_changed_and_what_went(site, board) -> None:
    site.json({"items": [*jobs(*range(4)), job(4, body="Rewritten from the first word on."), job(9)]})
    run = synchronise(board)
    made = {version.document.external_id: version.number for version in standing.changed_by(run)}
    assert made == {"4": 2, "9": 1}
    assert Document.objects.get(standing.gone_by(run)).external_id == "5"
    duration = standing.duration(run)
    assert duration is not None
    assert duration.total_seconds() > 0


def test_reasons_are_gathered_with_an_example_and_how_often(folder, connect) -> None:
    for number in range(3):
        (folder / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    (folder / "empty.txt").write_bytes(b"")
    run = synchronise(connect(folder, kind="folder"))
    assert standing.reasons(run) == [
        ("Pictures are not read.", "0.png", 3),
        ("The file is empty.", "empty.txt", 1),
    ]


def test_a_file_in_trouble_stands_first_with_its_reason(folder, connect) -> None:
    (folder / "good.txt").write_text("Something to read, at some length.")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    library = connect(folder, kind="folder")
    synchronise(library)
    first, second = standing.places_of(library, timezone.now())
    assert (first.where, first.state, first.reason) == ("picture.png", "partly", "Pictures are not read.")
    assert (second.where, second.state, second.items) == ("good.txt", "well", 1)


def test_a_kind_is_known_from_documentation_only_until_one_went_well(site, board) -> None:
    assert standing.is_documented_only("lever")
    assert not standing.is_documented_only("json")
    assert dict(standing.kinds())["lever"]
    Connection.objects.filter(pk=board.pk).update(kind="lever")
    assert not standing.is_documented_only("lever")


def test_a_try_out_uses_the_way_in_and_leaves_nothing(site, platform) -> None:
    site.json({"items": jobs(1, 2, 3, 4)})
    auth = Auth(Mode.QUERY, parameter="key")
    wish = Wish(name="x", kind="json", location=URL, auth=auth, secret="s3cr3t")
    found = preview.preview(platform, wish, None, timezone.now())
    assert (len(found.documents), found.count, found.reason) == (3, 4, "")
    assert "key=s3cr3t" in site.heads[0]
    assert not Connection.objects.exists()
    assert "s3cr3t" not in repr(found)


def test_a_try_out_without_success_says_why_after_one_try(site, platform) -> None:
    site.fails("503 Later")
    wish = Wish(name="x", kind="json", location=URL)
    found = preview.preview(platform, wish, None, timezone.now())
    assert found.reason == "news.example has a fault of its own (status 503)."
    assert len(site.heads) == 1
