from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from careerforge.people.models import Profile
from coaching.models import Advice
from tests.browser.conftest import Site
from tests.browser.test_every_page_reads_well import look

QUESTION = "Which two skills should they build first for a senior data engineer role, and why?"
OFF = {"java_script_enabled": False}
Window = Callable[..., Page]


def profile(site: Site, account: str) -> Profile:
    with site.rows():
        return Profile.objects.get(user__username=account)


def open_person(page: Page, site: Site, account: str) -> None:
    """From the roster to the page of somebody, by the handle."""
    handle = profile(site, account).coaching_handle
    page.goto("/console/")
    page.get_by_role("link", name=handle).click()
    expect(page.get_by_role("heading", name=handle)).to_be_visible()


def link(item: Locator) -> str:
    return item.locator("a").get_attribute("href") or ""


def asked(site: Site) -> int:
    with site.rows():
        return Advice.objects.count()


def ask(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#shown")).to_contain_text(question[:60])


@pytest.mark.parametrize("options", [{}, OFF], ids=["script", "no script"])
def test_every_sentence_has_a_source_and_every_source_opens(
    window: Window, site: Site, options: dict[str, bool]
) -> None:
    page = window("coach-data-ml", **options)
    open_person(page, site, "emp-data")
    ask(page)
    sentences = page.locator(".cf-draft .cf-prose li")
    assert sentences.count() >= 4
    assert all(one.locator(".cite").count() for one in sentences.all())
    expect(page.locator(".cf-draft")).to_contain_text("Data quality testing first")
    home = page.url.split("#")[0]
    items = page.locator(".srcs li").all()
    for href, quote in [(link(item), item.locator("q").inner_text()) for item in items]:
        response = page.goto(href)
        assert response is None or response.ok
        if "/documents/" in href:
            assert page.locator("mark").first.inner_text() == quote.strip("“”")
        page.goto(home)


def test_a_double_click_on_ask_is_one_advice(window: Window, site: Site) -> None:
    page = window("coach-data-ml")
    open_person(page, site, "emp-ml")
    before = asked(site)
    page.get_by_label("Your question").fill("What should they focus on first?")
    page.get_by_role("button", name="Ask").dblclick()
    expect(page.locator("#shown")).to_contain_text("What should they focus on first?")
    page.reload()
    assert asked(site) == before + 1


def test_the_page_with_an_answer_reads_well(window: Window, site: Site) -> None:
    page = window("coach-data-ml", viewport={"width": 390, "height": 900})
    open_person(page, site, "emp-data")
    ask(page, "Is stream processing worth it for this role?")
    assert look(page, page.url) == []


def test_the_roster_is_searched_while_one_types_and_by_a_button_without_script(
    window: Window, site: Site
) -> None:
    handle = profile(site, "emp-data").coaching_handle
    page = window("coach-data-ml")
    page.goto("/console/")
    page.get_by_label("Search by handle or target role").fill(handle)
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert "q=" in page.url
    plain = window("coach-data-ml", **OFF)
    plain.goto("/console/")
    plain.get_by_label("Search by handle or target role").fill(handle)
    plain.get_by_role("button", name="Apply").click()
    expect(plain.locator("tbody tr")).to_have_count(1)


def test_somebody_elses_person_is_not_found(window: Window, site: Site) -> None:
    theirs = profile(site, "emp-data").pseudo_id
    page = window("coach-backend")
    # The browser tells of the answer on its console; here it is what we want.
    response = page.request.get(f"{site.url}/console/people/{theirs}/")
    assert response.status == 404
