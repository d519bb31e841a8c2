"""A double click, a resubmit, a second tab, a killed process: one message, one answer (cases 80, 83)."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction

from careerforge.gateway.models import Limit, Spend
from careerforge.gateway.models.limits import Scope
from careerforge.people import rooms
from careerforge.tenancy import context
from coaching.chat import asking, conversations, limits
from coaching.chat import generation as life
from coaching.chat.generation import State
from coaching.chat.limits import TooMuch
from coaching.chat.pieces import Kind, Piece
from coaching.chat.reading import thread
from coaching.chat.writing import Made
from coaching.models import Conversation, Delta, Generation, Message
from tests.coaching.chat.conftest import QUESTION, QUOTED, TRUE, later, private, write
from tests.coaching.conftest import NOW


def test_the_same_form_sent_twice_is_one_message_one_call_and_one_charge(model, store, shown):
    sent, key = model([TRUE, " ", QUOTED]), uuid4()
    first = store(key=key)
    write(first)
    again = store(key=key)
    write(again)
    assert again == first
    assert len(sent) == 1
    assert Message.objects.count() == Conversation.objects.count() == 1
    assert shown(first).state == State.DONE


def test_another_question_in_the_same_form_is_another_message(store):
    key = uuid4()
    first = store(key=key)
    write(first)
    assert store("What is my next step?", key=key) != first


def test_while_an_answer_is_written_the_next_question_waits_and_is_not_stored(store, senior):
    store()
    refused = asking.ask(senior, "And then?", uuid4(), NOW)
    assert isinstance(refused, TooMuch)
    assert refused.status == 409
    assert Message.objects.count() == 1


def test_postgresql_itself_allows_one_answer_in_the_making(store, senior):
    message = store()
    other = Message.objects.create(
        conversation=message.conversation, place=2, form_hash="x", sealed_question=b"", asked_at=NOW
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Generation.objects.create(message=other, owner=senior, lease_until=NOW)


def test_what_a_killed_process_left_is_incomplete_when_its_lease_ends(store, shown, senior):
    message = store()
    room, key = private(senior)
    assert life.take_up(message.generation, room, key, NOW)
    assert shown(message, at=10).is_open
    assert shown(message, at=16).state == State.INCOMPLETE
    # Nothing hangs: the next question is taken, and the first can be asked again.
    later_on = NOW + timedelta(seconds=16)
    assert asking.again(senior, message, later_on) is None
    write(message)
    assert shown(message).state == State.DONE


def test_a_queued_answer_that_nobody_takes_up_is_incomplete_after_a_minute(store, shown):
    message = store()
    assert shown(message, at=59).is_open
    assert shown(message, at=61).state == State.INCOMPLETE


def test_a_sign_of_life_keeps_the_lease(store, shown, senior):
    message = store()
    room, key = private(senior)
    life.take_up(message.generation, room, key, NOW)
    assert life.renew(message.generation.pk, 1, NOW + timedelta(seconds=10))
    assert shown(message, at=20).is_open


def test_a_sign_of_life_of_an_earlier_attempt_keeps_no_lease_of_a_later_one(store, shown, senior):
    message = store()
    room, key = private(senior)
    first = life.take_up(message.generation, room, key, NOW)
    asking.stop(message, NOW)
    asking.again(senior, message, NOW)
    second = life.take_up(Generation.objects.get(), room, key, NOW)
    assert not life.renew(first.generation, first.attempt, NOW + timedelta(seconds=10))
    assert shown(message, at=20).state == State.INCOMPLETE
    assert life.renew(second.generation, second.attempt, NOW + timedelta(seconds=10))
    assert shown(message, at=20).is_open


def test_a_writer_whose_answer_was_asked_again_writes_no_more(store, senior):
    message = store()
    room, key = private(senior)
    pen = life.take_up(message.generation, room, key, NOW)
    asking.stop(message, NOW)
    asking.again(senior, message, NOW + timedelta(seconds=1))
    assert not pen.add(Piece(Kind.NOTE, "late"), NOW)
    assert not pen.end(State.DONE, Made(), NOW)
    assert not Delta.objects.exists()


def test_two_writers_of_one_answer_write_it_once(store, shown):
    message = store()
    write(message)
    count = Delta.objects.count()
    write(message)
    assert Delta.objects.count() == count


def test_each_night_what_was_left_is_written_down(store, senior):
    store()
    assert life.close_lost(NOW + timedelta(seconds=59)) == 0
    assert life.close_lost(NOW + timedelta(seconds=60)) == 1
    assert Generation.objects.get().state == State.INCOMPLETE


def test_the_limit_of_the_hour_keeps_out_who_wants_a_model_alone_and_says_when(model, senior):
    sent = model([TRUE])
    Limit.objects.create(scope=Scope.PERSON, calls=0)
    refused = asking.ask(senior, QUESTION, uuid4(), NOW, only_by_model=True)
    assert isinstance(refused, TooMuch)
    assert refused.status == 429
    assert refused.until == NOW + timedelta(hours=1)
    assert "You can ask again at" in str(refused)
    assert not sent
    assert not Message.objects.exists()


def test_the_limit_counts_what_was_spent_this_hour_and_not_before(model, senior):
    model([TRUE])
    Limit.objects.create(scope=Scope.PERSON, calls=1)
    spent = {"scope": Scope.PERSON, "holder": senior.pk, "calls": 1, "tokens": 9, "micros": 0}
    most = {"most_calls": 1, "most_tokens": 9**9, "most_micros": 9**9}
    Spend.objects.create(**spent, **most, starts_at=NOW - timedelta(hours=1))
    assert limits.reached(senior, NOW) is None
    Spend.objects.create(**spent, **most, starts_at=NOW)
    assert limits.reached(senior, NOW)


def test_a_form_whose_conversation_was_thrown_away_is_asked_anew_and_once(store):
    key = uuid4()
    first = store(key=key)
    conversations.throw_away(first.conversation, NOW)
    second = store(key=key)
    assert second != first
    assert store(key=key) == second


def test_a_click_that_comes_while_the_first_one_is_stored_is_not_refused(store, senior, monkeypatch):
    key = uuid4()
    first = store(key=key)
    seen = iter([None, first])
    monkeypatch.setattr(asking, "_earlier", lambda _digest: next(seen))
    assert asking.ask(senior, QUESTION, key, NOW).message == first


def test_nothing_stands_before_help(model, senior, store):
    sent = model([TRUE])
    under_way = store().generation
    Limit.objects.create(scope=Scope.PERSON, calls=0)
    stored = asking.ask(senior, "I want to kill myself", uuid4(), NOW)
    assert isinstance(stored, asking.Stored)
    under_way.refresh_from_db()
    assert under_way.state == State.STOPPED
    write(stored.message)
    assert Generation.objects.get(message=stored.message).state == State.DONE
    assert not sent


def test_a_limit_of_model_calls_does_not_stop_the_rules(ask):
    Limit.objects.create(scope=Scope.PERSON, calls=0)
    assert ask().sentences


def test_a_thousand_messages_are_read_a_page_at_a_time(store, senior, django_assert_max_num_queries):
    first = store()
    write(first)
    conversation = first.conversation
    room, key = private(senior)
    rows = [
        Message(conversation=conversation, place=n, form_hash=str(n), asked_at=NOW) for n in range(2, 1001)
    ]
    for row in rows:
        row.sealed_question = rooms.seal_text(room, key, row.id, "question", f"Question {row.place}")
    Message.objects.bulk_create(rows)
    Generation.objects.bulk_create(
        Generation(message=row, owner=senior, state=State.DONE, lease_until=NOW) for row in rows
    )
    with django_assert_max_num_queries(5):
        newest = thread(conversation, key, senior, later(2)())
    assert [one.question for one in newest.messages][-1] == "Question 1000"
    assert len(newest.messages) == 20
    before = thread(conversation, key, senior, later(2)(), newest.earlier)
    assert before.messages[-1].place == newest.messages[0].place - 1
    assert thread(conversation, key, senior, later(2)(), 5).earlier is None


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_message(company_that_is_committed):
    organisation, owner = company_that_is_committed
    barrier, key, found = Barrier(2, timeout=10), uuid4(), []

    def click() -> None:
        try:
            with context.organisation(organisation):
                barrier.wait()
                found.append(asking.ask(owner, QUESTION, key, NOW))
        finally:
            connections.close_all()

    threads = [Thread(target=click) for _n in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    with context.organisation(organisation):
        assert Message.objects.count() == 1
    assert len({one.message.pk for one in found}) == 1
