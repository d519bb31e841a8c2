"""A model that names somebody whom the reader may not see: the sentence is shown to nobody (case 75)."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from careerforge.people.models import Profile, User
from coaching.chat import asking, writers
from tests.coaching.chat.conftest import QUESTION, QUOTED, TRUE, later
from tests.coaching.conftest import NOW, claim, hashing, library, senior
from tests.gateway import streams
from tests.gateway.conftest import wire
from tests.gateway.wire import Wire

__all__ = ["claim", "hashing", "library", "senior", "wire"]

# Each of them tells the reader of somebody who is not theirs.
WAYS: dict[str, Callable[[Profile], str]] = {
    "handle": lambda other: other.coaching_handle,
    "pseudo id": lambda other: other.pseudo_id,
    "name": lambda other: "Oriol Castellvi",
}


@pytest.fixture
def asked(
    wire: Wire, company: Any, coach: User, senior: User, library: Any, monkeypatch: pytest.MonkeyPatch
) -> Wire:
    monkeypatch.setenv("OPENAI_BASE_URL", wire.server.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "m")
    monkeypatch.setattr(writers, "start", lambda *_ids: None)
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    coach.refresh_from_db()
    senior.refresh_from_db()
    return wire


def echo(who: str) -> str:
    true = f"{TRUE} {QUOTED} Python is at level 1.0 of 4."
    told = f"{who} should build Batch orchestration first for a senior data engineer role too."
    return json.dumps({"answer": f"{true} {told}"})


@pytest.mark.parametrize("way", WAYS)
def test_a_coach_is_not_told_of_anothers_people(
    way: str, asked: Wire, coach: User, senior: User, outsider: User, signed_in: Callable[[User], Client],
    profile_of: Callable[[User], Profile],
) -> None:  # fmt: skip
    who = WAYS[way](profile_of(outsider))
    asked.chat(echo(who))
    page = f"/console/people/{profile_of(senior).pseudo_id}/"
    form = {"question": QUESTION.replace(" I ", " they "), "form_key": str(uuid4())}
    shown = signed_in(coach).post(page, form, follow=True)
    assert shown.status_code == 200
    # The model's words are what is shown, without that sentence.
    assert TRUE in shown.text
    assert who not in shown.text


@pytest.mark.parametrize("way", WAYS)
def test_a_person_is_not_told_of_anybody(
    way: str, asked: Wire, senior: User, outsider: User, signed_in: Callable[[User], Client],
    profile_of: Callable[[User], Profile],
) -> None:  # fmt: skip
    who = WAYS[way](profile_of(outsider))
    asked.answers_with(streams.response(streams.chat_events(streams.pieces(echo(who)))))
    stored = asking.ask(senior, QUESTION, uuid4(), NOW)
    assert isinstance(stored, asking.Stored)
    assert senior.organisation_id
    writers.write(stored.message.generation.pk, senior.organisation_id, lambda: False, later(1))
    shown = signed_in(senior).get(f"/chat/{stored.message.conversation_id}/")
    assert asked.requests
    assert who not in shown.text
