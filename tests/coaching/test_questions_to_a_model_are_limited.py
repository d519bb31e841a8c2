"""What a coach sees, and what the API says, when a limit is reached: the reason, and when it ends."""

import json
from uuid import uuid4

import pytest

from careerforge.gateway.models import Limit
from careerforge.gateway.models.limits import Scope
from coaching.advising import advice
from coaching.models import Advice
from tests.coaching.conftest import NOW, SENTENCE
from tests.gateway.conftest import wire

__all__ = ["wire"]

QUESTION = "Which skill should they build first for a senior data engineer role?"


@pytest.fixture
def provider(wire, httpserver, monkeypatch, company, coach, senior, library):
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    coach.refresh_from_db()
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "local-model")
    wire.chat(json.dumps({"answer": f"{SENTENCE.removesuffix('.')} [1]."}))
    return wire


@pytest.mark.parametrize(("scope", "longest"), [(Scope.PERSON, 3_600), (Scope.ORGANISATION, 86_400)])
def test_the_api_says_how_many_seconds_to_wait(
    provider, signed_in, profile_of, coach, senior, scope, longest
):
    Limit.objects.create(scope=scope, calls=0)
    response = signed_in(coach).post(
        f"/api/v1/employees/{profile_of(senior).pseudo_id}/ai-advice",
        {"question": QUESTION},
        content_type="application/json",
    )
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= longest
    assert response["Content-Type"] == "application/problem+json"
    assert not provider.requests
    assert not Advice.objects.exists()


def test_the_time_of_another_day_is_told_with_its_day(provider, coach, senior):
    Limit.objects.create(scope=Scope.ORGANISATION, calls=0)
    evening = NOW.replace(hour=22)
    told = advice.ask(coach, senior, QUESTION, uuid4(), evening).answer.note
    assert told.endswith("A language model can be asked again at 21 Nov 2026, 00:00.")
    Limit.objects.update(scope=Scope.PERSON)
    told = advice.ask(coach, senior, QUESTION, uuid4(), evening).answer.note
    assert told.endswith("A language model can be asked again at 23:00.")


def test_when_the_companys_budget_is_used_the_rules_answer_and_say_so(provider, coach, senior):
    Limit.objects.create(scope=Scope.ORGANISATION, calls=0)
    opened = advice.ask(coach, senior, QUESTION, uuid4(), NOW)
    assert opened.model_used == "rules"
    assert opened.answer.sentences
    assert "budget" in opened.answer.note
