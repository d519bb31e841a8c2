"""The canaries once more: by every adapter, in the company's texts, and in what is asked again (62)."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from careerforge.gateway.models import FunctionSwitch
from careerforge.gateway.providers import retry
from careerforge.people.models import Evidence, SkillClaim
from careerforge.skills.models import Role
from coaching.advising import advice
from learning.models import Resource
from learning.paths import path
from tests.learning.model import node, offer_to, proposal
from tests.security.test_no_canary_leaves_for_a_model import (
    CITY,
    EXERCISED,
    MAIL,
    NAME,
    NUMBER,
    PHONE,
    Scene,
    Sink,
    ask_as_coach,
    scene,
    sink,
    word_the_path,
)

__all__ = ["scene", "sink"]

Function = FunctionSwitch.Function
PLANTED = f"As taught by {NAME} of {CITY}: {MAIL}, {PHONE}, {NUMBER}, and by Ottilie Varnhagen."
KEYS = {
    "anthropic": {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": ""},
    "perplexity": {"PERPLEXITY_API_KEY": "key", "PERPLEXITY_BASE_URL": ""},
    "openai": {"OPENAI_API_KEY": "key", "OPENAI_BASE_URL": "/v1"},
    "ollama": {"OLLAMA_BASE_URL": "/v1"},
}


@pytest.fixture
def refusing(sink: Sink, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Sink:
    """Takes everything down at every address, and answers nobody."""
    httpserver.clear()

    def take(request: Request) -> Response:
        sink.bodies.append(request.get_data(as_text=True))
        sink.addresses.append(f"{request.url} {request.headers}")
        return Response("{}", status=418)

    httpserver.expect_request(re.compile("/.*"), method="POST").respond_with_handler(take)
    monkeypatch.delenv("OPENAI_BASE_URL")
    monkeypatch.setattr(retry, "pause", lambda *_given: 0.0)
    return sink


@pytest.mark.parametrize("provider", KEYS)
@pytest.mark.parametrize("function", [Function.ADVICE, Function.CHAT, Function.PATH])
def test_whoever_is_asked_gets_no_canary_in_body_address_or_header(
    provider: str, function: str, refusing: Sink, scene: Scene, httpserver: HTTPServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name, value in KEYS[provider].items():
        url = name.endswith("URL")
        monkeypatch.setenv(name, httpserver.url_for("").rstrip("/") + value if url else value)
    EXERCISED[function](scene)
    assert refusing.bodies
    assert refusing.found() == set()


@pytest.fixture
def planted(scene: Scene) -> Scene:
    """People stand in every text of the company that a prompt may be made of."""
    Role.objects.update(summary=PLANTED)
    Resource.objects.update(title=f"Course of {NAME}", summary=PLANTED)
    for claim in SkillClaim.objects.filter(user=scene.person):
        Evidence.objects.create(claim=claim, kind="course", issuer=NAME, dated_on=claim.evidence_on)
    path.build(scene.person, scene.role, timezone.now())
    return scene


@pytest.mark.parametrize("function", Function.values)
def test_no_person_leaves_out_of_a_text_of_the_company(function: str, planted: Scene, sink: Sink) -> None:
    EXERCISED[function](planted)
    assert sink.bodies
    assert sink.found() == set()


def test_what_is_sent_back_to_be_put_right_holds_nobody_either(
    planted: Scene, sink: Sink, httpserver: HTTPServer
) -> None:
    offer = offer_to(planted.person, planted.role, timezone.now().date())
    wrong = proposal(offer, *[node(step) | {"estimated_hours": 400} for step in offer.steps])
    httpserver.clear()

    def take(request: Request) -> Response:
        sink.bodies.append(request.get_data(as_text=True))
        message = {"role": "assistant", "content": json.dumps(wrong)}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        made: dict[str, Any] = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
        return Response(json.dumps(made | {"choices": [choice]}), content_type="application/json")

    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(take)
    word_the_path(planted)
    assert "Your last answer" in sink.bodies[1]
    assert "hours" in sink.bodies[1]
    assert sink.found() == set()


def test_a_question_that_is_for_people_leaves_for_nobody(planted: Scene, sink: Sink) -> None:
    ask_as_coach(planted)
    before = len(sink.bodies)
    question = "How do I help Zofia Quellmann with her burnout after the divorce?"
    opened = advice.ask(planted.coach, planted.person, question, uuid4(), timezone.now())
    assert opened.answer.dont_know
    assert len(sink.bodies) == before > 0
