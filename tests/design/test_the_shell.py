from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from careerforge.design.context import shell


@dataclass(frozen=True)
class Portal:
    key: str
    name: str
    url: str


MINE = [Portal("employee", "My path", "/"), Portal("coach", "Coach console", "/console/")]


def request(path="/", portals=MINE, **cookies):
    asked: Any = RequestFactory().get(path)
    asked.portals, asked.own_name = portals, "Mira Tellan"
    asked.COOKIES.update(cookies)
    return asked


def test_the_portal_of_the_page_is_the_current_one():
    assert [p.current for p in shell(request("/console/people/x/"))["portals"]()] == [False, True]
    assert [p.current for p in shell(request("/skills/"))["portals"]()] == [True, False]


def test_a_page_of_everybody_stands_in_a_shell_the_person_has():
    assert shell(request("/help/"))["shell_template"]() == "shell/employee.html"
    assert shell(request("/help/", MINE[1:]))["shell_template"]() == "shell/console.html"
    assert shell(request("/help/", []))["shell_template"]() == "shell/employee.html"


def test_the_persons_data_is_read_only_when_a_template_asks():
    class Guarded(list[Portal]):
        def __iter__(self):
            raise AssertionError("asked")

    assert shell(request(portals=Guarded()))["theme"] == ""


def test_a_person_without_the_employee_portal_gets_no_employee_tabs():
    tabs = shell(request("/help/", MINE[1:]))["tabs"]()["employee"]
    assert [tab.icon for tab in tabs] == ["help-circle"]


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><b>', "")])
def test_the_theme_comes_from_the_cookie_and_only_if_known(cookie, theme):
    page = render_to_string("404.html", request=request(theme=cookie))
    assert (f'data-bs-theme="{theme}"' in page) is bool(theme)
    assert "<b>" not in page


@pytest.mark.parametrize("name", ["employee", "console", "team"])
def test_the_menu_names_the_person_and_their_other_portals(name):
    page = render_to_string(f"shell/{name}.html", request=request("/"))
    assert "Mira Tellan" in page
    assert '<a class="cf-item" href="/console/">' in page
    assert '<a class="cf-item" href="/">' not in page


def test_each_page_can_be_skipped_to_its_content():
    page = render_to_string("shell/employee.html", request=request())
    assert '<a class="skip" href="#main">' in page
    assert 'id="main"' in page


def test_htmx_may_neither_evaluate_nor_style_nor_leave_the_site():
    page = render_to_string("shell/employee.html", request=request())
    assert '"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true' in page
    assert "X-CSRFToken" in page


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_pages_of_a_broken_server_need_no_request(name):
    page = get_template(name).render({"error_id": "7C-40218"})
    assert "CareerForge" in page
    assert ("7C-40218" in page) is (name == "500.html")


@pytest.mark.parametrize(
    "roles", [["employee"], ["coach", "manager"], ["employee", "coach", "manager", "admin"]]
)
def test_help_shows_ones_own_roles_first_and_the_others_on_demand(roles):
    page = render_to_string("help/index.html", {"roles": roles}, request("/help/"))
    assert [role for role in ("employee", "coach", "manager", "admin") if f'id="{role}"' in page] == roles
    assert page.count('<details class="disc">') == 4 - len(roles)
    assert "It is not end-to-end encrypted" in page
