"""Nobody who words anything can be reached for a day: pages work, rules go on, nothing good is lost (78)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from careerforge.gateway import offers
from careerforge.gateway.models import Breaker, CachedAnswer, ModelCall
from careerforge.gateway.providers import retry
from careerforge.people.models import User
from coaching.advising import advice
from coaching.chat import asking, writers
from coaching.models import Generation
from learning.models import Readiness, RoleSuggestion, Wording
from learning.paths import path
from learning.words.wordings import prune
from tests.learning.model import do
from tests.security.visiting import every_get
from tests.security.world import World

Browser = Callable[[str], Client]
NOWHERE = "http://127.0.0.1:9"
QUESTION = "Which skill should {} build first for a senior data engineer role?"


@pytest.fixture
def down(world: World, company: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    """Every provider is set up and switched on, and none of them is there."""
    for name in ("ANTHROPIC", "PERPLEXITY", "OPENAI", "OLLAMA"):
        monkeypatch.setenv(f"{name}_API_KEY", "key")
        monkeypatch.setenv(f"{name}_BASE_URL", NOWHERE)
    monkeypatch.setattr(retry, "pause", lambda *_given: 0.0)
    monkeypatch.setattr(writers, "start", lambda *_ids: None)
    settings.EMBEDDER_FOLDER = None
    company.model_allowed = True
    company.save(update_fields=["model_allowed"])
    offers.fill()
    return world


def person(user: User) -> User:
    return User.objects.select_related("organisation", "profile", "key").get(pk=user.pk)


def standing(now: datetime) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: now


def ask_all_day(world: World) -> None:
    """A coach and a person, often enough to open every breaker."""
    now = timezone.now()
    owner, coach = person(world.cast.owner), person(world.cast.coach)
    for hours in range(0, 24, 3):
        then = now + timedelta(hours=hours)
        told = advice.ask(coach, owner, QUESTION.format("they"), uuid4(), then)
        assert told.model_used == "rules"
        Generation.objects.filter(state__in=Generation.OPEN).delete()
        stored = asking.ask(owner, QUESTION.format("I"), uuid4(), then)
        assert isinstance(stored, asking.Stored)
        assert owner.organisation_id
        writers.write(stored.message.generation.pk, owner.organisation_id, lambda: False, standing(then))
        assert Generation.objects.get(message=stored.message).model_used == "rules"


def test_every_page_still_works(down: World, browser_of: Browser) -> None:
    ask_all_day(down)
    calls = ModelCall.objects.exclude(pk=down.sent.call_id)
    assert {one.outcome for one in calls} == {"unavailable"}
    assert Breaker.objects.filter(open_until__isnull=False).exists()
    for role in ("owner", "coach", "manager", "admin_platform"):
        client = browser_of(role)
        found = {name: client.get(address).status_code for name, address in every_get(down)}
        assert {name: status for name, status in found.items() if status >= 500} == {}


def test_what_rules_compute_is_computed_anew_and_what_a_model_said_stays(down: World) -> None:
    owner, role = down.cast.owner, down.suggestion.role
    kept = Wording.objects.create(
        user=owner, role=role, text="You run the pipelines of a team.", model="a-model",
        prompt_version="roles-a-b", made_at=timezone.now(), rests_on="x",
    )  # fmt: skip
    version = path.current(owner)
    before = (RoleSuggestion.objects.count(), Readiness.objects.count())
    for job in ("learning.suggest", "learning.gap"):
        assert do(job, person=str(owner.pk)).state == "done"
    assert (RoleSuggestion.objects.count(), Readiness.objects.count()) >= before
    assert Wording.objects.filter(pk=kept.pk, text=kept.text).exists()
    assert path.current(owner) == version
    assert not CachedAnswer.objects.exists()
    prune(kept.made_at + timedelta(hours=47))
    assert Wording.objects.filter(pk=kept.pk).exists()
