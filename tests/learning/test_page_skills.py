from datetime import date, timedelta

import pytest

from careerforge.jobs.models import JobRun
from careerforge.people import identity
from careerforge.people.models import Evidence, SkillClaim
from learning.gaps import daily, inventory
from learning.gaps.readiness import Change
from learning.models import RoleSuggestion
from learning.paths import path
from learning.roles import target
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
    assert "Not told yet: left out of the figure, not counted as 0." in page
    assert "Unknown is not 0: they are left out of the figure" in page


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
    assert "Choose a target role; then your gap appears here." in page
    assert "% match" not in page
    assert "No figure yet" in page
    assert "Set as target" in page


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


def test_path_and_skills_say_the_same_hours(client, owner, now):
    version = path.ensure(owner, now)
    page = client.get("/skills/").content.decode()
    for slug, name in (("etl-pipelines", "ETL pipelines"), ("python", "Python")):
        nodes = version.nodes.filter(step__skill__slug=slug, step__type="skill")
        hours = sum(nodes.values_list("hours", flat=True))
        row = page.split(f'fw-semibold">{name}<')[1].split("</svg>")[1]
        assert f"{hours} h" in row[:200]


def test_a_level_that_counts_without_reaching_it_says_how_much_is_short(client, owner, taxonomy, now):
    SkillClaim.objects.create(
        user=owner,
        skill=taxonomy.skills["python"],
        level=4,
        source="coach",
        confidence=0.9,
        evidence_on=now.date(),
    )
    page = client.get("/skills/").content.decode()
    assert "Near enough to count as at level: 0." in page


def test_printed_causes_add_up_to_the_printed_total():
    change = Change(date(2026, 9, 1), total=0.104, own_work=0.116, fading=-0.012, requirement=0.0)
    rows = inventory._changes({30: change, 90: change})
    *parts, (_total, month, quarter) = rows
    assert (sum(p[1] for p in parts), sum(p[2] for p in parts)) == (month, quarter) == (10, 10)
