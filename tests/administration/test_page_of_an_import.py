from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.skills.importing import deciding, esco
from careerforge.skills.importing.taking import take
from careerforge.skills.models import Concept, Mapping, Release
from tests.skills.importing import publishers
from tests.skills.importing.publishers import BAKER

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def waiting(company, tmp_path) -> Release:
    take(esco.read(publishers.esco(tmp_path), "1.1"), NOW)
    publishers.esco(tmp_path, baker="bread artist", potter="pot artist")
    take(esco.read(tmp_path, "1.2"), NOW)
    return Release.objects.get(state="waiting")


@pytest.fixture
def client(admin_org, signed_in):
    return signed_in(admin_org)


def address(release: Release) -> str:
    return f"/admin/skills/release/{release.pk}/change/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_shows_what_would_change_the_companys_own_first(waiting, taxonomy, client) -> None:
    potter = Concept.objects.get(name="potter")
    Mapping.objects.create(
        role=taxonomy.roles["data-analyst"], concept=potter, state="confirmed", decided_at=NOW
    )
    response = client.get(address(waiting))
    said = text(response)
    assert "Nothing has been changed yet." in said
    assert "2 of 5 concepts would have another name." in said
    assert "“broaderRelationsOccPillar_en.csv” is missing" in said
    assert [(c.before, c.after, c.is_mapped) for c in response.context["page"]] == [
        ("potter", "pot artist", True),
        ("baker", "bread artist", False),
    ]
    assert "Renamed (2)" in said


def test_accepting_lets_it_go_in(waiting, company, client) -> None:
    client.post(f"/admin/skills/release/{waiting.pk}/accept/")
    assert Concept.objects.get(external_id=BAKER).name == "baker"
    run = JobRun.objects.get(job=deciding.APPLY)
    running.run(str(run.pk), str(company.pk))
    run.refresh_from_db()
    assert run.state == "done", run.error
    assert Concept.objects.get(external_id=BAKER).name == "bread artist"
    said = text(client.get(address(waiting)))
    assert "Went in." in said
    assert 'value="Accept"' not in said


def test_dropping_leaves_everything(waiting, client) -> None:
    client.post(f"/admin/skills/release/{waiting.pk}/drop/")
    said = text(client.post(f"/admin/skills/release/{waiting.pk}/accept/", follow=True))
    assert "Somebody has decided about this import already." in said
    assert Concept.objects.get(external_id=BAKER).name == "baker"


def test_only_who_keeps_the_taxonomy_decides(waiting, cast, signed_in) -> None:
    for kind in ("admin_hr", "admin_platform", "coach"):
        client = signed_in(getattr(cast, kind))
        assert client.post(f"/admin/skills/release/{waiting.pk}/accept/").status_code in (302, 403)
        assert client.get(address(waiting)).status_code in (302, 403)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_lists_and_addresses(waiting, client) -> None:
    said = text(client.get("/admin/skills/release/"))
    assert "ESCO 1.2" in said
    assert "2 renamed" in said
    assert "0 merged" not in said
    assert "en, de" in text(client.get("/admin/skills/framework/"))
    page = client.get(f"/admin/skills/framework/{waiting.framework_id}/change/")
    assert "This service uses the ESCO classification of the European Commission." in text(page)
    assert client.get("/admin/skills/release/nonsense/change/").status_code == 404
    assert client.get(f"{address(waiting)}?kind=odd&page=-1").status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address(waiting))
    assert len(captured) <= 15
