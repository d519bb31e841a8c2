from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404

from careerforge.governance.models import AuditEvent
from careerforge.people import rooms
from careerforge.people.models import RoomMembership
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from coaching.advising import advice
from coaching.models import Advice
from tests.cast import make_cast
from tests.coaching.conftest import NOW
from tests.taxonomy import make_taxonomy

CANARY = "Should the wombat protocol come before batch orchestration?"


def everything() -> str:
    """Every row of every table as text, as the person at the database would see it."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_the_same_form_sent_twice_is_one_advice(coach, senior):
    key = uuid4()
    first, second = (advice.ask(coach, senior, CANARY, key, NOW) for _ in range(2))
    assert first.id == second.id
    assert first.answer == second.answer
    assert Advice.objects.count() == 1


def test_another_form_is_another_advice(coach, senior):
    assert (
        advice.ask(coach, senior, CANARY, uuid4(), NOW).id
        != advice.ask(coach, senior, CANARY, uuid4(), NOW).id
    )


def test_a_double_click_on_the_page_is_one_advice(coach, senior, page_of, signed_in):
    client, form = signed_in(coach), {"question": CANARY, "form_key": str(uuid4())}
    first, second = (client.post(page_of(senior), form) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Advice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_advice(transactional_db):
    organisation = Organisation(name="Northwind Works")
    with context.organisation(organisation.id):
        organisation.save(force_insert=True)
        cast = make_cast(make_taxonomy(), "")
    key = uuid4()

    def click(_: int) -> object:
        try:
            with context.organisation(organisation.id):
                return advice.ask(cast.coach, cast.owner, CANARY, key, NOW).id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        ids = set(threads.map(click, range(2)))
    assert len(ids) == 1


def test_question_and_answer_stand_nowhere_in_clear(coach, senior, library):
    opened = advice.ask(coach, senior, CANARY, uuid4(), NOW)
    assert opened.question == CANARY
    text = everything()
    assert "wombat" not in text
    assert all(sentence.text not in text for sentence in opened.answer.sentences if "Build" in sentence.text)


def test_who_is_not_in_the_room_cannot_open_it(coach, senior, other_coach, admin_hr):
    advice.ask(coach, senior, CANARY, uuid4(), NOW)
    room = rooms.open_for(senior)
    for stranger in (other_coach, admin_hr):
        with pytest.raises(Http404):
            rooms.key_for(room, stranger)
        assert advice.earlier(stranger, senior) == []


def test_a_coach_who_has_left_the_room_sees_nothing_more(coach, senior):
    advice.ask(coach, senior, CANARY, uuid4(), NOW)
    rooms.expel(rooms.open_for(senior), coach, NOW)
    assert RoomMembership.objects.filter(user=coach, left_at__isnull=True).count() == 0
    assert advice.earlier(coach, senior) == []


def test_asking_is_one_audit_row_without_the_question(coach, senior):
    opened = advice.ask(coach, senior, CANARY, uuid4(), NOW)
    event = AuditEvent.objects.get(act="advice.asked")
    assert (event.actor, event.subject, event.object_id) == (coach.id, senior.id, str(opened.id))
    assert "wombat" not in str(event.detail)
