from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.test_a_person_asks_in_their_chat import answered, ask
from tests.browser.test_every_page_reads_well import look

LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 6
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
# What has the focus, and whether something else lies over its middle.
COVERED = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect();
  const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
  if (e === document.body || (top && (e.contains(top) || top.contains(e)))) return "";
  return e.outerHTML.slice(0, 120);
}"""
Window = Callable[..., Page]


def test_a_conversation_with_two_answers_and_a_long_word_reads_well(window: Window) -> None:
    page = window("emp-backend", viewport=PHONE)
    page.goto("/chat/")
    ask(page, "Which two skills should I build first, and why?")
    answered(page)
    page.get_by_label("Your question").fill(f"What about {LONG_WORD}?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".cf-ans:not([aria-busy])").nth(1).wait_for()
    assert look(page, page.url.split("#")[0]) == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_what_has_the_focus_is_not_below_the_field_for_the_question(
    window: Window, viewport: dict[str, int]
) -> None:
    page = window("emp-backend", viewport=viewport)
    page.goto("/chat/")
    for question in ("Which two skills should I build first, and why?", "What is my next step?"):
        ask(page, question)
        answered(page)
    page.reload()
    covered = []
    for _press in range(30):
        page.keyboard.press("Tab")
        page.wait_for_timeout(50)
        covered += [found] if (found := page.evaluate(COVERED)) else []
    assert covered == []
