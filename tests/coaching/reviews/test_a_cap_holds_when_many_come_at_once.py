"""However many drafts come, and however many are taken over at the same moment, no reviewer gets too many."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from careerforge.assistant import reviewing
from careerforge.assistant.models import Review, ReviewSetting
from careerforge.assistant.reviewing import targets
from careerforge.assistant.reviewing.assigning import assign
from careerforge.people import rooms
from careerforge.people.models import Assignment
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from tests.cast import make_cast
from tests.coaching.reviews.conftest import NOW, PAPER, Paper
from tests.taxonomy import make_taxonomy

pytestmark = pytest.mark.django_db(transaction=True)
MANY, MOST = 10, 3


@pytest.fixture
def committed(transactional_db, monkeypatch):
    """A company with a cap, and two coaches for one person, who are in the person's room."""
    monkeypatch.setitem(targets._targets, PAPER, Paper())
    organisation = Organisation(name="Northwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        cast = make_cast(make_taxonomy(), "")
        ReviewSetting.objects.create(most_open=MOST)
        Assignment.objects.create(
            coach=cast.other_coach, employee=cast.owner, starts_on=NOW.date(), cover=True
        )
        room = rooms.open_for(cast.owner)
        for coach in (cast.coach, cast.other_coach):
            rooms.admit(room, coach, by=cast.owner)
    return organisation.id, cast


def at_once(organisation, act):
    ready = Barrier(MANY, timeout=60)

    def one(n):
        try:
            with context.organisation(organisation):
                ready.wait()
                return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def waiting(organisation, coach):
    with context.organisation(organisation):
        return Review.objects.open().filter(assigned_to=coach).count()


def test_many_drafts_at_once_fill_every_list_and_none_beyond_the_cap(committed):
    organisation, cast = committed

    def submits(_n):
        return reviewing.submit("policy", cast.owner, PAPER, uuid4(), (), None, NOW)

    found = at_once(organisation, submits)
    assert sum(one is not None for one in found) == 2 * MOST
    assert [waiting(organisation, coach) for coach in (cast.coach, cast.other_coach)] == [MOST, MOST]


def test_many_that_are_taken_over_at_once_stop_at_the_cap(committed):
    organisation, cast = committed
    with context.organisation(organisation):
        ReviewSetting.objects.update(most_open=MANY)
        Assignment.objects.filter(coach=cast.other_coach).update(starts_on=NOW.date().replace(month=12))
        put = [reviewing.submit("policy", cast.owner, PAPER, uuid4(), (), None, NOW) for _n in range(MANY)]
        Assignment.objects.filter(coach=cast.other_coach).update(starts_on=NOW.date())
        ReviewSetting.objects.update(most_open=MOST)
    found = at_once(organisation, lambda n: assign([put[n].pk], cast.other_coach, NOW))
    assert sum(one.taken for one in found) == MOST
    assert waiting(organisation, cast.other_coach) == MOST
