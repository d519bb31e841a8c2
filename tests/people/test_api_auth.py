"""The API knows a person by a token or by a session, and answers errors as problem documents."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from careerforge.jobs.models import JobRun
from careerforge.people import scopes, tokens
from careerforge.people.models import ApiToken, User

SignIn = Callable[[User], Client]
NOW = timezone.now()


@pytest.fixture
def task(owner: User) -> str:
    """The address of a task that the owner asked for."""
    run = JobRun.objects.create(job="x", dedup_key="x", asked_by=owner.id, stage="Reading", progress=0.4)
    return f"/api/v1/tasks/{run.id}"


def bearer(user: User, *wanted: str, days: int = 90) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens.make(user, wanted or scopes.ALL, NOW, by=None, days=days)}"}


def ask(address: str, headers: dict[str, str] | None = None) -> Any:
    return Client().get(address, headers=headers or {})


def test_a_token_shows_its_owner_their_task(task: str, owner: User) -> None:
    answer = ask(task, bearer(owner, scopes.TASKS))
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["stage"], answer.json()["progress"]) == (
        "queued",
        "Reading",
        0.4,
    )


def test_a_session_does_too(task: str, owner: User, signed_in: SignIn) -> None:
    assert signed_in(owner).get(task).status_code == 200


def test_somebody_elses_task_does_not_exist(task: str, teammate: User) -> None:
    answer = ask(task, bearer(teammate))
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_without_any_of_them_the_answer_is_401(task: str) -> None:
    answer = ask(task)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_without_the_scope_is_refused(task: str, owner: User) -> None:
    answer = ask(task, bearer(owner, scopes.PATH_READ))
    assert answer.status_code == 403
    assert "tasks" in answer.json()["detail"]


@pytest.mark.parametrize(
    "header", ["Bearer nonsense", "Bearer ", "Basic dTpw", "Bearer " + "a" * 5000, "nonsense"]
)
def test_a_token_that_is_none_is_401(task: str, header: str) -> None:
    assert ask(task, {"Authorization": header}).status_code == 401


def test_a_wrong_token_is_not_saved_by_a_session(task: str, owner: User, signed_in: SignIn) -> None:
    assert signed_in(owner).get(task, headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_token_ends(task: str, owner: User) -> None:
    header = bearer(owner)
    ApiToken.objects.update(expires_at=NOW - timedelta(seconds=1))
    assert ask(task, header).status_code == 401


def test_a_revoked_token_is_dead(task: str, owner: User) -> None:
    header = bearer(owner)
    ApiToken.objects.update(revoked_at=NOW)
    assert ask(task, header).status_code == 401


def test_a_token_opens_its_own_company_even_in_anothers_session(
    task: str, owner: User, foreigner: User, signed_in: SignIn
) -> None:
    assert signed_in(foreigner).get(task, headers=bearer(owner)).status_code == 200
    assert signed_in(foreigner).get(task).status_code == 404


def test_the_command_prints_a_token_once(task: str, owner: User) -> None:
    out = StringIO()
    call_command("create_token", "owner", scopes.TASKS, "--days", "3", stdout=out)
    secret = out.getvalue().strip()
    assert ask(task, {"Authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in str(ApiToken.objects.values())


def test_the_command_names_the_scopes_there_are(owner: User) -> None:
    with pytest.raises(CommandError, match="path:read"):
        call_command("create_token", "owner", "everything")


@pytest.mark.parametrize("address", ["/api/v1/nothing-here", "/api/", "/api/v1/tasks/not-a-uuid"])
def test_an_unknown_address_is_a_problem_document_too(db: None, address: str) -> None:
    answer = ask(address)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_a_wrong_method_is_a_problem_document(task: str, owner: User) -> None:
    answer = Client().delete(task, headers=bearer(owner))
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Allow"] == "GET"


def test_the_description_of_the_api_is_there_for_everybody(db: None) -> None:
    paths = ask("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/tasks/{task_id}" in paths


@pytest.mark.parametrize("form", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_form_is_refused_before_it_is_read(owner: User, signed_in: SignIn, form: str) -> None:
    client = signed_in(owner)
    answer = client.generic("POST", "/api/v1/role-suggestions/refresh", b"--x", content_type=form)
    assert answer.status_code == 415
