import pytest

from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from learning.roles import target
from tests.learning.test_page_path import queries


@pytest.fixture
def client(owner, signed_in):
    return signed_in(owner)


def test_any_role_can_be_made_the_target_from_its_page(client, owner, taxonomy):
    assert "Set as target" in client.get("/roles/backend-developer/").content.decode()
    answer = client.post("/roles/backend-developer/target/")
    run = JobRun.objects.get(job="learning.build_path")
    assert answer.url == f"/tasks/{run.pk}/?then=%2F"
    assert target.current(owner) == taxonomy.roles["backend-developer"]
    assert "Your target" in client.get("/roles/backend-developer/").content.decode()


def test_a_coach_reads_a_role_and_chooses_none(coach, signed_in):
    client = signed_in(coach)
    assert "Set as target" not in client.get("/roles/data-engineer/").content.decode()
    assert client.post("/roles/data-engineer/target/").status_code == 404


def test_a_retired_role_is_nobodys_next_target(client, taxonomy, now):
    role = taxonomy.roles["backend-developer"]
    role.retired_at = now
    role.save(update_fields=["retired_at"])
    assert client.post("/roles/backend-developer/target/").status_code == 404
    assert "Backend developer" not in client.get("/roles/").content.decode()


def test_roles_are_found_by_title_and_practice(client):
    assert "Senior data engineer" in client.get("/roles/").content.decode()
    found = client.get("/roles/?q=backend").content.decode()
    assert "Backend developer" in found
    assert "Data analyst" not in found
    assert "Backend developer" not in client.get("/roles/?practice=data").content.decode()
    assert "No role fits" in client.get("/roles/?q=xyzzy").content.decode()


def test_few_queries_are_enough_for_roles(client):
    assert queries(lambda: client.get("/roles/")) <= 15
    assert queries(lambda: client.get("/roles/data-engineer/")) <= 15


def test_hours_a_week_are_the_persons_own(client, version, owner, profile_of):
    client.post("/path/hours/", {"hours": "7"})
    assert profile_of(owner).hours_per_week == 7
    event = AuditEvent.objects.get(act="path.hours_chosen")
    assert (event.subject, event.detail) == (owner.id, {"hours": 7})
    assert "left at 7 h a week" in client.get("/").content.decode()


@pytest.mark.parametrize("hours", ["", "-1", "41", "many"])
def test_hours_that_no_week_has_are_refused_in_words(client, version, owner, profile_of, hours):
    before = profile_of(owner).hours_per_week
    answer = client.post("/path/hours/", {"hours": hours}, follow=True)
    assert "from 0 to 40" in answer.content.decode()
    assert profile_of(owner).hours_per_week == before


def test_the_hours_change_in_place(client, version):
    answer = client.post("/path/hours/", {"hours": "9"}, headers={"HX-Request": "true", "HX-Target": "route"})
    page = answer.content.decode().strip()
    assert page.startswith('<div id="route">')
    assert "9 h a week" in page
