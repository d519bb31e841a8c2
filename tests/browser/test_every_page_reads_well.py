"""Every page of every role, at two widths, light and dark: axe finds nothing, nothing sticks out."""

from urllib.parse import urljoin

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import NOWHERE, Site

RUN = """async options => (await axe.run(document, options)).violations.map(
    v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join("; "))"""
# Without a second look at style sheets, which asks for what admin's own import at a wrong address.
ALL = {"resultTypes": ["violations"], "preload": False}
# Only these may fall out differently in other colours.
COLOURS = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
PERSON, STEP, SOURCE, EACH_LIST = "a person", "a step", "a source", "each list"
# Where a link to such a page stands.
LINKS = {
    PERSON: ("/console/", "a.who"),
    STEP: ("/", ".cf-node"),
    SOURCE: ("/", ".srcs a[href*='#quote']"),
    EACH_LIST: ("/admin/", "#content-main th a"),
}
PAGES = {
    "": ["/accounts/login/", "/accounts/password/reset/", NOWHERE],
    "emp-data": [
        "/",
        "/chat/",
        STEP,
        "/skills/",
        "/roles/",
        "/roles/senior-data-engineer/",
        "/path/words/",
        SOURCE,
        "/help/",
    ],
    "emp-qa": ["/", "/skills/", "/my-data/model-calls/", "/accounts/password/change/"],
    "coach-data-ml": [
        "/console/",
        "/console/reviews/",
        "/console/golden/",
        "/console/golden/new/",
        "/console/?q=nobody+at+all",
        PERSON,
        "/search/?q=kubernetes",
        "/help/",
    ],
    "coach-mobile": ["/console/"],
    "manager": ["/team/", "/team/?by=band"],
    "admin-hr": ["/admin/", EACH_LIST],
    "admin-platform": ["/admin/", "/search/", EACH_LIST],
    "admin-org": ["/admin/", EACH_LIST],
    "admin-lnd": ["/admin/", EACH_LIST, "/admin/assistant/promptversion/add/?prompt=advice"],
}
WIDTHS = (1440, 390)
BAD = """<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1><button></button>
<table width="900"><tr><td bgcolor="#ffffff"><font color="#eeeeee">Hardly to be read</font></td></tr></table>
</main>"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("account", PAGES)
def test_every_page_reads_well(window, site: Site, account: str, width: int) -> None:
    page = window(account, viewport={"width": width, "height": 900})
    found = [problem for address in addresses(page, account) for problem in look(page, address)]
    assert not found, "\n".join(found)


def test_the_check_finds_what_is_wrong(window) -> None:
    page = window("", viewport={"width": 390, "height": 900})
    page.route("**/accounts/login/", lambda route: route.fulfill(body=BAD, content_type="text/html"))
    found = "\n".join(look(page, "/accounts/login/"))
    assert "px too wide" in found
    assert "button-name" in found
    assert "(dark): color-contrast" in found


def addresses(page: Page, account: str) -> list[str]:
    """The pages of an account; some are found by following a link."""
    found: list[str] = []
    for entry in PAGES[account]:
        found += follow(page, entry) if not entry.startswith("/") else [entry]
    return found


def follow(page: Page, entry: str) -> list[str]:
    """The address of the last link of its kind, or of all links of an administrator's home."""
    start, links = LINKS[entry]
    page.goto(start)
    if entry == SOURCE:
        page.locator(".cf-node").first.click()
        page.locator(links).first.wait_for()
    hrefs = page.locator(links).evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert hrefs, f"{start} has no {links}"
    return hrefs if entry == EACH_LIST else [urljoin(start, hrefs[-1])]


def look(page: Page, address: str) -> list[str]:
    """What is wrong with a page in light and dark, with every disclosure open."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    page.evaluate("document.querySelectorAll('main details').forEach(d => { d.open = true; })")
    sticks_out = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    problems = [f"{address}: {sticks_out} px too wide"] if sticks_out > 0 else []
    page.evaluate(AXE_SCRIPT)
    problems += [f"{address} (light): {violation}" for violation in page.evaluate(RUN, ALL)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    problems += [f"{address} (dark): {violation}" for violation in page.evaluate(RUN, COLOURS)]
    return problems
