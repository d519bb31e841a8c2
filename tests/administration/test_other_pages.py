from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careerforge.governance import audit
from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Collection, Document
from careerforge.people.models import User
from careerforge.skills.models import Prerequisite, Requirement, Skill
from careerforge.tenancy.models import Organisation
from learning.models import Resource
from tests.taxonomy import Taxonomy

SignIn = Callable[[User], Client]
AUDIT = "/admin/governance/auditevent/"


def text(response: HttpResponse) -> str:
    return response.content.decode()


# --- the audit trail -------------------------------------------------------------------------------
@pytest.fixture
def trail(admin_hr: User, signed_in: SignIn, owner: User, teammate: User, coach: User) -> Client:
    audit.record(coach, "person.viewed", subject=owner.pk, actor_kind="coach")
    audit.record(owner, "path.node_done", subject=teammate.pk)
    return signed_in(admin_hr)


def test_the_trail_is_searched_by_whom_it_is_about(trail: Client, owner: User) -> None:
    page = text(trail.get(AUDIT, {"q": owner.handle}))
    assert "person.viewed" in page
    assert "path.node_done" not in page


@pytest.mark.parametrize("lookup", ["actor", "actor__exact", "actor__in", "actor_kind", "detail__has_key"])
def test_nobody_searches_it_by_who_acted(trail: Client, owner: User, lookup: str) -> None:
    assert trail.get(AUDIT, {lookup: str(owner.pk)}).status_code == 400


def test_a_search_for_a_handle_does_not_find_its_acts(trail: Client, coach: User) -> None:
    assert "person.viewed" not in text(trail.get(AUDIT, {"q": coach.handle}))


def test_it_is_not_sorted_by_who_acted(trail: Client) -> None:
    assert "person.viewed" in text(trail.get(AUDIT, {"o": "5"}))


def test_it_cannot_be_changed(trail: Client) -> None:
    event = AuditEvent.objects.first()
    assert event is not None
    for act in ("change", "delete"):
        assert trail.post(reverse(f"admin:governance_auditevent_{act}", args=[event.pk])).status_code == 403


# --- jobs, company, documents ----------------------------------------------------------------------
@pytest.fixture
def platform(admin_platform: User, signed_in: SignIn) -> Client:
    return signed_in(admin_platform)


@pytest.fixture
def given_up(company: Organisation) -> JobRun:
    return JobRun.objects.create(
        job="x", dedup_key="x", state="failed", attempt=3, dead_at=timezone.now(), error="It failed 3 times."
    )


def try_again(platform: Client, run: JobRun) -> HttpResponse:
    chosen: dict[str, Any] = {"action": "again", "_selected_action": [run.pk]}
    response: HttpResponse = platform.post("/admin/jobs/jobrun/", chosen)  # type: ignore[assignment]
    return response


def test_a_job_that_was_given_up_is_tried_again(platform: Client, given_up: JobRun) -> None:
    assert "It failed 3 times" in text(platform.get("/admin/jobs/jobrun/"))
    assert try_again(platform, given_up).status_code == 302
    given_up.refresh_from_db()
    assert (given_up.state, given_up.attempt, given_up.dead_at) == ("queued", 0, None)
    assert AuditEvent.objects.filter(act="job.tried_again", object_id=str(given_up.pk)).exists()


def test_not_while_the_same_work_is_open(platform: Client, given_up: JobRun) -> None:
    JobRun.objects.create(job="x", dedup_key="x")
    try_again(platform, given_up)
    given_up.refresh_from_db()
    assert given_up.state == "failed"


def test_the_switch_for_models_is_on_record(
    platform: Client, company: Organisation, other_company: Organisation
) -> None:
    page = text(platform.get("/admin/tenancy/organisation/"))
    assert company.name in page
    assert other_company.name not in page
    values = {
        "name": company.name,
        "model_allowed": "on",
        "time_zone": "UTC",
        "locale": "en",
        "currency": "EUR",
    }
    address = reverse("admin:tenancy_organisation_change", args=[company.pk])
    assert platform.post(address, values).status_code == 302
    company.refresh_from_db()
    assert company.model_allowed
    assert AuditEvent.objects.filter(act="organisation.changed").exists()


