import json
from uuid import uuid4

import pytest

from coaching.models import Advice

ROOT = "/api/v1/employees"
QUESTION = "Which two skills should they build first, and why?"


@pytest.fixture
def client(coach, senior, signed_in):
    return signed_in(coach)


@pytest.fixture
def ask(client, senior, profile_of):
    def post(question=QUESTION, **headers):
        address = f"{ROOT}/{profile_of(senior).pseudo_id}/ai-advice"
        body = json.dumps({"question": question})
        return client.post(address, body, content_type="application/json", headers=headers)

    return post


def test_a_person_has_five_fields_of_identity_and_no_sixth(client):
    item = client.get(ROOT).json()["items"][0]
    identity = {"pseudo_id", "handle", "specialisation", "seniority", "years_of_experience", "region"}
    assert set(item) == identity | {"target_role", "readiness"}
    assert not any(canary in str(item) for canary in ("Varnhagen", "Brinkhof", "Quellmoor", "northwind"))


def test_a_list_is_cut_into_pages(client):
    first, second = (client.get(ROOT, {"limit": 1, "offset": n}).json() for n in (0, 1))
    assert first["count"] == second["count"] == 2
    assert first["items"] != second["items"]


def test_advice_is_sentences_with_sources(ask, library):
    answer = ask().json()
    assert answer["model_used"] == "rules"
    assert answer["answer"] == " ".join(one["text"] for one in answer["sentences"])
    numbers = {source["number"] for source in answer["sources"]}
    assert all(one["sources"] and set(one["sources"]) <= numbers for one in answer["sentences"])


def test_the_same_key_gives_the_same_advice(ask):
    key = {"Idempotency-Key": str(uuid4())}
    assert ask(**key).json()["id"] == ask(**key).json()["id"]
    assert Advice.objects.count() == 1


def test_the_same_key_with_another_question_is_refused(ask):
    key = {"Idempotency-Key": str(uuid4())}
    ask(**key)
    assert ask("Something else?", **key).status_code in (409, 422)
    assert Advice.objects.count() == 1


@pytest.mark.parametrize("question", ["", "   ", "\u200b\u2060", "x" * 2001])
def test_a_question_has_one_to_two_thousand_characters(ask, question):
    assert ask(question).status_code == 422
    assert not Advice.objects.exists()


def test_who_is_no_coach_has_no_people(owner, signed_in):
    assert signed_in(owner).get(ROOT).status_code in (403, 404)
