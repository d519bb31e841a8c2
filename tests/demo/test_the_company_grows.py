import random
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from careerforge.demo import growth
from careerforge.demo.growth import documents, names, traces
from careerforge.demo.problem import Refused
from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Document
from careerforge.people.access import why_not_coach
from careerforge.people.models import Assignment, SkillClaim, User
from careerforge.tenancy.models import Organisation
from learning.models import Readiness
from tests.demo.conftest import NOW


@pytest.fixture(scope="module")
def larger(loaded, django_db_blocker):
    """The company with 260 people, for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(documents, "WANTED", 100)
        patch.setattr(traces, "EVENTS", 300)
        patch.setattr(traces, "RUNS", 30)
        growth.grow(260, 1, NOW, lambda line: None)
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture
def grown(larger, tarnvale):
    return tarnvale


def test_to_the_number_of_people_asked_for(grown):
    assert User.objects.filter(state="active").count() == 260


def test_everybody_has_a_coach_from_outside_of_their_line(grown):
    new = Assignment.objects.select_related("coach", "employee").order_by("-pk")[:40]
    assert {why_not_coach(one.coach, one.employee, NOW.date()) for one in new} == {""}
    coached = Assignment.objects.on(NOW.date()).values("employee").distinct().count()
    assert coached == User.objects.filter(grants__kind="employee").count()


def test_the_data_coach_gets_about_sixty_people(grown):
    assert 40 <= Assignment.objects.on(NOW.date()).filter(coach__username="coach-data-ml").count() <= 60


def test_with_claims_readiness_documents_events_and_runs(grown):
    assert SkillClaim.objects.count() > 260 * 5
    assert Readiness.objects.filter(day=NOW.date()).count() > 150
    assert Document.objects.count() > 90
    assert AuditEvent.objects.count() == 300
    assert JobRun.objects.count() == 30


def test_growing_again_adds_nothing(grown):
    said = StringIO()
    call_command("grow_company", people=200, stdout=said)
    assert "already" in said.getvalue()
    assert User.objects.filter(state="active").count() == 260


def test_the_same_seed_draws_the_same_people():
    first, again = (names.draw(random.Random(7), 30_001) for _ in range(2))
    people = [next(first) for _ in range(6000)]
    assert people[:50] == [next(again) for _ in range(50)]
    assert len({one.email for one in people}) == len({one.employee_number for one in people}) == 6000


def test_without_a_demo_company_it_says_so(db):
    if not Organisation.objects.filter(is_demo=True).exists():
        with pytest.raises(Refused, match="no demo company"):
            growth.grow(100, 1, NOW, print)
