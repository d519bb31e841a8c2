"""Real transactions in real threads: what two requests at once leave behind."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from careerforge.people.models import SkillClaim
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from learning.models import PathVersion, Step
from learning.paths import path, progress
from tests.cast import make_cast
from tests.learning.conftest import NOW
from tests.taxonomy import make_taxonomy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def works():
    """A company whose rows are committed, with its cast."""
    organisation = Organisation(name="Northwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        taxonomy = make_taxonomy()
        cast = make_cast(taxonomy, "")
    return organisation, cast.owner, taxonomy.roles["senior-data-engineer"]


def at_once(organisation, act, times=4):
    """Do the same in several transactions that begin together."""
    together = Barrier(times)

    def once(_):
        try:
            together.wait(timeout=10)
            with context.organisation(organisation.id):
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(once, range(times)))


def test_a_path_built_by_several_at_once_has_one_version(works):
    organisation, owner, role = works
    made = at_once(organisation, lambda: path.build(owner, role, NOW).pk)
    with context.organisation(organisation.id):
        assert set(made) == {PathVersion.objects.get().pk}


def test_a_step_finished_by_several_clicks_at_once_is_one_claim(works):
    organisation, owner, role = works
    with context.organisation(organisation.id):
        path.build(owner, role, NOW)
        step = Step.objects.get(key="skill:python:4")
    done = at_once(organisation, lambda: progress.finish(owner, Step.objects.get(pk=step.pk), NOW).changed)
    with context.organisation(organisation.id):
        assert sorted(done) == [False, False, False, True]
        assert SkillClaim.objects.filter(user=owner, skill__slug="python", level=4).count() == 1
