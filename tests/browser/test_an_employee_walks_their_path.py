from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from careerforge.governance.models import AuditEvent
from careerforge.people.models import User
from learning.models import Step
from learning.paths import path
from tests.browser.conftest import Site

OFF = {"java_script_enabled": False}
Window = Callable[..., Page]


@pytest.fixture
def ready_steps(site: Site) -> Callable[[str], list[Step]]:
    """Steps of an account that nothing stands before, in the order of the path."""

    def find(account: str) -> list[Step]:
        with site.rows():
            nodes = path.outline(User.objects.get(username=account))
            free = [node for node in nodes if node.step.type == "skill" and not node.needs.exists()]
            return [node.step for node in free if node.step.status == Step.Status.TODO]

    return find


def panel(page: Page, word: str) -> None:
    expect(page.locator("#panel .chip").first).to_have_text(word)


def test_the_first_sign_in_ends_in_a_path_with_no_worker(window: Window) -> None:
    page = window("emp-qa")
    page.goto("/")
    expect(page.get_by_role("heading", name="Path map")).to_be_visible()
    assert page.locator(".cf-node").count() > 5


def test_choosing_a_step_shows_why_it_is_there(window: Window) -> None:
    page = window("emp-frontend")
    page.goto("/")
    card = page.locator(".cf-node.t-skill").last
    card.click()
    expect(page.locator("#panel h2")).to_have_text(card.locator(".cf-name").inner_text())
    expect(card).to_have_attribute("aria-current", "true")
    before = page.locator("#panel").inner_text()
    page.reload()
    assert page.locator("#panel").inner_text() == before


@pytest.mark.parametrize("options", [{}, OFF], ids=["script", "no script"])
def test_a_step_is_started_done_skipped_and_put_back(window: Window, ready_steps, options) -> None:
    account = "emp-cloud" if options else "emp-backend"
    page, (first, second, *_rest) = window(account, **options), ready_steps(account)
    page.goto(f"/?step={first.pk}")
    page.locator("#panel").get_by_role("button", name="Start").click()
    panel(page, "In progress")
    page.locator("#panel").get_by_role("button", name="Mark done").click()
    panel(page, "Done")
    page.locator("#panel").get_by_role("button", name="Put it back").click()
    panel(page, "Ready to start")
    page.goto(f"/?step={second.pk}")
    page.locator("#panel summary", has_text="Skip").click()
    page.get_by_label("I already do this at work").check()
    page.get_by_role("button", name="Skip this step").click()
    panel(page, "Skipped")
    page.reload()
    panel(page, "Skipped")


def test_skipping_without_a_reason_says_what_is_missing(window: Window, ready_steps) -> None:
    page = window("emp-security", expected="status of 422", **OFF)
    step = ready_steps("emp-security")[0]
    page.goto(f"/?step={step.pk}")
    page.locator("#panel summary", has_text="Skip").click()
    page.get_by_role("button", name="Skip this step").click()
    expect(page.get_by_text("Choose a reason. It changes what is suggested next.").first).to_be_visible()


def test_a_double_click_on_start_is_one_act(window: Window, ready_steps, site: Site) -> None:
    page = window("emp-frontend")
    step = ready_steps("emp-frontend")[0]
    page.goto(f"/?step={step.pk}")
    page.locator("#panel").get_by_role("button", name="Start").dblclick()
    panel(page, "In progress")
    with site.rows():
        assert AuditEvent.objects.filter(act="path.node_started", object_id=str(step.pk)).count() == 1


def test_the_keyboard_is_enough(window: Window) -> None:
    page = window("emp-security")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    card = page.locator(".cf-node.is-next.t-skill").last
    card.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(card.locator(".cf-name").inner_text())
    start = page.locator("#panel").get_by_role("button", name="Start")
    start.focus()
    page.keyboard.press("Enter")
    panel(page, "In progress")
    expect(page.locator("#panel")).to_be_focused()


@pytest.mark.parametrize("width", [720, 320], ids=["200 per cent", "400 per cent"])
def test_enlarged_nothing_is_cut_off(window: Window, width: int) -> None:
    page = window("emp-ml", viewport={"width": width, "height": 450}, device_scale_factor=2)
    for address in ("/", "/skills/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("options", [{}, OFF], ids=["script", "no script"])
def test_a_role_is_accepted_and_a_job_builds_the_path_to_it(
    window: Window, work: Callable[[], None], options: dict[str, bool]
) -> None:
    page = window("emp-ml", **options)
    page.goto("/skills/")
    card = (
        page.locator("#roles")
        .locator("xpath=ancestor::section")
        .locator("li", has_text="Set as target")
        .first
    )
    role = card.locator("a").inner_text()
    card.get_by_role("button").click()
    expect(page.get_by_text("Reading your skills")).to_be_visible()
    work()
    if options:
        page.get_by_role("link", name="Refresh").click()
        page.get_by_role("link", name="Show the result").click()
    page.wait_for_url("**/")
    expect(page.locator("h1")).to_contain_text(role)


def test_the_list_stays_a_list_when_a_step_changes(window: Window, ready_steps) -> None:
    page = window("emp-cloud")
    page.goto(f"/?step={ready_steps('emp-cloud')[0].pk}")
    page.get_by_label("List").check(force=True)
    page.locator("#panel").get_by_role("button", name="Start").click()
    panel(page, "In progress")
    expect(page.get_by_label("List")).to_be_checked()


def test_a_request_that_fails_says_so_in_words(window: Window) -> None:
    page = window("emp-frontend", expected="")
    page.goto("/")
    page.route("**/?step=*", lambda route: route.abort())
    page.locator(".cf-node.t-skill").last.click()
    expect(page.get_by_text("That did not work; nothing was changed on this page.")).to_be_visible()
