"""A text that an update brings goes live once the golden set has passed, or where nothing can be proven."""

from datetime import timedelta

import pytest

from careerforge.assistant import golden
from careerforge.assistant.golden import updating
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import files, versions
from careerforge.jobs.models import JobRun
from careerforge.jobs.running import run as work
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from tests.assistant import test_the_golden_gate as gates
from tests.assistant.answering import NOW, answering
from tests.assistant.test_the_golden_gate import Marked

marked, right, wrong, version = gates.marked, gates.right, gates.wrong, gates.version
model, low_bar = gates.model, gates.low_bar
LATER = NOW + timedelta(days=1)
__all__ = ["low_bar", "marked", "model", "right", "version", "wrong"]


@pytest.fixture
def updated(company: Organisation, monkeypatch: pytest.MonkeyPatch) -> str:
    """The text of advice that was live before an update brought another one."""
    before = versions.current("advice").text

    def brought(name: str) -> str:
        return files.shipped(name) + ("\nBe brief.\n" if name == "advice" else "")

    monkeypatch.setattr(versions, "shipped", brought)
    monkeypatch.setattr(updating, "shipped", brought)
    return before


def test_where_nothing_can_be_proven_it_goes_live_and_says_why(updated: str) -> None:
    assert versions.current("advice").text == updated
    assert updating.take_up(LATER) == 1
    assert versions.current("advice").text == updated + "\nBe brief.\n"
    row = PromptVersion.objects.get(name="advice", live=True)
    assert (row.is_shipped, row.live_at) == (True, LATER)
    assert "No golden question is about this" in row.live_reason
    assert updating.take_up(LATER) == 0


@pytest.mark.usefixtures("low_bar")
def test_the_old_text_stays_until_the_set_has_passed(
    updated: str, marked: Marked, right: golden.Answered
) -> None:
    marked(), marked("And what else?")
    with answering(lambda asked: right):
        assert updating.take_up(LATER) == 0
        assert versions.current("advice").text == updated
        job = JobRun.objects.get(job="assistant.ask_golden")
        work(str(job.pk), str(job.organisation_id))
        assert updating.take_up(LATER) == 1
    assert PromptVersion.objects.get(name="advice", live=True).live_reason == ""


@pytest.mark.usefixtures("low_bar")
def test_below_the_bar_the_old_text_stays(
    updated: str, marked: Marked, right: golden.Answered, wrong: golden.Answered
) -> None:
    marked(), marked("And what else?")

    def said(asked: golden.Asked) -> golden.Answered:
        return right if versions.current("advice").text == updated else wrong

    with answering(said, said):
        updating.take_up(LATER)
        job = JobRun.objects.get(job="assistant.ask_golden")
        work(str(job.pk), str(job.organisation_id))
        assert updating.take_up(LATER) == 0
    assert versions.current("advice").text == updated


def test_a_text_of_the_companys_own_is_left_alone(updated: str, admin_lnd: User) -> None:
    own = versions.write("advice", f"{updated}\nOurs.\n", "Ours", owner=None, by=admin_lnd, now=NOW)
    versions.make_live(own, admin_lnd, NOW)
    PromptVersion.objects.filter(pk=own.pk).update(author=None, owner=None)
    assert updating.take_up(LATER) == 0
    assert versions.current("advice").text == own.text
