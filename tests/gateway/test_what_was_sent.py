"""What left in a call is there to the letter, for whom it concerns and nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from careerforge.gateway import offers, sent, tidying
from careerforge.gateway.budget import Asker
from careerforge.gateway.clock import Clock
from careerforge.gateway.models import ModelCall, SentText
from careerforge.gateway.prompt import Completion
from careerforge.gateway.road import Road
from careerforge.people.models import PersonKey, User
from careerforge.vault.sealing import Unreadable
from tests.gateway.wire import GOOD, QUESTION, Wire, prompt

NOW = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
VALUES = {"question": QUESTION, "skills": [{"name": "SQL", "level": 2}]}


@pytest.fixture
def ask(company, wire: Wire):
    offers.fill()
    environ = {"ANTHROPIC_API_KEY": "key", "ANTHROPIC_BASE_URL": wire.server.url_for("")}

    def asked(subject: User | None = None, **changes) -> Completion | None:
        road = Road(Asker(uuid4()), True, environ, clock=Clock(now=lambda: NOW), subject=subject)
        answer = road.ask(prompt(**changes))
        assert answer is None or isinstance(answer, Completion)
        return answer

    return asked


def test_the_exact_text_and_the_answer_are_there_for_the_person(ask, wire, owner):
    wire.message(GOOD)
    answer = ask(owner, system=("Shared.", "Own."), values=VALUES)
    row = SentText.objects.get()
    assert (row.call_id, row.subject) == (answer.call_id, owner)
    text = sent.open_text(row)
    assert (text.system, text.context, text.question) == ("Shared.\n\nOwn.", "Some data.", QUESTION)
    assert (text.answer, text.values) == (GOOD, VALUES)
    left = [block["text"] for block in wire.sent["system"]]
    assert text.system == "\n\n".join(left)


def test_it_is_sealed_for_that_person_alone_and_goes_with_their_key(ask, wire, owner, teammate):
    wire.message(GOOD)
    ask(owner)
    row = SentText.objects.get()
    assert QUESTION.encode() not in bytes(row.sealed_text)
    row.subject = teammate
    with pytest.raises(Unreadable):
        sent.open_text(row)
    PersonKey.objects.filter(user=owner).delete()
    with pytest.raises(PersonKey.DoesNotExist):
        sent.open_text(SentText.objects.get())


def test_what_concerns_nobody_is_sealed_for_the_company(ask, wire):
    wire.message(GOOD)
    ask()
    row = SentText.objects.get()
    assert row.subject is None
    assert QUESTION.encode() not in bytes(row.sealed_text)
    assert sent.open_text(row).question == QUESTION


@pytest.mark.parametrize("status", [401, 402, 404])
def test_what_left_is_there_when_nobody_answered_too(ask, wire, owner, status):
    wire.fails(status)
    assert ask(owner) is None
    assert sent.open_text(SentText.objects.get()).answer == ""


def test_an_answer_that_was_asked_for_twice_was_sent_twice(ask, wire, owner):
    wire.message("Not JSON").message(GOOD)
    assert ask(owner)
    first, second = (sent.open_text(row) for row in SentText.objects.order_by("call__latency_ms"))
    assert {first.answer, second.answer} == {"Not JSON", GOOD}
    assert ModelCall.objects.count() == 2


def test_a_prompt_that_is_made_again_has_the_same_digest_and_a_different_one_has_not(ask, wire):
    wire.message(GOOD)
    ask()
    kept = SentText.objects.get().digest
    assert kept == sent.digest(prompt())
    assert kept != sent.digest(prompt(question="Another?"))
    assert kept != sent.digest(replace(prompt(), context="Some data. "))


def test_it_is_removed_after_two_years(ask, wire, owner):
    wire.message(GOOD)
    ask(owner)
    tidying.prune(NOW + sent.KEPT_FOR)
    assert SentText.objects.exists()
    tidying.prune(NOW + sent.KEPT_FOR + timedelta(seconds=1))
    assert not SentText.objects.exists()
    assert ModelCall.objects.exists()
