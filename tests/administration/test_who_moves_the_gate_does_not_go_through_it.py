"""Two people are needed to go live without proof: one who moves the bar, and another who says why."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from careerforge.assistant.golden import gate, proposing
from careerforge.assistant.models import GoldenBar, PromptVersion
from careerforge.assistant.prompts import files, versions
from careerforge.governance.models import AuditEvent
from careerforge.people.models import Grant, User
from tests.assistant import test_the_golden_gate as gates
from tests.assistant.test_the_golden_gate import Marked
from tests.cast import make_person

marked, version = gates.marked, gates.version
__all__ = ["marked", "version"]
BAR = "/admin/assistant/goldenbar/"
NOW = datetime(2031, 2, 3, tzinfo=UTC)
WHY = {"reason": "The team has read twenty answers."}
SignIn = Callable[[User], Client]


@pytest.fixture
def browser(admin_lnd: User, signed_in: SignIn) -> Client:
    return signed_in(admin_lnd)


@pytest.fixture
def other(admin_lnd: User) -> PromptVersion:
    text = files.shipped("advice").replace("At most six sentences.", "At most two sentences.")
    return versions.write("advice", text, "Shorter", owner=None, by=admin_lnd, now=NOW)


def live(row: PromptVersion) -> str:
    return f"/admin/assistant/promptversion/{row.pk}/live/"


def words(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_the_bar_asks_for_no_more_questions_than_a_set_has(browser: Client, company: object) -> None:
    refused = browser.post(f"{BAR}add/", {"most_worse": "5", "fewest": "500"})
    assert "At most 20: a bar that the golden set cannot reach would prove nothing." in words(refused)
    assert not GoldenBar.objects.exists()
    assert browser.post(f"{BAR}add/", {"most_worse": "5", "fewest": "20"}).status_code == 302
    assert AuditEvent.objects.filter(act="goldenbar.added").exists()


@pytest.mark.parametrize(("number", "most"), [(0, 20), (19, 20), (31, 31), (400, 50)])
def test_a_larger_set_may_be_asked_for_more(number: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "askable", lambda: [None] * number)
    assert gate.most_needed() == most


@pytest.mark.parametrize("how", ["bar", "retired"])
def test_who_has_moved_it_needs_another(
    browser: Client, admin_lnd: User, other: PromptVersion, marked: Marked, signed_in: SignIn, how: str
) -> None:
    row = marked()
    if how == "bar":
        browser.post(f"{BAR}add/", {"most_worse": "5", "fewest": "20"})
    else:
        proposing.retire(row, admin_lnd, NOW, acting="admin_lnd")
    assert "You have changed the bar or retired golden questions" in words(browser.get(live(other)))
    answer = browser.post(live(other), WHY)
    assert answer.status_code == 409
    assert not PromptVersion.objects.filter(pk=other.pk, live=True).exists()
    colleague = signed_in(make_person("lnd2", "Ottmar Feld", Grant.Kind.ADMIN_LND))
    assert colleague.post(live(other), WHY).status_code == 302
    assert PromptVersion.objects.get(pk=other.pk).live


@pytest.mark.usefixtures("company")
def test_who_has_moved_nothing_goes_live_with_a_reason(browser: Client, other: PromptVersion) -> None:
    assert browser.post(live(other), WHY).status_code == 302


@pytest.mark.usefixtures("company")
def test_what_was_live_without_proof_is_not_gone_back_to_without_a_reason(
    other: PromptVersion, admin_lnd: User
) -> None:
    versions.make_live(other, admin_lnd, NOW, reason="The team has read twenty answers.")
    versions.make_live(versions.shipped_version("advice", NOW), admin_lnd, NOW)
    found = gate.verdict_of(PromptVersion.objects.get(pk=other.pk))
    assert (found.standing, found.needs_reason) == ("unproven", True)
    versions.make_live(PromptVersion.objects.get(pk=other.pk), admin_lnd, NOW)
    shipped = versions.shipped_version("advice", NOW)
    assert gate.verdict_of(shipped).standing == "known"
