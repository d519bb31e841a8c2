"""Real threads on committed rows: what proves one change rests on what else is live, so they take turns."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client

from careerforge.assistant import golden
from careerforge.assistant.golden import asking, gate
from careerforge.assistant.golden.changing import of_version
from careerforge.assistant.models import GoldenBar, PromptVersion
from careerforge.assistant.prompts import files, versions
from careerforge.knowledge.models import Collection
from careerforge.people.models import Grant, User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.assistant.answering import FUNCTION, answering, ask
from tests.assistant.test_the_golden_gate import WORDS, document, span
from tests.cast import make_person

NOW = datetime(2031, 2, 3, tzinfo=UTC)
SignIn = Callable[[User], Client]


@pytest.fixture
def writer(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "x")
    monkeypatch.setattr(asking, "_answerers", {FUNCTION: asking._answerers[FUNCTION]})
    made = Organisation(name="Northwind Works", model_allowed=True)
    with context.organisation(made.id):
        made.save(force_insert=True)
        return make_person("lnd", "Ludovica Nardone", Grant.Kind.ADMIN_LND)


def proven(writer: User, *names: str) -> list[PromptVersion]:
    """Versions of prompts, each with a run of its own that it has passed."""
    with context.organisation(writer.organisation_id):
        source = document(Collection.objects.create(name="Ladders"))
        GoldenBar.objects.create(fewest=1, most_worse=0)
        proposal = golden.propose(FUNCTION, "What do seniors do?", {}, [span(source)])
        golden.keep(proposal, writer, NOW, acting="coach")
        right = golden.Answered((golden.Sentence(WORDS, (span(source),)),), model="a-model")
        rows = []
        with answering(lambda asked: right):
            for name in names:
                text = files.shipped(name).replace("At most six", "At most two") + "\nBe brief.\n"
                rows.append(versions.write(name, text, "Shorter", owner=None, by=writer, now=NOW))
                ask(of_version(rows[-1]), writer)
    return rows


@pytest.mark.django_db(transaction=True)
def test_of_two_prompts_made_live_at_once_the_second_hears_what_the_first_has_changed(
    writer: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = proven(writer, "advice", "frame")
    true, both = gate.verdict_of, threading.Barrier(2)

    def looked_at(version: PromptVersion) -> gate.Verdict:
        found = true(version)
        # Without turns both have their verdict here; with turns the other one cannot come.
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.5)
        return found

    monkeypatch.setattr(gate, "verdict_of", looked_at)

    def post(browser: Client, row: PromptVersion) -> int:
        try:
            return int(browser.post(f"/admin/assistant/promptversion/{row.pk}/live/").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        browsers = [signed_in(writer), signed_in(writer)]
        assert sorted(pool.map(post, browsers, rows)) == [302, 409]
    with context.organisation(writer.organisation_id):
        own = [row.pk for row in rows]
        assert PromptVersion.objects.filter(pk__in=own, live=True).count() == 1
