"""While a provider thinks, no connection of ours holds a transaction: not a snapshot, not a lock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection
from werkzeug import Request, Response

from careerforge.gateway import offers
from careerforge.gateway.budget import Asker, Exceeded
from careerforge.gateway.cache import Keeping
from careerforge.gateway.models import FunctionSwitch, Limit, ModelCall, SentText
from careerforge.gateway.prompt import Completion
from careerforge.gateway.road import Road
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_person
from tests.gateway.streams import message_events, pieces, response
from tests.gateway.wire import GOOD, Wire, prompt

committed = pytest.mark.django_db(transaction=True, databases=["default", "aside"])
KEPT = Keeping(("somebody",), 3600, lambda _key, text: text.encode(), lambda _key, sealed: sealed.decode())
OPEN = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'
"""


@dataclass
class Watched(Wire):
    """Counts, at each request, the transactions that are open meanwhile."""

    look: Callable[[], int] = int
    open: list[int] = field(default_factory=list)

    def _answer(self, request: Request) -> Response:
        self.open.append(self.look())
        return super()._answer(request)


@pytest.fixture
def organisation(settings, transactional_db) -> UUID:
    settings.ASIDE = "aside"
    made = Organisation(name="Northwind Works")
    with context.organisation(made.id):
        made.save(force_insert=True)
        offers.fill()
    return made.id


@pytest.fixture
def wire(httpserver, organisation):
    """Looks over a connection of the one who owns the database: others are not told what it does."""
    given = connection.get_connection_params()
    named = {name: given[name] for name in ("dbname", "user", "host", "port", "password") if name in given}
    with psycopg.connect(**named, autocommit=True) as other:
        yield Watched(httpserver, look=lambda: len(other.execute(OPEN).fetchall()))


@pytest.fixture
def road(organisation, wire) -> Callable[..., Road]:
    environ = {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": wire.server.url_for("")}

    def made(**changes) -> Road:
        with context.organisation(organisation):
            return Road(Asker(uuid4()), True, environ, **changes)

    return made


@committed
def test_a_whole_answer_and_a_stream_are_waited_for_without_one(road, wire, organisation):
    wire.message(GOOD)
    assert isinstance(road().ask(prompt(), KEPT), Completion)
    wire.answers.clear()
    wire.answers_with(response(message_events(['{"score": 0.5}'])))
    wire.answers_with(response(message_events(pieces())))
    with road().stream(prompt(question="Another?"), KEPT, field="title") as flow:
        assert "".join(flow) == "Data engineer"
    assert wire.open == [0] * len(wire.requests)
    with context.organisation(organisation):
        assert ModelCall.objects.filter(outcome="ok").count() == 2


@committed
def test_whoever_holds_one_is_seen(road, wire, organisation):
    wire.message(GOOD)
    with context.organisation(organisation):
        assert isinstance(road().ask(prompt()), Completion)
    assert wire.open == [1]


@committed
def test_the_text_is_sealed_for_its_person_and_belongs_to_what_it_is_about(road, wire, organisation):
    wire.message(GOOD)
    conversation = uuid4()
    with context.organisation(organisation):
        person = make_person("owner", "Ines Example")
    # As a thread has it: without the key at hand.
    with context.organisation(organisation):
        person = User.objects.get(pk=person.pk)
    assert isinstance(road(subject=person, about=conversation).ask(prompt()), Completion)
    assert wire.open == [0]
    with context.organisation(organisation):
        assert SentText.objects.get(about=conversation).subject_id == person.pk


@committed
def test_what_is_switched_off_is_written_down_all_the_same(road, wire, organisation):
    with context.organisation(organisation):
        FunctionSwitch.objects.create(function="test", is_on=False)
    assert road().ask(prompt()) is None
    with context.organisation(organisation):
        assert ModelCall.objects.get().outcome == "switched_off"


@committed
def test_limits_hold_and_answers_are_kept(road, wire, organisation):
    wire.message(GOOD)
    asking = road()
    assert asking.ask(prompt(), KEPT).stop_reason == "end_turn"
    assert asking.ask(prompt(), KEPT).stop_reason == "kept"
    with context.organisation(organisation):
        Limit.objects.create(scope="person", calls=1)
    assert isinstance(asking.ask(prompt(question="Another?"), KEPT), Exceeded)


@committed
def test_between_two_pieces_the_reader_may_open_what_they_like(road, wire, organisation):
    wire.answers_with(response(message_events(pieces())))
    with context.organisation(organisation):
        flow = road().stream(prompt(), field="title")
        first = next(flow, None)
    with context.organisation(organisation):
        rest = list(flow)
    assert (first or "") + "".join(rest) == "Data engineer"


def test_the_road_of_one_company_is_closed_to_another(company, other_company, environ):
    road = Road(Asker(uuid4()), True, environ)
    with context.organisation(other_company.id), pytest.raises(RuntimeError):
        road.ask(prompt())
