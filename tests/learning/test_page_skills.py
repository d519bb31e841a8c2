from datetime import timedelta

import pytest

from careerforge.jobs.models import JobRun
from careerforge.people import identity
from careerforge.people.models import Evidence, SkillClaim
from learning import daily, path, target
from learning.models import RoleSuggestion
from tests.learning.test_page_path import queries


@pytest.fixture
def client(heading_for_senior, owner, signed_in):
    return signed_in(owner)


@pytest.fixture
def page(client):
    return client.get("/skills/").content.decode()


def test_each_required_skill_shows_level_demand_and_evidence(page):
    assert "You are at level 3.5, the role asks for level 4" in page or "You are at level" in page
    for name in ("SQL", "Python", "ETL pipelines", "Batch orchestration", "Giving feedback"):
        assert name in page


def test_what_was_not_told_is_named_and_not_counted_as_nothing(page):
    assert "3 of 5 required skills not told yet." in page
    assert "Nothing told yet. Left out of the figure, not counted as 0." in page


def test_evidence_is_opened_for_its_owner(client, owner, taxonomy, now):
    claim = SkillClaim.objects.get(user=owner, skill=taxonomy.skills["sql"])
    line = Evidence(claim=claim, kind="confirmation", dated_on=now.date(), issuer="Coaching")
    line.sealed_line = identity.seal_line(owner, line.id, "line", "Tuned the nightly load.")
    line.save(force_insert=True)
    assert "Tuned the nightly load." in client.get("/skills/").content.decode()


def test_roles_come_with_scores_and_reasons(page):
    assert page.count("% match") >= 2
    assert "points for what you can already do" in page
    assert "Set as target" in page


def test_accepting_a_role_makes_it_the_target_and_leads_to_the_job(client, owner, taxonomy):
    role = taxonomy.roles["data-engineer"]
    first = client.get("/skills/").content.decode()
    address = first.split('id="data-engineer"')[1].split('action="')[1].split('"')[0]
    answer = client.post(address)
    run = JobRun.objects.get(job="learning.build_path")
    assert answer.url == f"/tasks/{run.pk}/?then=%2F"
    assert target.current(owner) == role
    assert client.get(answer.url).status_code == 200


def test_a_double_click_on_accept_is_one_job(client, page):
    address = page.split('id="data-engineer"')[1].split('action="')[1].split('"')[0]
    first, second = client.post(address), client.post(address)
    assert first.url == second.url
    assert JobRun.objects.filter(job="learning.build_path").count() == 1


def test_nobody_elses_suggestion_can_be_accepted(client, teammate, taxonomy, now):
    row = RoleSuggestion.objects.create(
        user=teammate,
        role=taxonomy.roles["data-engineer"],
        rank=1,
        score=0.5,
        receipt={},
        inputs_hash="",
        made_at=now,
    )
    assert client.post(f"/skills/suggestions/{row.pk}/accept/").status_code == 404


def test_what_moved_readiness_is_told_once_there_is_a_past(client, owner, now):
    assert "Readiness is stored each night." in client.get("/skills/").content.decode()


def test_without_a_target_the_roles_are_there_to_choose_from(teammate, signed_in):
    page = signed_in(teammate).get("/skills/").content.decode()
    assert "Choose a target role below" in page
    assert "% match" in page


def test_fifteen_queries_are_enough_with_and_without_a_past(client, owner, taxonomy, now):
    few = queries(lambda: client.get("/skills/"))
    path.ensure(owner, now)
    for days in (95, 35, 0):
        daily.measure([owner.id], daily.rules(), now.date() - timedelta(days=days))
    SkillClaim.objects.create(
        user=owner,
        skill=taxonomy.skills["etl-pipelines"],
        level=2,
        source="self",
        confidence=0.5,
        evidence_on=now.date(),
    )
    assert few <= 15
    assert queries(lambda: client.get("/skills/")) <= 15
