"""The whole walk: a person asks, a coach says no and why, then yes; the person takes it line by line."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_httpserver import HTTPServer

from careerforge.assistant.models import Review
from careerforge.people.models import User
from careerforge.tenancy.models import Organisation
from learning.models import PathVersion
from learning.paths import path
from tests.browser.conftest import Site
from tests.gateway.wire import Wire
from tests.learning.model import node, offer_to, proposal

Window = Callable[..., Page]
EMPLOYEE, COACH = "emp-security", "coach-cloud-security"
REASON = "Begin with what you need at work this month."


@pytest.fixture
def wire(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """A provider that answers well, for a company that has switched models on."""
    with HTTPServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url_for("/v1"))
        monkeypatch.setenv("OPENAI_MODEL", "local-model")
        _allow(site, True)
        yield Wire(server)
        _allow(site, False)


def _allow(site: Site, allowed: bool) -> None:
    with site.rows():
        Organisation.objects.update(model_allowed=allowed)


@pytest.fixture
def answer(site: Site, wire: Wire) -> None:
    """The path with the last of the free steps first, in words out of its own lines."""
    with site.rows():
        person = User.objects.get(username=EMPLOYEE)
        version = path.current(person)
        assert version is not None
        offer = offer_to(person, version.path.role, version.made_at.date())
        first = [step for step in offer.steps if not step.after][-1]
        steps = [first, *(step for step in offer.steps if step is not first)]
    wire.chat(json.dumps(proposal(offer, *(node(step) for step in steps))))


def test_a_path_in_words_goes_from_the_person_to_the_coach_and_back(
    site: Site, window: Window, work: Callable[[], None], answer: None
) -> None:
    me, coach = window(EMPLOYEE), window(COACH)

    def asked(button: str) -> None:
        me.get_by_role("button", name=button).click()
        me.wait_for_url("**/tasks/**")
        work()

    me.goto("/path/words/")
    asked("Ask for it")
    me.goto("/")
    expect(me.get_by_text("waits for your coach, until")).to_be_visible()

    _open_review(coach, site)
    coach.locator("summary", has_text="Reject").click()
    expect(coach.get_by_text("The person reads it beside their path")).to_be_visible()
    coach.locator("textarea[name=reason]").fill(REASON)
    coach.get_by_role("button", name="Reject the draft").click()
    expect(coach.get_by_text("The version by rules stays.").first).to_be_visible()

    me.goto("/")
    expect(me.get_by_text(REASON)).to_be_visible()
    asked("Ask again")
    _open_review(coach, site)
    coach.get_by_role("button", name="Approve", exact=True).click()
    expect(coach.get_by_text("Approved on").first).to_be_visible()

    me.goto("/")
    me.get_by_role("link", name="Show me what would change").click()
    lines = me.locator("input[name=line]")
    left = lines.last
    left.uncheck()
    key = left.get_attribute("value")
    me.get_by_role("button", name="Take the ticked lines").click()
    expect(me.get_by_text("in the words of local-model, approved by your coach").first).to_be_visible()
    with site.rows():
        version = PathVersion.objects.select_related("draft").get(draft__state="approved")
        assert version.draft is not None
        assert key not in version.draft.worded


def _open_review(coach: Page, site: Site) -> None:
    with site.rows():
        review = Review.objects.open().get()
    coach.goto(f"/console/reviews/{review.pk}/")
