from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from coaching.models import Conversation, Message
from tests.browser.conftest import Site
from tests.browser.test_every_page_reads_well import look

QUESTION = "Which two skills should I build first, and why?"
ATTACK = "<img src=x onerror=alert(1)> <script>alert(2)</script> What should I build first?"
OFF = {"java_script_enabled": False}
Window = Callable[..., Page]


def ask(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_url("**/chat/*/**")


def answered(page: Page) -> None:
    expect(page.locator(".cf-ans[aria-busy]")).to_have_count(0)
    expect(page.locator(".cf-ans").last).to_contain_text("Every point has a source")


def refresh(page: Page) -> None:
    """What the page does by itself every three seconds while something is written."""
    for _n in range(20):
        if not page.locator(".cf-ans[aria-busy]").count():
            return
        page.wait_for_timeout(300)
        page.reload()


def messages(site: Site) -> int:
    with site.rows():
        return Message.objects.count()


@pytest.mark.parametrize("options", [{}, OFF], ids=["script", "no script"])
def test_an_answer_appears_and_its_citations_open_what_they_quote(
    window: Window, options: dict[str, bool]
) -> None:
    page = window("emp-data", **options)
    page.goto("/chat/")
    ask(page)
    if options:
        # Chromium runs no script here and yet leaves out what is for those without: we refresh in its place.
        refresh(page)
    answered(page)
    points = page.locator(".cf-ans").last.locator(".cf-prose li")
    assert 2 <= points.count() <= 3
    assert all(point.locator(".cite").count() for point in points.all())
    quoted = page.locator(".cf-ans .cite[href*='/documents/']").first
    href = quoted.get_attribute("href") or ""
    page.goto(href)
    expect(page.locator("mark").first).to_be_visible()


def test_a_double_click_is_one_message(window: Window, site: Site) -> None:
    page = window("emp-cloud")
    page.goto("/chat/")
    before = messages(site)
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask", exact=True).dblclick()
    page.wait_for_url("**/chat/*/**")
    answered(page)
    assert messages(site) == before + 1


def test_a_reload_and_a_second_tab_show_the_same(window: Window) -> None:
    page = window("emp-ml")
    page.goto("/chat/")
    ask(page)
    page.reload()
    other = page.context.new_page()
    other.goto(page.url)
    answered(page)
    answered(other)
    assert page.locator(".cf-prose li").all_inner_texts() == other.locator(".cf-prose li").all_inner_texts()


def test_the_keyboard_is_enough(window: Window) -> None:
    page = window("emp-security")
    page.goto("/chat/")
    page.get_by_label("Your question").focus()
    page.keyboard.type("What is my next step?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat/*/**")
    expect(page.locator(".cf-ans[aria-busy]")).to_have_count(0)
    # Leaving this page by its links, coming back, and throwing the conversation away.
    page.get_by_role("button", name="Delete").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("bring it back")
    page.get_by_role("button", name="Bring back").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cf-me-msg")).to_contain_text("What is my next step?")


def test_markup_in_a_question_stays_text(window: Window) -> None:
    page = window("emp-frontend")
    page.goto("/chat/")
    ask(page, ATTACK)
    expect(page.locator(".cf-ans[aria-busy]")).to_have_count(0)
    expect(page.locator(".cf-me-msg")).to_contain_text("<script>alert(2)</script>")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_conversation_reads_well(window: Window, site: Site, width: int) -> None:
    page = window("emp-qa", viewport={"width": width, "height": 900})
    page.goto("/chat/")
    ask(page, "I want to kill myself" if width == 390 else "How far am I from my target role?")
    expect(page.locator(".cf-ans[aria-busy]")).to_have_count(0)
    assert look(page, page.url) == []
    with site.rows():
        assert Conversation.objects.exists()
