import json
from uuid import uuid4

import pytest

from careerforge.assistant import schemas
from careerforge.jobs.models import JobRun
from learning.models import PathVersion, RoleSuggestion, Step
from learning.roles import target

ROOT = "/api/v1/"
GETS = ("learning-path", "skill-gap", "role-suggestions")
REFRESHES = ("learning-path/refresh", "skill-gap/refresh", "role-suggestions/refresh")


@pytest.fixture
def client(owner, signed_in):
    return signed_in(owner)


def send(client, method, path, data=None):
    return getattr(client, method)(ROOT + path, json.dumps(data or {}), content_type="application/json")


def bare(schema, answer):
    """Only what the assistant's schema knows: it refuses anything else."""
    known = {key: value for key, value in answer.items() if key in schema.model_fields}
    return schema.model_validate_json(json.dumps(known), strict=False)


@pytest.mark.parametrize("path", GETS)
def test_looking_stores_nothing(client, path):
    assert client.get(ROOT + path).status_code == 200
    assert not PathVersion.objects.exists()
    assert not Step.objects.exists()
    assert not RoleSuggestion.objects.exists()
    assert not JobRun.objects.exists()


@pytest.mark.parametrize("path", GETS)
def test_every_result_says_what_it_is_made_of(client, path):
    answer = client.get(ROOT + path).json()
    assert answer["model_used"] == "rules"
    assert answer["prompt_version"] is None
    assert answer["confidence"] in ("low", "medium", "high")
    assert answer["receipt"]["left_out"]
    assert {"id", "sources", "generated_at"} <= answer.keys()


def test_a_stored_path_and_one_made_by_rules_say_the_same(client, owner, senior, now):
    target.choose(owner, senior, now)
    before = client.get(ROOT + "learning-path").json()
    first = before["nodes"][0]["id"]
    assert send(client, "patch", f"learning-path/nodes/{first}", {"status": "todo"}).status_code == 200
    after = client.get(ROOT + "learning-path").json()
    assert (before["version"], after["version"]) == (None, 1)
    assert [node["id"] for node in after["nodes"]] == [node["id"] for node in before["nodes"]]
    assert {key for key in before if before[key] != after[key]} == {"id", "version", "generated_at"}


def test_the_path_has_the_shape_of_the_contract(client, version):
    answer = client.get(ROOT + "learning-path").json()
    nodes = [{k: v for k, v in n.items() if k in schemas.Node.model_fields} for n in answer["nodes"]]
    assert bare(schemas.LearningPathResult, answer | {"nodes": nodes}).target_role == "Senior data engineer"


def test_a_step_is_started_done_skipped_and_reopened(client, step_of):
    node = f"learning-path/nodes/{step_of('python').pk}"
    for data in ({"status": "in_progress"}, {"status": "done"}, {"status": "todo"}):
        assert send(client, "patch", node, data).json()["status"] == data["status"]
    answer = send(client, "patch", node, {"status": "skipped", "reason": "known"}).json()
    assert (answer["status"], answer["reason"]) == ("skipped", "known")


@pytest.mark.parametrize(
    "data", [{"status": "skipped"}, {"status": "over"}, {}, {"status": "skipped", "reason": "no idea"}]
)
def test_bad_input_is_refused(client, step_of, data):
    assert send(client, "patch", f"learning-path/nodes/{step_of('python').pk}", data).status_code == 422


def test_a_done_step_cannot_be_skipped(client, step_of):
    node = f"learning-path/nodes/{step_of('python').pk}"
    send(client, "patch", node, {"status": "done"})
    assert send(client, "patch", node, {"status": "skipped", "reason": "known"}).status_code == 422


def test_a_step_of_somebody_else_does_not_exist(outsider, signed_in, step_of):
    client = signed_in(outsider)
    answer = send(client, "patch", f"learning-path/nodes/{step_of('python').pk}", {"status": "done"})
    assert answer.status_code == 404
    assert step_of("python").status == "todo"


def test_the_gap_is_to_the_target_or_the_role_that_is_named(client, version):
    assert client.get(ROOT + "skill-gap").json()["role"] == "Senior data engineer"
    named = client.get(ROOT + "skill-gap?role=backend-developer").json()
    assert named["role"] == "Backend developer"
    line = next(s for s in named["skills"] if s["skill"] == "REST API design")
    assert (line["required_level"], line["current_level"], line["market_demand"]) == (3, None, None)
    assert client.get(ROOT + "skill-gap?role=astronaut").status_code == 404


def test_the_gap_and_the_suggestions_have_the_shape_of_the_contract(client):
    gap = bare(schemas.SkillGapResult, client.get(ROOT + "skill-gap").json())
    assert all(line.skill_ids for line in gap.skills)
    answer = client.get(ROOT + "role-suggestions").json()
    rows = [
        {k: v for k, v in s.items() if k in schemas.RoleSuggestion.model_fields}
        for s in answer["suggestions"]
    ]
    found = bare(schemas.RoleSuggestionsResult, answer | {"suggestions": rows})
    assert 0 < found.suggestions[0].match_score <= 1


def test_accepting_a_suggestion_starts_a_task(client, owner):
    best = client.get(ROOT + "role-suggestions").json()["suggestions"][0]
    answer = send(client, "post", f"role-suggestions/{best['id']}/accept")
    assert answer.status_code == 202
    assert answer.json() == {"task_id": str(JobRun.objects.get().pk)}
    assert target.current(owner).title == best["role_title"]


def test_a_suggestion_that_was_never_made_does_not_exist(client):
    assert send(client, "post", f"role-suggestions/{uuid4()}/accept").status_code == 404


@pytest.mark.parametrize("path", REFRESHES)
def test_a_refresh_is_a_task_and_twice_the_same_one(client, path):
    first, second = (send(client, "post", path) for _ in range(2))
    assert (first.status_code, first.json()) == (202, second.json())
    assert JobRun.objects.count() == 1


@pytest.mark.parametrize("path", GETS)
def test_nobody_and_people_without_the_role_are_refused(coach, signed_in, client, path):
    client.logout()
    assert client.get(ROOT + path).status_code == 401
    assert signed_in(coach).get(ROOT + path).status_code == 404


def test_a_look_takes_at_most_fifteen_queries(client, version, django_assert_max_num_queries):
    for path in GETS:
        # Three more are the test's own: a savepoint around the request, and the way back out of it.
        with django_assert_max_num_queries(15 + 3):
            assert client.get(ROOT + path).status_code == 200
