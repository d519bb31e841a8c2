"""The pages of prompts: versions, what changed, going live by the golden set, going back."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from careerforge.assistant import golden
from careerforge.assistant.golden.changing import of_version
from careerforge.assistant.models import GoldenBar, PromptVersion
from careerforge.assistant.prompts import files, versions
from careerforge.governance.models import AuditEvent
from careerforge.jobs.models import JobRun
from careerforge.knowledge.models import Collection
from careerforge.people.models import User
from tests.assistant.answering import FUNCTION, answering
from tests.assistant.answering import ask as run_of
from tests.assistant.test_the_golden_gate import WORDS, document, model, span

__all__ = ["model"]

LIST = "/admin/assistant/promptversion/"
ADD = f"{LIST}add/?prompt=advice"
NOW = datetime(2031, 2, 3, tzinfo=UTC)
SHORTER = files.shipped("advice").replace("At most six sentences.", "At most two sentences.")
SignIn = Callable[[User], Client]


@pytest.fixture
def browser(admin_lnd: User, signed_in: SignIn) -> Client:
    return signed_in(admin_lnd)


@pytest.fixture
def version(admin_lnd: User) -> PromptVersion:
    return versions.write("advice", SHORTER, "Shorter answers", owner=None, by=admin_lnd, now=NOW)


@pytest.fixture
def asked(coach: User, admin_lnd: User, version: PromptVersion, model: None) -> Any:
    """The golden set is asked about the version; its answers are right or wrong."""
    row = document(Collection.objects.create(name="Ladders"))
    GoldenBar.objects.create(fewest=1, most_worse=0)
    golden.keep(golden.propose(FUNCTION, "What do seniors do?", {}, [span(row)]), coach, NOW, acting="coach")
    right = golden.Answered((golden.Sentence(WORDS, (span(row),)),), model="a-model")
    none = golden.Answered((), refused=True, model="a-model")

    def ask(live: bool, changed: bool) -> None:
        with answering(lambda asked: right if live else none, lambda asked: right if changed else none):
            run_of(of_version(version), admin_lnd)

    with answering(lambda asked: right):
        yield ask


def words(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def given(text: str = SHORTER, note: str = "Shorter answers") -> dict[str, str]:
    return {"text": text.replace("\n", "\r\n"), "note": note, "owner": ""}


def page(version: PromptVersion, act: str = "change") -> str:
    return f"{LIST}{version.pk}/{act}/"


def test_each_prompt_has_its_versions_and_says_which_is_live(browser: Client, version: PromptVersion) -> None:
    told = words(browser.get(LIST))
    for label in ("What all prompts begin with", "Coaching advice", "Learning path", "Skill gap"):
        assert label in told
    assert "1 Not live Shorter answers" in told
    versions.make_live(version, None, NOW)
    assert "1 Live Shorter answers" in words(browser.get(LIST))


def test_a_new_version_begins_with_the_live_text_and_is_not_live(browser: Client, admin_lnd: User) -> None:
    assert "At most six sentences." in words(browser.get(ADD))
    answer = browser.post(ADD, given(), follow=True)
    assert "Version 1 is kept. It is not live yet." in words(answer)
    row = PromptVersion.objects.get()
    assert (row.text, row.author, row.owner, row.live) == (SHORTER, admin_lnd, admin_lnd, False)
    assert AuditEvent.objects.filter(act="prompt.written", actor=admin_lnd.pk).exists()


@pytest.mark.parametrize(
    ("text", "words_of_the_fault"),
    [
        (SHORTER.replace("{{ fact }}", "{{ fakt }}"), "“fakt” is no value of this prompt"),
        (SHORTER.replace("<!-- part: question -->\n", ""), "The part “question” is missing"),
        (SHORTER.replace("{% endfor %}", "", 1), "Line"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_in_the_form(
    browser: Client, text: str, words_of_the_fault: str
) -> None:
    answer = browser.post(ADD, given(text))
    assert answer.status_code == 422
    assert words_of_the_fault in words(answer)
    assert not PromptVersion.objects.exists()


def test_the_same_text_again_is_refused(browser: Client, version: PromptVersion) -> None:
    assert "This is the text of version 1, word for word." in words(browser.post(ADD, given()))


def test_a_version_is_shown_word_by_word_beside_the_one_that_is_live(
    browser: Client, version: PromptVersion
) -> None:
    told = browser.get(page(version)).text
    assert "<del>six</del><ins>two</ins>" in told
    assert "Beside the shipped text" in told
    other = versions.write("advice", SHORTER.replace("two sent", "ten sent"), "Longer", owner=None,
                           by=version.author, now=NOW)  # fmt: skip
    assert "<del>two</del><ins>ten</ins>" in browser.get(page(other) + "?with=1").text


def test_unproven_it_asks_first_and_takes_a_reason(browser: Client, version: PromptVersion) -> None:
    told = words(browser.get(page(version, "live")))
    assert (
        "Not proven. Coaching advice: No golden question is about this, so nothing shows what it does" in told
    )
    browser.post(page(version, "live"))
    browser.post(page(version, "live"), {"reason": "so"})
    assert not PromptVersion.objects.filter(live=True).exists()
    browser.post(page(version, "live"), {"reason": "Read by three coaches, who like it."})
    assert PromptVersion.objects.get(live=True) == version
    noted = AuditEvent.objects.get(act="prompt.made_live")
    assert noted.reason == "Read by three coaches, who like it."


def test_what_a_model_is_sent_is_shown_with_an_example(browser: Client, version: PromptVersion) -> None:
    for act in ("change", "live"):
        told = words(browser.get(page(version, act)))
        assert "Today is 3 February 2031." in told
        assert "What should they build first?" in told


def test_a_version_that_breaks_a_newer_rule_cannot_go_live(browser: Client, version: PromptVersion) -> None:
    text = SHORTER.replace("{{ fact }}", '{{ fact|floatformat:"3000000" }}')
    PromptVersion.objects.filter(pk=version.pk).update(text=text)
    assert browser.get(page(version)).status_code == 200
    answer = browser.post(page(version, "live"), {"reason": "Read by three coaches, who like it."})
    assert answer.status_code == 409
    assert "A filter takes no number above 99." in words(answer)
    assert not PromptVersion.objects.filter(live=True).exists()


def test_below_the_bar_it_cannot_be_made_live(browser: Client, version: PromptVersion, asked: Any) -> None:
    asked(True, False)
    told = words(browser.get(page(version, "live")))
    assert "Below the bar" in told
    assert "So it cannot go live." in told
    answer = browser.post(page(version, "live"), {"reason": "I want it all the same, please."})
    assert answer.status_code == 409
    assert not PromptVersion.objects.filter(live=True, pk=version.pk).exists()


def test_above_the_bar_it_goes_live_without_a_reason(
    browser: Client, version: PromptVersion, asked: Any
) -> None:
    assert browser.post(page(version, "live")).status_code == 409
    asked(False, True)
    assert "Reaches the bar" in words(browser.get(page(version, "live")))
    assert "Version 1 is asked with from now on." in words(browser.post(page(version, "live"), follow=True))


def test_the_golden_set_is_asked_by_a_job_that_is_queued_once(
    browser: Client, version: PromptVersion
) -> None:
    browser.post(page(version, "ask"))
    browser.post(page(version, "ask"))
    assert JobRun.objects.filter(job="assistant.ask_golden").count() == 1
    assert "Asking the golden set – it waits for a worker" in words(browser.get(page(version)))


def test_going_back_to_the_shipped_text_asks_first(browser: Client, version: PromptVersion) -> None:
    versions.make_live(version, None, NOW)
    back = f"{LIST}shipped/advice/"
    assert "<del>two</del><ins>six</ins>" in browser.get(back).text
    assert PromptVersion.objects.filter(live=True).exists()
    assert "The shipped text is asked with from now on." in words(browser.post(back, follow=True))
    assert PromptVersion.objects.get(live=True, name="advice").is_shipped


def test_a_platform_admin_looks_and_changes_nothing(
    admin_platform: User, signed_in: SignIn, version: PromptVersion
) -> None:
    other = signed_in(admin_platform)
    assert other.get(LIST).status_code == other.get(page(version)).status_code == 200
    assert "Make live" not in other.get(LIST).text
    for address in (ADD, page(version, "live"), f"{LIST}shipped/advice/"):
        assert other.post(address, given()).status_code == 403
    assert other.post(page(version, "ask")).status_code == 403


@pytest.mark.parametrize("who", ["owner", "coach", "manager", "admin_hr", "admin_org"])
def test_nobody_else_gets_in(cast: Any, who: str, signed_in: SignIn, version: PromptVersion) -> None:
    other = signed_in(getattr(cast, who))
    for address in (LIST, ADD, page(version), page(version, "live")):
        assert other.get(address).status_code in (302, 403, 404)


def test_another_companys_version_is_not_there(browser: Client, other_company: Any, version: Any) -> None:
    assert browser.get(f"{LIST}00000000-0000-0000-0000-000000000001/change/").status_code == 404


def test_few_queries_however_many_versions(browser: Client, version: PromptVersion) -> None:
    for number in range(12):
        versions.write("advice", f"{SHORTER}\n{number}\n", "More", owner=None, by=version.author, now=NOW)
    for address in (LIST, page(version)):
        browser.get(address)
        with CaptureQueriesContext(connection) as counted:
            browser.get(address)
        assert len(counted) <= 15, address
