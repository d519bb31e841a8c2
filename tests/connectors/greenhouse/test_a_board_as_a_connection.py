"""A board as a connection: openings become documents with facts, and go when they are no longer listed."""

import json

import pytest

from careerforge.knowledge.documents.facts import from_json
from careerforge.knowledge.models import Document
from connectors import connecting
from connectors.kinds import fetching
from connectors.syncing import sources
from connectors.wishes import Wish
from tests.cast import make_person
from tests.connectors.connections.site import numbers, synchronise
from tests.connectors.greenhouse.test_greenhouse_boards import ADDRESS, EXAMPLE
from tests.connectors.web import certificates


@pytest.fixture
def connection(company, web, monkeypatch):
    monkeypatch.setattr(sources, "client", lambda timeout_s=5.0: web.net.client(certificates()[1]))
    monkeypatch.setattr(fetching, "rest", web.rests.append)
    web.page(ADDRESS, EXAMPLE, "application/json")
    person = make_person("platform", "Ada Platform", "admin-platform")
    return connecting.save(person, Wish(name="Anvil", kind="greenhouse", location="anvilworks"), None)


def test_openings_come_stay_and_go(connection, web):
    assert numbers(synchronise(connection)) == (2, 0, 0, 0, 0)
    opening = Document.objects.get(external_id="7410022004")
    facts = from_json(opening.current_version.facts)
    assert (opening.kind, facts.company, facts.salary_min) == ("posting", "Anvil Works", 5_500_000)
    assert numbers(synchronise(connection)) == (0, 0, 2, 0, 0)
    document = json.loads(EXAMPLE)
    del document["jobs"][1]
    web.page(ADDRESS, document | {"meta": {"total": 1}})
    assert numbers(synchronise(connection)) == (0, 0, 1, 0, 1)
