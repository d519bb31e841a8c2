from collections.abc import Callable
from pathlib import Path

from django.test import override_settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_a_coach_asks import ask, open_person

Window = Callable[..., Page]
TEXT = "Batch orchestration comes first at Harbourline, because 9 of 10 nightly loads there cannot be rerun."


def test_a_manager_sees_groups_of_five_and_more_and_nobody(window: Window) -> None:
    page = window("manager")
    page.goto("/team/")
    expect(page.get_by_role("heading", name="Team readiness")).to_be_visible()
    counts = [
        int(cell.inner_text().split("–")[0])
        for cell in page.locator("td[data-l='People with a figure']").all()
    ]
    assert counts
    assert min(counts) >= 5
    page.get_by_role("link", name="Level band").click()
    expect(page.get_by_role("link", name="Level band")).to_have_attribute("aria-current", "true")


def test_a_connection_is_added_synchronised_and_cited(
    window: Window, site: Site, work: Callable[[], None], tmp_path: Path
) -> None:
    (tmp_path / "harbourline.txt").write_text(f"Report on data engineers\n\n{TEXT}\n", encoding="utf-8")
    page = window("admin-platform")
    with override_settings(FOLDERS=[tmp_path]):
        page.goto("/admin/connectors/connection/add/?kind=folder")
        page.get_by_label("Name").fill("Harbourline reports")
        page.locator("[name=location]").fill(str(tmp_path))
        page.get_by_role("button", name="Add", exact=True).click()
        page.get_by_role("button", name="Synchronise now").click()
        expect(page.locator("#content")).to_contain_text("It waits for a worker")
        work()
        page.reload()
    expect(page.locator("#content")).to_contain_text("1 document")
    coach = window("coach-data-ml")
    open_person(coach, site, "emp-data")
    ask(coach, "What comes first at Harbourline?")
    expect(coach.locator(".cf-draft")).to_contain_text("9 of 10 nightly loads")


def test_who_is_no_administrator_finds_no_administration(window: Window) -> None:
    page = window("emp-data")
    assert page.request.get("/admin/").status == 403
