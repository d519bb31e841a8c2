"""Private by construction: one member for good, sealed, in no list, queue or trail, and gone when deleted."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404

from careerforge.assistant import feedback
from careerforge.assistant.models import Feedback
from careerforge.gateway.models import ModelCall, SentText
from careerforge.governance.models import AuditEvent
from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.people import rooms
from careerforge.people.models import Room, RoomMembership
from careerforge.vault.sealing import Unreadable
from coaching.chat import conversations
from coaching.chat.generation import State
from coaching.models import Conversation, Delta, Generation, Message
from tests.coaching.chat.conftest import QUESTION, TRUE, later, private, write
from tests.coaching.conftest import NOW, SENTENCE

SECRET = "Zeppelinquaste"


@pytest.fixture
def told(ask, senior):
    """A conversation with a word that stands nowhere else."""
    answer = ask(f"{QUESTION} {SECRET}")
    return answer.generation.message.conversation


def test_the_private_room_is_another_than_the_coaching_room(told, senior, coach):
    shared = rooms.open_for(senior)
    rooms.admit(shared, coach, by=senior)
    assert told.room != shared
    assert told.room.kind == Room.Kind.PRIVATE
    assert rooms.key_for(shared, coach)
    with pytest.raises(Http404):
        rooms.key_for(told.room, coach)


def test_nobody_is_let_in(told, senior, coach):
    with pytest.raises(rooms.Private):
        rooms.admit(told.room, coach, by=senior)


def test_postgresql_lets_nobody_in_either(told, senior, coach):
    mine = RoomMembership.objects.get(room=told.room)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomMembership.objects.create(room=told.room, user=coach, wrapped_key=b"x")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomMembership.objects.filter(pk=mine.pk).update(user=coach)
    with pytest.raises(IntegrityError), transaction.atomic():
        Room.objects.filter(pk=told.room_id).update(kind=Room.Kind.COACHING)


def test_the_key_of_the_coaching_room_opens_nothing_of_it(told, senior):
    shared = rooms.open_for(senior)
    key = rooms.key_for(shared, senior)
    with pytest.raises(Unreadable):
        conversations.title_of(told, key)


def test_nothing_of_it_stands_in_the_database_in_clear(told):
    held = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            held += [row for (row,) in cursor.fetchall() if SECRET in row or SECRET.encode().hex() in row]
    assert not held


def test_nobody_else_reads_it_by_any_door(told, teammate, coach, manager, admin_hr, admin_platform):
    for stranger in (teammate, coach, manager, admin_hr, admin_platform):
        with pytest.raises(Http404):
            conversations.of(stranger, told.pk)
        with pytest.raises(Http404):
            conversations.message_of(stranger, told.messages.get().pk)
        assert feedback.look(stranger, "chat", told.messages.get().pk) is None


def test_it_leaves_no_trail_that_anybody_could_follow(told):
    assert not AuditEvent.objects.filter(act__startswith="chat").exists()
    assert not AuditEvent.objects.filter(object_kind__contains="conversation").exists()


def test_no_administration_page_shows_any_of_it():
    from django.contrib import admin

    assert not {Conversation, Message, Generation, Delta, Room} & set(admin.site._registry)


def test_a_deleted_conversation_is_nowhere_and_can_be_brought_back_for_14_days(told, senior):
    _room, key = private(senior)
    conversations.throw_away(told, NOW)
    with pytest.raises(Http404):
        conversations.of(senior, told.pk)
    assert conversations.listed(senior, key) == ([], False)
    (entry,) = conversations.thrown_away(senior, key)
    assert entry.gone_on == NOW + timedelta(days=14)
    conversations.bring_back(conversations.of(senior, told.pk, trashed=True))
    assert conversations.of(senior, told.pk) == told


def sent(subject, about=None, at=0, function="coaching_chat"):
    call = ModelCall.objects.create(
        function=function, provider="x", model_asked="x", prompt_version="x", started_at=NOW,
        latency_ms=1, outcome="ok",
    )  # fmt: skip
    return SentText.objects.create(
        call=call, subject=subject, about=about, sealed_text=b"x", digest="x", sent_at=later(at)()
    )


def test_after_14_days_it_is_gone_with_all_that_belongs_to_it(told, senior):
    message = told.messages.get()
    sent(senior, told.pk)
    feedback.record(senior, "chat", message.pk, "up", ["clear"], NOW, comment="Good.")
    conversations.throw_away(told, NOW)
    assert conversations.empty_trash(NOW + timedelta(days=13, hours=23)) == 0
    assert conversations.empty_trash(NOW + timedelta(days=14)) == 1
    for model in (Conversation, Message, Generation, Delta, SentText, Feedback):
        assert not model.objects.exists(), model
    # What it cost stays in the ledger, without a word.
    assert ModelCall.objects.exists()


def test_its_texts_go_along_also_of_attempts_without_an_answer_and_no_others(told, ask, senior):
    another = ask("What is my next step?").generation.message.conversation
    _answered, _cut = sent(senior, told.pk), sent(senior, told.pk)
    kept = {sent(senior, another.pk), sent(senior, function="learning_path")}
    conversations.throw_away(told, NOW)
    assert conversations.empty_trash(NOW + timedelta(days=14)) == 1
    assert set(SentText.objects.all()) == kept


def test_texts_from_before_they_said_what_they_belong_to_go_along_too(told, ask, senior, teammate):
    another = ask("What is my next step?").generation
    answered, _cut = sent(senior, at=600), sent(senior, at=1)
    Generation.objects.filter(message__conversation=told).update(call=answered.call_id)
    of_another = sent(senior, at=1)
    Generation.objects.filter(pk=another.pk).update(call=of_another.call_id)
    kept = {of_another, sent(senior, at=-1), sent(senior, at=600), sent(teammate, at=1)}
    kept.add(sent(senior, at=1, function="coaching_advice"))
    conversations.throw_away(told, NOW)
    assert conversations.empty_trash(NOW + timedelta(days=14)) == 1
    assert set(SentText.objects.all()) == kept


def test_what_nobody_goes_on_with_for_a_year_is_gone(told):
    assert conversations.empty_trash(NOW + timedelta(days=364)) == 0
    assert conversations.empty_trash(NOW + timedelta(days=366)) == 1


def test_deleting_ends_what_is_being_written(store, senior):
    message = store()
    assert conversations.throw_away(message.conversation, NOW) == [message.generation.pk]
    write(message)
    assert not Delta.objects.exists()
    assert Generation.objects.get().state == State.STOPPED


def test_a_quoted_document_that_is_closed_later_is_withheld(ask, shown, library):
    answer = ask("Why does batch orchestration come before stream processing?")
    whole = len(answer.sentences)
    library["ladder"].collection.audience = "coaches"
    library["ladder"].collection.save(update_fields=["audience"])
    left = shown(answer.generation.message)
    assert left.withheld
    assert len(left.sentences) == whole - left.withheld
    assert "streams are batches" not in str(left.told)


def test_a_thumb_keeps_neither_the_question_nor_the_words_in_clear(told, senior):
    message = told.messages.get()
    feedback.record(senior, "chat", message.pk, "down", ["wrong"], later(3)(), comment=f"{SECRET} is wrong")
    row = Feedback.objects.get()
    assert row.question_hash == ""
    assert row.room == told.room
    assert SECRET.encode() not in bytes(row.sealed_comment)
    assert SECRET not in json.dumps(row.reasons)


def _held(document):
    DocumentVersion.objects.filter(document=document).update(state=DocumentVersion.State.HELD)


def _removed(document):
    Document.objects.filter(pk=document.pk).update(gone_at=NOW)


@pytest.mark.parametrize("change", [_held, _removed])
def test_what_is_held_or_removed_later_is_withheld_from_every_turn_at_once(ask, shown, library, change):
    first = ask("Why does batch orchestration come before stream processing?")
    message = first.generation.message
    assert SENTENCE in str(first.sentences)
    ask("and why?", message.conversation)
    change(library["ladder"])
    left = [shown(one) for one in message.conversation.messages.all()]
    assert [bool(one.withheld) for one in left] == [True, True]
    assert SENTENCE not in str([one.told for one in left])
    assert "withheld" in left[0].withheld_words


def test_a_model_is_told_nothing_of_an_earlier_turn_that_is_withheld(model, ask, library):
    first = ask("Why does batch orchestration come before stream processing?")
    _removed(library["ladder"])
    prompts = model([TRUE])
    ask("And which skill should I build first?", first.generation.message.conversation)
    assert SENTENCE not in f"{prompts[0].context} {prompts[0].question}"
