"""A POST that is sent again gets the first answer; the key is free as soon as nobody is at work."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from ninja.errors import HttpError

from careerforge.jobs.models import JobRun
from careerforge.people import idempotency, scopes, tokens
from careerforge.people.models import IdempotencyKey, User

BODY = b'{"question": "What next?"}'


def request(body: bytes = BODY, key: str = "k1", path: str = "/api/v1/x") -> HttpRequest:
    return RequestFactory().post(
        path, body, content_type="application/json", headers={"Idempotency-Key": key}
    )


def answered(owner: User, key: str = "k1") -> bytes:
    first = request(key=key)
    idempotency.claim(first, owner)
    answer = b'{"task_id": "%s"}' % str(uuid4()).encode()
    idempotency.finish(first, 202, answer)
    return answer


def test_the_same_request_gets_the_same_answer(owner: User) -> None:
    first = answered(owner)
    with pytest.raises(idempotency.Again) as again:
        idempotency.claim(request(b'{ "question":"What next?" }'), owner)
    assert (again.value.status, again.value.body) == (202, first)


@pytest.mark.parametrize("other", [{"body": b'{"question": "Another"}'}, {"path": "/api/v1/y"}])
def test_another_request_under_the_same_key_is_422(owner: User, other: dict[str, Any]) -> None:
    answered(owner)
    with pytest.raises(HttpError) as refused:
        idempotency.claim(request(**other), owner)
    assert refused.value.status_code == 422


def test_keys_of_two_people_are_two_keys(owner: User, teammate: User) -> None:
    answered(owner)
    idempotency.claim(request(), teammate)


def test_while_the_first_is_at_work_the_second_is_409_and_free_after_a_kill(owner: User) -> None:
    """The lock belongs to the other connection; ending that is what a kill does."""
    other: Any = connection.copy()
    other.settings_dict["OPTIONS"].pop("pool", None)
    with other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{owner.pk}|k1"])
    with pytest.raises(HttpError) as refused:
        idempotency.claim(request(), owner)
    assert refused.value.status_code == 409
    other.close()
    for _ in range(50):
        if idempotency._lock(owner, "k1"):
            break
    idempotency.claim(request(), owner)


def test_a_refusal_is_not_kept(owner: User) -> None:
    first = request()
    idempotency.claim(first, owner)
    idempotency.finish(first, 422, b"{}")
    idempotency.claim(request(), owner)
    assert not IdempotencyKey.objects.exists()


def test_a_coaching_answer_is_not_kept(owner: User) -> None:
    first = request()
    idempotency.claim(first, owner)
    idempotency.keep_no_answer(first)
    idempotency.finish(first, 200, b'{"answer": "secret"}')
    assert IdempotencyKey.objects.get().sealed_answer is None
    idempotency.claim(request(), owner)


def test_what_is_kept_is_sealed(owner: User) -> None:
    answer = answered(owner)
    assert answer not in bytes(IdempotencyKey.objects.get().sealed_answer or b"")


@pytest.mark.parametrize("key", ["x" * 65, "a\tb"])
def test_a_key_that_is_none_is_refused(owner: User, key: str) -> None:
    with pytest.raises(HttpError):
        idempotency.claim(request(key=key), owner)


def test_a_get_needs_no_key(owner: User) -> None:
    idempotency.claim(RequestFactory().get("/", headers={"Idempotency-Key": "k1"}), owner)


def test_through_the_api(owner: User) -> None:
    headers = {
        "Authorization": f"Bearer {tokens.make(owner, scopes.ALL, timezone.now(), by=None)}",
        "Idempotency-Key": "mine",
    }
    first, second = (Client().post("/api/v1/role-suggestions/refresh", headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    assert JobRun.objects.count() == 1
    other = Client().post("/api/v1/learning-path/refresh", headers=headers)
    assert other.status_code == 422
    assert other["Content-Type"] == "application/problem+json"


def test_a_body_too_deep_for_any_reader_is_taken_as_bytes(owner: User) -> None:
    deep = b"[" * 100_000
    idempotency.claim(request(deep), owner)
