from datetime import timedelta

import pytest

from careerforge.governance.models import AuditEvent
from careerforge.people.models import SkillClaim
from careerforge.skills.models import Requirement
from learning.models import Node, PathVersion, Resource, Step
from learning.paths import path, progress
from learning.roles import suggestions, target


def test_the_first_visit_ends_in_a_path_without_any_worker(owner, now):
    version = path.ensure(owner, now)
    assert version.path.role == suggestions.first(owner, now.date())
    assert version.built_by == "rules"
    assert target.current(owner) is None


def test_the_second_visit_finds_it_in_one_query(version, owner, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert path.ensure(owner, now) == version


def test_building_again_from_the_same_facts_gives_the_same_version(version, owner, senior, now):
    assert path.build(owner, senior, now) == version
    assert path.build(owner, senior, now + timedelta(days=2)) == version
    assert PathVersion.objects.count() == 1


def test_nodes_are_required_skills_and_what_they_build_on(version):
    skills = set(version.nodes.filter(step__type="skill").values_list("step__skill__slug", flat=True))
    assert skills == {"python", "etl-pipelines", "batch-orchestration", "giving-feedback"}


def test_a_node_knows_what_it_waits_for(version, owner):
    by_slug = {n.step.skill.slug: n for n in path.nodes(version, owner) if n.step.type == "skill"}
    waits = {need.requires.step.skill.slug for need in by_slug["etl-pipelines"].needs.all()}
    assert waits == {"python"}


def test_every_node_says_why_with_a_source_and_its_date(version, owner):
    for node in path.nodes(version, owner):
        reasons = list(node.reasons.all())
        assert len(reasons) <= 3
        assert all(reason.source_title and reason.source_date for reason in reasons)
        assert reasons or node.step.type == "milestone"


def test_the_reasons_name_the_role_and_the_evidence(version, owner):
    node = next(n for n in path.nodes(version, owner) if n.title == "Python")
    role, evidence = node.reasons.all()
    assert role.source_title == "Role profile: Senior data engineer"
    assert role.source_detail == "Level 4, weight 3 of 5"
    assert (evidence.source_title, str(evidence.source_date)) == ("Your skills: own word", "2026-10-01")


def test_new_evidence_makes_a_new_version_and_keeps_the_old_one(version, owner, taxonomy, senior, now):
    SkillClaim.objects.create(
        user=owner,
        skill=taxonomy.skills["etl-pipelines"],
        source="coach",
        level=4,
        confidence=0.95,
        evidence_on=now.date(),
    )
    newer = path.build(owner, senior, now)
    assert (newer.number, version.number) == (2, 1)
    assert not newer.nodes.filter(step__skill__slug="etl-pipelines").exists()
    assert version.nodes.filter(step__skill__slug="etl-pipelines").exists()
    assert path.current(owner) == newer


@pytest.mark.parametrize("act", ["finish", "start", "skip"])
def test_a_refresh_keeps_what_was_begun_ended_or_skipped(version, owner, step_of, senior, now, act):
    step = step_of("giving-feedback")
    getattr(progress, act)(owner, step, *(["no_time"] if act == "skip" else []), now)
    Requirement.objects.filter(role=senior, skill__slug="giving-feedback").delete()
    newer = path.build(owner, senior, now)
    node = newer.nodes.get(step=step)
    assert newer.number == 2
    assert node.title == "Giving feedback"
    assert list(node.reasons.values_list("text", flat=True))


def test_finished_work_counts_on_the_way_to_another_role(version, owner, step_of, taxonomy, now):
    progress.finish(owner, step_of("python"), now)
    other = path.build(owner, taxonomy.roles["data-engineer"], now)
    assert not other.nodes.filter(step__skill__slug="python", step__status="todo").exists()


def test_projects_and_certificates_come_from_the_catalogue(heading_for_senior, taxonomy, senior, now):
    for slug, type_ in (("rebuild-the-load", "project"), ("orchestration-exam", "certification")):
        Resource.objects.create(
            slug=slug,
            type=type_,
            title=slug.replace("-", " ").capitalize(),
            provider_kind="internal",
            hours=20,
            skill=taxonomy.skills["batch-orchestration"],
            level=3,
        )
    version = path.build(heading_for_senior, senior, now)
    titles = dict(version.nodes.exclude(step__resource=None).values_list("step__type", "title"))
    assert titles == {"project": "Rebuild the load", "cert": "Orchestration exam"}


def test_each_phase_ends_with_a_milestone_and_the_last_with_the_role(version):
    phases: dict[int, list[Node]] = {}
    for node in version.nodes.select_related("step"):
        phases.setdefault(node.phase, []).append(node)
    assert all(nodes[-1].step.type == "milestone" for nodes in phases.values())
    assert phases[max(phases)][-1].title == "Senior data engineer"


def test_reading_a_path_takes_four_queries_however_long_it_is(version, owner, django_assert_num_queries):
    with django_assert_num_queries(4):
        nodes = path.nodes(version, owner)
        assert [reason.text for node in nodes for reason in node.reasons.all()]


def test_building_takes_as_many_queries_for_one_claim_as_for_many(
    owner, senior, taxonomy, now, django_assert_max_num_queries
):
    with django_assert_max_num_queries(32):
        path.build(owner, senior, now)


def test_a_built_path_is_one_audit_row(version, owner):
    event = AuditEvent.objects.get(act="path.built")
    assert (event.actor, event.subject, event.object_id) == (owner.id, owner.id, str(version.id))


def test_two_people_have_steps_of_their_own(version, teammate, senior, now):
    path.build(teammate, senior, now)
    assert Step.objects.filter(key="skill:python:4").count() == 2
    assert Node.objects.values("version").distinct().count() == 2
