"""While a provider thinks about a path, roles or a gap, the job holds no transaction, and so no lock."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.models import User
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from learning.models import PathDraft
from learning.paths import path
from tests.cast import make_cast
from tests.gateway.conftest import wire
from tests.learning.model import Model, offer_to, proposal
from tests.taxonomy import make_taxonomy

__all__ = ["wire"]

pytestmark = pytest.mark.django_db(transaction=True)

OPEN = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
  AND backend_type = 'client backend'
"""


class Looking(list[Any]):
    """Takes requests to the provider, and counts at each who holds a transaction at that moment."""

    def __init__(self):
        super().__init__()
        self.open, self.then = [], lambda: None

    def append(self, request):
        super().append(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute(OPEN)
                self.open.append(cursor.fetchone()[0])
            self.then()
        finally:
            connection.close()


@pytest.fixture
def works():
    """A company whose rows are committed, with its cast."""
    organisation = Organisation(name="Northwind Works", model_allowed=True)
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        taxonomy = make_taxonomy()
        cast = make_cast(taxonomy, "")
        role = taxonomy.roles["senior-data-engineer"]
        path.build(cast.owner, role, timezone.now())
    return organisation, cast.owner, role


@pytest.fixture
def model(wire, httpserver, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("OPENAI_MODEL", "local-model")
    wire.requests = Looking()
    return Model(wire)


def do(organisation, name, **arguments):
    with context.organisation(organisation.id):
        run = enqueue(name, key=str(uuid4()), **arguments)
    running.run(str(run.id), str(organisation.id))
    with context.organisation(organisation.id):
        return JobRun.objects.get(pk=run.pk)


def word_path(works, model):
    organisation, owner, role = works
    with context.organisation(organisation.id):
        model.says(proposal(offer_to(owner, role, timezone.now().date())))
    return do(organisation, "learning.word_path", person=str(owner.id), role=str(role.id))


def test_a_path_is_asked_for_with_no_transaction_open(works, model):
    assert word_path(works, model).state == "done"
    assert model.wire.requests.open == [0, 0]


@pytest.mark.parametrize("job", ["learning.suggest", "learning.gap"])
def test_words_are_asked_for_with_no_transaction_open(job, works, model):
    organisation, owner, _role = works
    model.says({"roles": [], "skills": []})
    assert do(organisation, job, person=str(owner.id)).state == "done"
    assert model.wire.requests.open
    assert set(model.wire.requests.open) == {0}


def test_who_leaves_meanwhile_gets_no_draft(works, model):
    organisation, owner, _role = works

    def leave():
        with context.organisation(organisation.id):
            User.objects.filter(pk=owner.pk).update(state="left")

    model.wire.requests.then = leave
    run = word_path(works, model)
    assert run.state == "failed"
    with context.organisation(organisation.id):
        assert not PathDraft.objects.exists()


def test_models_switched_off_meanwhile_leave_no_draft(works, model):
    organisation, _owner, _role = works

    def switch_off():
        with context.organisation(organisation.id):
            Organisation.objects.filter(pk=organisation.pk).update(model_allowed=False)

    model.wire.requests.then = switch_off
    assert "switched off" in word_path(works, model).error
    with context.organisation(organisation.id):
        assert not PathDraft.objects.exists()
