"""The list of language models: what changes who answers waits until the golden set has passed."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.assistant import golden
from careerforge.assistant.models import GoldenRun, ModelChange
from careerforge.gateway import offers
from careerforge.gateway.models import Offer
from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run as work
from careerforge.people.models import User
from tests.assistant import answering as answers
from tests.assistant import test_the_golden_gate as gates
from tests.assistant.test_the_golden_gate import Marked

marked, right, wrong, version = gates.marked, gates.right, gates.wrong, gates.version
model, low_bar = gates.model, gates.low_bar
__all__ = ["low_bar", "marked", "model", "right", "version", "wrong"]
LIST, WAITING = "/admin/gateway/offer/", "/admin/gateway/offer/waiting/"
SignIn = Callable[[User], Client]


@pytest.fixture
def browser(admin_platform: User, signed_in: SignIn) -> Client:
    offers.fill()
    return signed_in(admin_platform)


@pytest.fixture
def row(browser: Client) -> Offer:
    return Offer.objects.get(provider="anthropic", strength="simple")


@pytest.fixture
def one_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only advice is asked, so that a test writes its answers alone."""
    kept = answers.asking._answerers[answers.FUNCTION]
    monkeypatch.setattr(answers.asking, "_answerers", {answers.FUNCTION: kept})


def values(row: Offer, **changes: Any) -> dict[str, Any]:
    names = (
        "provider model strength place timeout_s thinking data_region input_price output_price "
        "cache_read_price cache_write_price"
    )
    return {name: getattr(row, name) for name in names.split()} | {"is_on": "on"} | changes


def words(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def save(browser: Client, row: Offer, **changes: Any) -> Any:
    return browser.post(f"{LIST}{row.pk}/change/", values(row, **changes), follow=True)


def ask_the_set() -> None:
    job = JobRun.objects.get(job="assistant.ask_golden", state="queued")
    work(str(job.pk), str(job.organisation_id))


def says(said: golden.Answered, tried: golden.Answered) -> Any:
    """Answers by whether another model is tried out."""

    def by_model(asked: golden.Asked) -> golden.Answered:
        offered = answers.standing.read("coaching_advice", "simple").offers
        return tried if offered[0].model == "claude-opus-4-6" else said

    return answers.answering(by_model)


def test_with_an_empty_set_it_goes_live_at_once_and_says_so(browser: Client, row: Offer) -> None:
    told = words(save(browser, row, model="claude-opus-4-6"))
    row.refresh_from_db()
    assert row.model == "claude-opus-4-6"
    assert "There is no golden question yet" in told
    assert not ModelChange.objects.exists()


@pytest.mark.usefixtures("low_bar", "one_function")
def test_below_the_bar_it_is_refused_and_the_list_stays(
    browser: Client, row: Offer, marked: Marked, right: golden.Answered, wrong: golden.Answered
) -> None:
    marked(), marked("And what else?")
    told = words(save(browser, row, model="claude-opus-4-6"))
    assert "This changes who answers, so it waits" in told
    assert "model claude-haiku-4-5 claude-opus-4-6" in told
    assert "Not asked yet" in told
    assert browser.post(f"{WAITING}live/").status_code == 409
    with says(right, wrong):
        browser.post(f"{WAITING}ask/")
        ask_the_set()
        told = words(browser.get(WAITING))
        assert "Below the bar" in told
        assert "Coaching advice: 0% of the answers are right" in told
        assert browser.post(f"{WAITING}live/", {"reason": "I want it all the same."}).status_code == 409
    row.refresh_from_db()
    assert row.model == "claude-haiku-4-5"
    browser.post(f"{WAITING}drop/")
    assert ModelChange.objects.get().state == "dropped"
    assert not AuditEvent.objects.filter(act="offer.made_live").exists()


@pytest.mark.usefixtures("low_bar", "one_function")
def test_above_the_bar_it_goes_live(
    browser: Client, row: Offer, marked: Marked, right: golden.Answered, wrong: golden.Answered
) -> None:
    marked(), marked("And what else?")
    save(browser, row, model="claude-opus-4-6")
    with says(wrong, right):
        browser.post(f"{WAITING}ask/")
        ask_the_set()
        assert GoldenRun.objects.get().model == "anthropic:claude-opus-4-6"
        assert "Reaches the bar" in words(browser.get(WAITING))
        told = words(browser.post(f"{WAITING}live/", follow=True))
    assert "It is asked so from now on." in told
    row.refresh_from_db()
    assert row.model == "claude-opus-4-6"
    assert AuditEvent.objects.filter(act="offer.made_live").count() == 1
    assert ModelChange.objects.get().state == "live"


@pytest.mark.usefixtures("low_bar", "one_function")
def test_without_a_model_to_ask_it_takes_a_reason_that_is_shown(
    browser: Client, row: Offer, marked: Marked, right: golden.Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked(), marked("And what else?")
    monkeypatch.delenv("ANTHROPIC_API_KEY")
    save(browser, row, model="claude-opus-4-6")
    assert "No language model is set up, so it cannot be proven now." in words(browser.get(WAITING))
    browser.post(f"{WAITING}live/")
    assert ModelChange.objects.get().state == "waiting"
    browser.post(f"{WAITING}live/", {"reason": "Keys come on Monday; read by three coaches."})
    row.refresh_from_db()
    assert row.model == "claude-opus-4-6"
    assert "Keys come on Monday" in words(browser.get(LIST))
    assert AuditEvent.objects.get(act="offer.made_live").reason.startswith("Keys come")


@pytest.mark.usefixtures("low_bar")
def test_one_change_waits_at_a_time_and_prices_need_none(browser: Client, row: Offer, marked: Marked) -> None:
    marked()
    save(browser, row, model="claude-opus-4-6")
    assert "Another change waits already." in words(save(browser, row, model="claude-sonnet-4-6"))
    save(browser, row, input_price="7")
    row.refresh_from_db()
    assert (row.model, row.input_price) == ("claude-haiku-4-5", 7)
    browser.post(f"{LIST}{row.pk}/delete/", {"post": "yes"})
    assert not Offer.objects.filter(pk=row.pk).exists()
    assert not ModelChange.objects.exists()


@pytest.mark.usefixtures("low_bar")
def test_a_new_row_waits_too_and_nobody_else_decides(
    browser: Client, row: Offer, marked: Marked, admin_lnd: User, signed_in: SignIn
) -> None:
    marked()
    browser.post(f"{LIST}add/", values(row, model="another", strength="strong"))
    assert ModelChange.objects.get().offer is None
    assert "New: anthropic another" in words(browser.get(WAITING))
    with CaptureQueriesContext(connection) as counted:
        browser.get(WAITING)
    assert len(counted) <= 15
    other = signed_in(admin_lnd)
    for act in ("", "ask/", "live/", "drop/"):
        assert other.post(f"{WAITING}{act}").status_code == 403
