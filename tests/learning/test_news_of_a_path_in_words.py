"""The path page says where a model's version stands: who has it until when, what became of it, and why."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from careerforge.assistant.models import Review
from careerforge.assistant.reviewing import Word, decide, lapse_overdue
from careerforge.gateway.models import Limit
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from learning.models import PathDraft
from learning.words import drafts, news
from tests.learning.model import do, node, proposal

REASON = "Too general for where you stand."


@pytest.fixture
def page(owner, signed_in, version):
    client = signed_in(owner)
    return lambda address="/": client.get(address).text


@pytest.fixture
def write(owner, senior, version):
    """Do the job for the owner's path, by the key under which it is found again."""

    def work():
        run = do("learning.word_path", person=str(owner.id), role=str(senior.id))
        JobRun.objects.filter(pk=run.pk).update(dedup_key=drafts.dedup_key(owner, senior))
        return run

    return work


@pytest.fixture
def waiting(model, offer, write):
    model.says(proposal(offer))
    write()
    return PathDraft.objects.get()


def decided(coach, *word, **more):
    assert decide(Review.objects.get().id, coach, Word(*word, **more), timezone.now()).done


def test_while_a_model_writes_it_says_since_when_and_where_to_look(model, owner, senior, page):
    drafts.ask(owner, senior, timezone.now())
    assert "A model has been asked for your path" in page()
    assert "See how far it is" in page()
    assert "Ask for it" not in page("/path/words/")


def test_what_waits_says_since_when_and_until_when(waiting, page):
    Review.objects.update(due_at=datetime(2026, 11, 25, 14, 5, tzinfo=timezone.get_current_timezone()))
    assert "until 25 Nov 2026, 14:05 at the latest" in page()
    assert "Your path by rules stays as it is." in page()


def test_a_deadline_at_midnight_is_the_end_of_the_day_before(waiting, page):
    Review.objects.update(due_at=datetime(2026, 11, 26, tzinfo=timezone.get_current_timezone()))
    assert "until the end of 25 Nov 2026 at the latest" in page()


@pytest.mark.parametrize(("verdict", "said"), [("approve", "approved"), ("edit", "changed and approved")])
def test_approved_it_offers_to_show_what_would_change(verdict, said, waiting, coach, page):
    decided(coach, verdict, text="Batch jobs come first.")
    found = page()
    assert f"Your coach {said} a model’s version on" in found
    assert "Show me what would change" in found
    assert 'href="/path/words/changes/"' in found


def test_rejected_it_says_why_in_the_coachs_words_and_not_who(waiting, coach, page):
    decided(coach, "reject", reason=REASON)
    found = page()
    assert "did not approve the model’s version, on" in found
    assert REASON in found
    assert "Ask again" in found
    assert str(coach) not in found
    assert coach.profile.coaching_handle not in found


def test_nobody_elses_page_has_the_reason(waiting, coach, teammate, signed_in, owner, senior):
    decided(coach, "reject", reason=REASON)
    assert REASON not in signed_in(teammate).get("/").text
    assert news.latest(teammate, senior, timezone.now()) is None


def test_lapsed_it_says_that_nobody_looked(waiting, page):
    lapse_overdue(Review.objects.get().due_at)
    assert "No coach looked at the model’s version by" in page()
    assert "Ask again" in page()


def test_what_is_decided_is_news_for_two_weeks(waiting, coach, owner, senior):
    decided(coach, "reject", reason=REASON)
    at = PathDraft.objects.get().ended_at
    assert news.latest(owner, senior, at + timedelta(days=14)) is not None
    assert news.latest(owner, senior, at + timedelta(days=14, seconds=1)) is None


def test_an_offer_does_not_go_away_by_itself(waiting, coach, owner, senior):
    decided(coach, "approve")
    assert news.latest(owner, senior, timezone.now() + timedelta(days=90)).kind == "offered"


def test_with_the_provider_down_it_says_so_and_offers_to_ask_again(model, write, page):
    model.fails(400)
    assert write().state == "failed"
    assert "No model could be reached." in page()
    assert "Ask again" in page()


@pytest.mark.parametrize("answer", ["I cannot say.", {"target_role": "Senior data engineer"}])
def test_an_answer_in_the_wrong_shape_is_told_as_that(model, write, page, answer):
    model.says(answer)
    assert write().state == "failed"
    assert "The model’s answer could not be used." in page()
    assert "No model could be reached." not in page()


def test_an_outage_after_an_unusable_answer_is_no_unusable_answer(model, write, page):
    model.says("I cannot say.")
    write()
    model.wire.answers.clear()
    model.fails(400)
    write()
    assert "No model could be reached." in page()


def test_an_answer_that_broke_the_checks_is_told_as_that(model, offer, write, page):
    model.says(proposal(offer, *[node(step) | {"estimated_hours": 400} for step in offer.steps]))
    write()
    assert "not so that every check was passed" in page()


def test_a_limit_reached_on_the_way_is_told_with_the_time_of_the_next_slot(model, offer, write, page, owner):
    Limit.objects.create(scope="person", calls=1)
    model.says(proposal(offer, *[node(step) | {"estimated_hours": 400} for step in offer.steps]))
    write()
    found = page()
    assert "as many questions as one person may in an hour" in found
    assert "There is room again from" in found
    assert len(model.sent) == 1


def test_a_good_draft_after_a_failure_is_the_news(model, offer, write, page):
    model.fails(400)
    write()
    model.wire.answers.clear()
    model.says(proposal(offer))
    write()
    assert "No model could be reached." not in page()
    assert "waits for your coach" in page()


def test_asked_twice_at_once_it_is_one_job(model, owner, senior):
    first, second = (drafts.ask(owner, senior, timezone.now()) for _ in range(2))
    assert first.pk == second.pk
    assert enqueue("learning.word_path", key=f"{owner.id}:{senior.id}").pk == first.pk
