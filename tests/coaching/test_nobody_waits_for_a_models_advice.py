"""While a model words an advice, no transaction is open; what has changed meanwhile is looked up again."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections
from werkzeug import Request, Response

from careerforge.gateway.models import FunctionSwitch, ModelCall
from careerforge.knowledge.documents.incoming import Incoming
from careerforge.knowledge.documents.store import store
from careerforge.knowledge.models import Collection
from careerforge.people.models import Assignment, Grant, Profile, SkillClaim
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.advising import advice
from coaching.models import Advice
from learning.roles import target
from tests.cast import Cast, make_cast
from tests.coaching.conftest import LADDER, NOW, SENTENCE
from tests.gateway.wire import Wire
from tests.taxonomy import make_taxonomy

committed = pytest.mark.django_db(transaction=True, databases=["default", "aside"])
QUESTION = "Which skill should they build first for a senior data engineer role?"
OPEN = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state LIKE 'idle in transaction%'
"""


@dataclass
class Slow(Wire):
    """Does something else while its first answer is waited for."""

    meanwhile: Callable[[], Any] = int
    got: list[Any] = field(default_factory=list)

    def _answer(self, request: Request) -> Response:
        if not self.got:
            # In a thread of its own, so that one that has to wait fails and does not hang.
            with ThreadPoolExecutor(1) as pool:
                self.got.append(pool.submit(self._elsewhere).result(timeout=20))
        return super()._answer(request)

    def _elsewhere(self) -> Any:
        try:
            return self.meanwhile()
        finally:
            connections.close_all()


@dataclass(frozen=True)
class Company:
    """A committed company with a second coach for the one who is asked about."""

    id: Any
    cast: Cast

    def inside(self, act: Callable[[], Any]) -> Callable[[], Any]:
        """An act, in a transaction of its own."""

        def done() -> Any:
            with context.organisation(self.id):
                return act()

        return done


@pytest.fixture
def company(settings, transactional_db, monkeypatch, httpserver) -> Company:
    settings.ASIDE = "aside"
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "local-model")
    made = Organisation(name="Northwind Works", model_allowed=True)
    with context.organisation(made.id):
        made.save(force_insert=True)
        taxonomy = make_taxonomy()
        cast = make_cast(taxonomy, "")
        target.choose(cast.owner, taxonomy.roles["senior-data-engineer"], NOW)
        for skill, level in (("etl-pipelines", 3), ("batch-orchestration", 1)):
            told = {"level": level, "source": "coach", "confidence": 0.9, "evidence_on": NOW.date()}
            SkillClaim.objects.create(user=cast.owner, skill=taxonomy.skills[skill], **told)
        Assignment.objects.create(
            coach=cast.other_coach, employee=cast.owner, starts_on=NOW.date().replace(month=1), cover=True
        )
        shelf = Collection.objects.create(name="Library")
        ladder = Incoming(
            "ladder", title="Ladder", kind="ladder", published_at=NOW, text=LADDER, topics=("data",)
        )
        store(shelf, ladder, NOW)
    return Company(made.id, cast)


@pytest.fixture
def slow(company, httpserver) -> Slow:
    made = Slow(httpserver)
    made.chat(json.dumps({"answer": f"{SENTENCE.removesuffix('.')} [1]."}))
    return made


@pytest.fixture
def open_transactions():
    """How many there are, as the owner of the database sees it."""
    given = connection.get_connection_params()
    named = {name: given[name] for name in ("dbname", "user", "host", "port", "password") if name in given}
    with psycopg.connect(**named, autocommit=True) as other:
        yield lambda: other.execute(OPEN).fetchall()[0][0]


@pytest.fixture
def browser(company, signed_in):
    """Somebody's browser."""
    return lambda user: signed_in(user)


def by_page(client, pseudo_id, question=QUESTION):
    form = {"question": question, "form_key": str(uuid4())}
    return client.post(f"/console/people/{pseudo_id}/", form)


