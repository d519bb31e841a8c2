"""Adding a source reads well at two widths, light and dark, and needs neither a mouse nor JavaScript."""

import pytest

from tests.browser.conftest import Site
from tests.browser.test_every_page_reads_well import WIDTHS, look

ADD = "/admin/connectors/connection/add/"
FORMS = ("", "?kind=json&preset=usajobs", "?kind=json&preset=open_edx", "?kind=feed", "?kind=upload")
PARTS = ("header", "parameter", "user", "token_url")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_form_reads_well(window, width: int) -> None:
    page = window("admin-platform", viewport={"width": width, "height": 900})
    found = [problem for form in FORMS for problem in look(page, ADD + form)]
    assert not found, "\n".join(found)


def test_files_are_handed_in_by_keyboard_alone(window, tmp_path) -> None:
    page = window("admin-platform")
    page.goto(ADD)
    page.get_by_role("link", name="Uploaded files").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name:", exact=True).focus()
    page.keyboard.type("By hand")
    page.keyboard.press("Enter")
    page.wait_for_url("**/upload/")
    ladder = tmp_path / "ladder.txt"
    ladder.write_text("Career ladder\n\nA senior engineer designs systems.")
    page.get_by_label("Hand in files").set_input_files(ladder)
    page.get_by_role("button", name="Hand in", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 document was stored.").wait_for()
    assert not look(page, page.url)


@pytest.mark.parametrize("way", ["basic", "query", "oauth2"])
def test_only_the_parts_of_the_chosen_way_are_shown_without_javascript(site: Site, window, way: str) -> None:
    page = window("admin-platform", java_script_enabled=False)
    page.goto(f"{ADD}?kind=json&preset=usajobs")
    assert page.get_by_label("Header:", exact=True).is_visible()
    page.get_by_label("How the secret travels").select_option(way)
    shown = {
        name
        for name in ("header", "parameter", "user", "token_url")
        if page.locator(f"#id_{name}").is_visible()
    }
    assert shown == {"basic": {"user"}, "query": {"parameter"}, "oauth2": {"user", "token_url"}}[way]
