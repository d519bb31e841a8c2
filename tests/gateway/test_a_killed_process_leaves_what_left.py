"""What leaves is on the books before it leaves: a process killed in the middle takes nothing along."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from django.db import connection
from werkzeug import Request, Response

from careerforge.gateway import offers, sent, tidying
from careerforge.gateway.models import ModelCall, SentText, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.gateway.conftest import NOW
from tests.gateway.wire import QUESTION, prompt

ROOT = Path(__file__).parents[2]
CHILD = """
import sys
from uuid import UUID, uuid4

import django
from django.conf import settings

database, role, organisation, url = sys.argv[1:]
for known in settings.DATABASES.values():
    known["NAME"] = database
    known["OPTIONS"]["options"] = role
django.setup()

from careerforge.gateway.budget import Asker
from careerforge.gateway.road import Road
from careerforge.tenancy import context
from tests.gateway.wire import prompt

with context.organisation(UUID(organisation)):
    road = Road(Asker(uuid4()), True, {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": url})
road.ask(prompt())
"""


@pytest.fixture
def organisation(transactional_db) -> UUID:
    made = Organisation(name="Northwind Works")
    with context.organisation(made.id):
        made.save(force_insert=True)
        offers.fill()
    return made.id


@pytest.fixture
def killed(httpserver, organisation) -> None:
    """A process has asked, and was killed while the provider thought."""
    asked, dead = Event(), Event()

    def thinks(_request: Request) -> Response:
        asked.set()
        dead.wait(60)
        return Response("{}")

    httpserver.expect_request("/v1/messages").respond_with_handler(thinks)
    given = connection.settings_dict
    arguments = [given["NAME"], given["OPTIONS"]["options"], str(organisation), httpserver.url_for("")]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "careerforge.settings"}
    child = subprocess.Popen([sys.executable, "-c", CHILD, *arguments], cwd=ROOT, env=environ)
    try:
        assert asked.wait(60)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        dead.set()


@pytest.mark.django_db(transaction=True, databases=["default", "aside"])
def test_the_row_the_text_and_the_budget_stay_and_the_row_is_closed_later(killed, organisation):
    with context.organisation(organisation):
        call = ModelCall.objects.get()
        assert call.outcome == "under_way"
        # At the most that it may have come to.
        assert call.output_tokens == prompt().max_tokens
        assert call.micros > 0
        text = sent.open_text(SentText.objects.get(call=call))
        assert (text.question, text.answer) == (QUESTION, "")
        held = Spend.objects.get(scope=Scope.ORGANISATION)
        assert (held.calls, held.micros) == (1, call.micros)

        assert tidying.close_lost(call.started_at + tidying.LOST) == 0
        assert tidying.close_lost(call.started_at + tidying.LOST + timedelta(seconds=1)) == 1
        closed = ModelCall.objects.get()
        assert (closed.outcome, closed.error_kind) == ("cut", tidying.KILLED)
        assert closed.micros == call.micros == Spend.objects.get(scope=Scope.PERSON).micros


def test_what_has_ended_is_not_closed_again(road, wire):
    wire.message()
    road().ask(prompt())
    assert tidying.close_lost(NOW + timedelta(days=1)) == 0
    assert ModelCall.objects.get().outcome == "ok"