def by_api(client, pseudo_id, question=QUESTION):
    address = f"/api/v1/employees/{pseudo_id}/ai-advice"
    return client.post(address, {"question": question}, content_type="application/json")


@pytest.fixture
def pseudo_id(company) -> str:
    return company.inside(lambda: Profile.objects.get(user=company.cast.owner).pseudo_id)()


@pytest.fixture
def ask(company, browser, pseudo_id):
    """The coach asks, and what is stored then."""

    def put(way=by_page):
        response = way(browser(company.cast.coach), pseudo_id)
        return response, company.inside(lambda: advice.earlier(company.cast.coach, company.cast.owner))()

    return put


@committed
@pytest.mark.parametrize("way", [by_page, by_api])
def test_no_transaction_is_open_while_a_model_thinks(slow, ask, open_transactions, way):
    slow.meanwhile = open_transactions
    response, stored = ask(way)
    assert response.status_code in (200, 302)
    assert slow.got == [0]
    assert [one.model_used for one in stored] == ["local-model"]


@committed
@pytest.mark.parametrize("way", [by_page, by_api])
def test_a_second_coach_does_not_wait_for_the_first(company, slow, ask, browser, pseudo_id, way):
    second = browser(company.cast.other_coach)
    # About what nobody answers, so that no model is asked.
    slow.meanwhile = lambda: way(second, pseudo_id, "Are they pregnant?").status_code
    _response, stored = ask(way)
    assert slow.got == [{by_page: 302, by_api: 200}[way]]
    assert len(stored) == 1
    assert company.inside(Advice.objects.count)() == 2


@committed
@pytest.mark.parametrize(
    "loses",
    [
        lambda cast: Assignment.objects.filter(coach=cast.coach).update(ends_on=NOW.date().replace(month=2)),
        lambda cast: Grant.objects.filter(user=cast.coach).delete(),
        lambda cast: type(cast.owner).objects.filter(pk=cast.owner.pk).update(state="left"),
    ],
    ids=["assignment", "role", "left"],
)
def test_who_is_no_coach_of_theirs_any_more_gets_nothing(company, slow, ask, loses):
    slow.meanwhile = company.inside(lambda: loses(company.cast))
    response, _stored = ask()
    assert response.status_code == 404
    assert company.inside(Advice.objects.count)() == 0
    # It was asked and paid for, and the person is shown what left.
    assert company.inside(ModelCall.objects.filter(outcome="ok").count)() == 1


@committed
@pytest.mark.parametrize(
    "switches_off",
    [
        lambda: Organisation.objects.update(model_allowed=False),
        lambda: FunctionSwitch.objects.create(function="coaching_advice", is_on=False),
    ],
    ids=["company", "function"],
)
def test_words_that_came_after_models_were_switched_off_are_not_used(company, slow, ask, switches_off):
    slow.meanwhile = company.inside(switches_off)
    _response, [stored] = ask()
    assert stored.model_used == "rules"
    assert stored.answer.sentences


@committed
def test_words_about_what_is_different_now_are_not_used(company, slow, ask):
    def told():
        SkillClaim.objects.filter(skill__name="Batch orchestration").update(level=5)
        Profile.objects.filter(user=company.cast.owner).update(version=77)

    slow.meanwhile = company.inside(told)
    _response, [stored] = ask()
    assert stored.model_used == "rules"
    assert stored.receipt.versions["profile"] == "77"
    [skill] = [one for one in stored.receipt.inputs["skills"] if one["name"] == "Batch orchestration"]
    assert skill["effective"] > 3


@committed
def test_a_document_that_was_closed_meanwhile_is_quoted_by_nobody(company, slow, ask):
    slow.meanwhile = company.inside(lambda: Collection.objects.update(audience="hr"))
    _response, [stored] = ask()
    assert stored.model_used == "rules"
    assert stored.answer.sentences
    assert not stored.answer.chunks
    assert not stored.withheld