def test_only_documents_for_everyone_are_listed(platform: Client) -> None:
    for audience in ("everyone", "coaches"):
        collection = Collection.objects.create(name=audience, audience=audience)
        Document.objects.create(
            collection=collection, external_id="1", title=f"Paper for {audience}", fetched_at=timezone.now()
        )
    page = text(platform.get("/admin/knowledge/document/"))
    assert "Paper for everyone" in page
    assert "Paper for coaches" not in page


# --- taxonomy and catalogue ------------------------------------------------------------------------
@pytest.fixture
def org(admin_org: User, signed_in: SignIn) -> Client:
    return signed_in(admin_org)


def formset(name: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    values: dict[str, Any] = {f"{name}-TOTAL_FORMS": len(rows), f"{name}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        values |= {f"{name}-{number}-{key}": value for key, value in row.items()}
    return values


def skill_values(skill: Skill, *needs: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    fields = {"name": skill.name, "summary": "", "practice": "", "hours": 30, "half_life_months": 36}
    return {
        **fields, **formset("aliases"), **formset("neighbours"),
        **formset("needs", *needs, initial=initial),
    }  # fmt: skip


def test_a_prerequisite_that_leads_back_is_refused_in_words(org: Client, taxonomy: Taxonomy) -> None:
    """Batch orchestration builds on pipelines, and those on SQL."""
    sql, late = taxonomy.skills["sql"], taxonomy.skills["batch-orchestration"]
    address = reverse("admin:skills_skill_change", args=[sql.pk])
    response = org.post(address, skill_values(sql, {"requires": late.pk, "skill": sql.pk, "id": ""}))
    assert response.status_code == 200
    assert "lead back to this skill" in text(response)


def test_a_prerequisite_that_does_not_is_kept(org: Client, taxonomy: Taxonomy) -> None:
    sql, feedback = taxonomy.skills["sql"], taxonomy.skills["giving-feedback"]
    address = reverse("admin:skills_skill_change", args=[sql.pk])
    row = {"requires": feedback.pk, "skill": sql.pk, "id": ""}
    assert org.post(address, skill_values(sql, row)).status_code == 302
    assert Prerequisite.objects.filter(skill=sql, requires=feedback).exists()
    assert AuditEvent.objects.filter(act="skill.changed", object_id=str(sql.pk)).exists()


def test_a_requirement_changes_with_its_role(org: Client, taxonomy: Taxonomy) -> None:
    role = taxonomy.roles["data-analyst"]
    rows = [
        {"id": r.pk, "role": role.pk, "skill": r.skill_id, "level": 5, "weight": r.weight}
        for r in Requirement.objects.filter(role=role).order_by("-weight", "id")
    ]
    values = {"title": role.title, "practice": role.practice_id, "level": 2, "summary": ""}
    values |= formset("requirements", *rows, initial=2) | formset("aliases")
    assert org.post(reverse("admin:skills_role_change", args=[role.pk]), values).status_code == 302
    assert set(Requirement.objects.filter(role=role).values_list("level", flat=True)) == {5}


def test_a_name_that_is_taken_is_refused_in_words(org: Client, taxonomy: Taxonomy) -> None:
    values = skill_values(taxonomy.skills["sql"]) | {"name": "sql", "slug": "another"}
    response = org.post("/admin/skills/skill/add/", values)
    assert response.status_code == 200
    assert "errorlist" in text(response)


def test_a_retired_role_is_on_record_and_comes_back(org: Client, taxonomy: Taxonomy) -> None:
    role = taxonomy.roles["data-analyst"]
    for act in ("retire", "bring_back"):
        org.post("/admin/skills/role/", {"action": act, "_selected_action": [role.pk]})
    role.refresh_from_db()
    assert role.retired_at is None
    assert AuditEvent.objects.filter(act__in=["role.retired", "role.brought_back"]).count() == 2


def test_the_catalogue_takes_a_resource(admin_lnd: User, signed_in: SignIn, taxonomy: Taxonomy) -> None:
    values = {
        "title": "Window functions", "slug": "window-functions", "type": "course", "summary": "", "level": 3,
        "provider_kind": "own", "skill": taxonomy.skills["sql"].pk, "hours": 6, "cost_minor": 0,
        "currency": "EUR",
        "url": "",
    }  # fmt: skip
    client = signed_in(admin_lnd)
    assert client.post("/admin/learning/resource/add/", values).status_code == 302
    assert Resource.objects.get().title == "Window functions"

    bad = client.post("/admin/learning/resource/add/", {**values, "slug": "b", "url": "javascript:alert(1)"})
    assert bad.status_code == 200
