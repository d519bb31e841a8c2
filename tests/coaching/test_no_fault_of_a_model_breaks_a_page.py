"""The script of faults against both adapters, met on the pages of a coach and a person (cases 75 and 77)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from careerforge.gateway import offers
from careerforge.gateway.models import Breaker, CachedAnswer, Limit, ModelCall
from careerforge.gateway.providers import retry
from coaching.chat import asking, writers
from coaching.models import Conversation
from tests.coaching.chat.conftest import later
from tests.coaching.conftest import NOW
from tests.gateway import faults
from tests.gateway.conftest import wire
from tests.gateway.faults import Fault
from tests.gateway.wire import Wire

__all__ = ["wire"]

FAULTS = [
    one
    for one in faults.faults(Path(__file__).parents[1] / "gateway" / "data" / "llm_faults.jsonl")
    if faults.is_answered(one)
]
QUESTION = "Which skill should I build first for a senior data engineer role?"
# Nothing of what a provider sends when it fails is shown to anybody.
NEVER = ("nginx", "captive portal", "usage limits", "spend_limit", "overloaded", "role_title", "Take the Kaf",
         "Rust grew 34", "CANARY-SYS-7Q", "emp_zz9", "evil.test", "alert(1)", "I can't help")  # fmt: skip
WRITTEN = ["invented_citation", "echoes_system_prompt", "echoes_other_pseudo_id", "markdown_image_exfil",
           "html_script"]  # fmt: skip


@pytest.fixture(params=["anthropic", "compatible"])
def dialect(
    request: pytest.FixtureRequest, wire: Wire, company: Any, coach: Any, senior: Any, library: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> str:  # fmt: skip
    """The one provider that the company has switched on."""
    address = wire.server.url_for("").rstrip("/")
    if request.param == "anthropic":
        monkeypatch.setenv("ANTHROPIC_API_KEY", "key")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", address)
    else:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{address}/v1")
        monkeypatch.setenv("OPENAI_MODEL", "m")
    monkeypatch.setattr(retry, "pause", lambda *_given: 0.0)
    monkeypatch.setattr(writers, "start", lambda *_ids, **_how: None)
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    coach.refresh_from_db()
    senior.refresh_from_db()
    offers.fill()
    return str(request.param)


def anew(some: list[Fault]) -> Iterator[Fault]:
    """Each as if it were the first of the day."""
    Limit.objects.all().delete()
    for fault in some:
        Breaker.objects.all().delete()
        CachedAnswer.objects.all().delete()
        ModelCall.objects.all().delete()
        yield fault


@pytest.fixture
def coach_asks(signed_in: Any, coach: Any, senior: Any, page_of: Any) -> Callable[[], str]:
    client, page = signed_in(coach), page_of(senior)

    def ask() -> str:
        # The product's own words, so that nothing is hidden by the page of a number.
        form = {"question": QUESTION.replace(" I ", " they "), "form_key": str(uuid4())}
        answer = client.post(page, form, follow=True)
        assert answer.status_code == 200
        return str(answer.text)

    return ask


@pytest.fixture
def person_asks(signed_in: Any, senior: Any) -> Callable[[], str]:
    client = signed_in(senior)

    def ask() -> str:
        Conversation.objects.all().delete()
        stored = asking.ask(senior, QUESTION, uuid4(), NOW)
        assert isinstance(stored, asking.Stored)
        writers.write(stored.message.generation.pk, senior.organisation_id, lambda: False, later(1))
        answer = client.get(f"/chat/{stored.message.conversation_id}/")
        assert answer.status_code == 200
        return str(answer.text)

    return ask


def said(page: str) -> list[str]:
    return [one for one in NEVER if one in page]


def test_a_coach_gets_the_answer_by_rules(dialect: str, wire: Wire, coach_asks: Callable[[], str]) -> None:
    for fault in anew(FAULTS):
        wire.answers.clear()
        faults.play(wire, fault, dialect, streaming=False)
        page = coach_asks()
        assert ModelCall.objects.exists(), fault["name"]
        assert not said(page), fault["name"]
        assert "Batch orchestration" in page


def test_a_person_gets_the_answer_by_rules(dialect: str, wire: Wire, person_asks: Callable[[], str]) -> None:
    for fault in anew(FAULTS):
        wire.answers.clear()
        faults.play(wire, fault, dialect, streaming=True)
        page = person_asks()
        assert ModelCall.objects.exists(), fault["name"]
        assert not said(page), fault["name"]
        assert "atch orchestration" in page


@pytest.mark.parametrize("asks", ["coach_asks", "person_asks"])
def test_what_is_wrong_in_an_answer_of_the_right_shape_is_not_shown_either(
    dialect: str, wire: Wire, asks: str, request: pytest.FixtureRequest
) -> None:
    ask: Callable[[], str] = request.getfixturevalue(asks)
    for fault in anew([one for one in FAULTS if one["name"] in WRITTEN]):
        wire.answers.clear()
        good = fault | {"text": json.dumps({"answer": fault["text"]})}
        faults.play(wire, good, dialect, streaming=asks == "person_asks")
        page = ask()
        assert {one.outcome for one in ModelCall.objects.all()} == {"ok"}
        assert not said(page), fault["name"]
