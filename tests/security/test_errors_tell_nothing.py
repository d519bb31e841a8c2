"""An unexpected error anywhere: a page with a number, a line in the log, nobody's data in them (case 14)."""

import json
import logging
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import clear_url_caches, reverse

from careerforge.governance import audit
from careerforge.governance.models import AuditEvent
from careerforge.web.logs import OneLine
from tests.security.policy import API, PAGES
from tests.security.routes import Route, operations, pages
from tests.security.test_who_gets_where import address_of, ask
from tests.security.world import World

Browser = Callable[[str], Client]
SECRET = "Ottilie Varnhagen, IBAN DE02 1203"
HIDDEN = ("Ottilie", "IBAN", "Traceback", "SELECT", "RuntimeError", ".py", "careerforge.")


class Unforeseen(RuntimeError):
    pass


def boom(*args: Any, **kwargs: Any) -> HttpResponse:
    raise Unforeseen(SECRET)


def number_in(response: HttpResponse) -> str:
    """The number on the page, which is also in the header."""
    text = response.content.decode()
    assert response["X-Request-Number"] in text
    assert not [word for word in HIDDEN if word in text]
    return response["X-Request-Number"]


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """What stands in the log, as it is written."""
    return [
        json.loads(OneLine().format(record)) for record in caplog.records if record.levelno >= logging.ERROR
    ]


def logged_once(caplog: pytest.LogCaptureFixture) -> bool:
    found = lines(caplog)
    assert not [word for word in ("Ottilie", "IBAN") if word in str(found)]
    return (
        len(found) == 1
        and found[0]["error"] == "Unforeseen"
        and "test_errors_tell_nothing.py" in found[0]["trace"]
    )


OURS = [route for route in pages() if not route.name.startswith("admin:")]


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.name)
def test_a_page(
    world: World,
    browser_of: Browser,
    route: Route,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    rule = PAGES[route.name]
    address, client = reverse(route.name, kwargs=rule.kwargs(world)), browser_of("owner")
    monkeypatch.setattr(route.pattern, "callback", boom)
    clear_url_caches()
    response = ask(client, address, rule)
    assert response.status_code == 500
    assert number_in(response)
    assert logged_once(caplog)


# What gets past the reading of a body, where the policy's row is content with less.
VALID = {"give_feedback": {"result_kind": "path", "result_id": str(UUID(int=1)), "thumb": "up"}}


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_an_operation_of_the_api(
    world: World,
    browser_of: Browser,
    operation: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    rule = API[operation.name]
    client = browser_of(min(rule.may))
    monkeypatch.setattr(operation.ninja, "view_func", boom)
    body = {**rule.body, **VALID.get(operation.name, {})}
    if "location" in body:
        body["location"] = "https://feed.example/"
    response = ask(
        client,
        address_of(operation, rule.kwargs(world)),
        type(rule)(rule.may, method=rule.method, body=body),
        api=True,
    )
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert number_in(response)
    assert logged_once(caplog)


def test_the_act_and_its_audit_row_go_together(
    world: World, browser_of: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(request: Any, **kwargs: Any) -> HttpResponse:
        audit.record(request.user, "half.done")
        raise Unforeseen

    route = next(route for route in OURS if route.name == "help")
    monkeypatch.setattr(route.pattern, "callback", half)
    assert browser_of("owner").get("/help/").status_code == 500
    assert not AuditEvent.objects.filter(act="half.done").exists()


@pytest.mark.parametrize(("address", "name"), [("/help/", "help"), ("/api/v1/employees", "employees")])
def test_while_the_database_is_away_the_answer_is_503(
    world: World, browser_of: Browser, address: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any, **kwargs: Any) -> HttpResponse:
        raise OperationalError("connection to server at 10.0.0.9 failed")

    target: Any = next((r.pattern for r in OURS if r.name == name), None)
    if target is not None:
        monkeypatch.setattr(target, "callback", away)
    else:
        monkeypatch.setattr(next(o.ninja for o in operations() if o.name == name), "view_func", away)
    response = browser_of("coach").get(address)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "10.0.0.9" not in response.content.decode()


def test_a_refused_value_is_not_repeated(world: World, browser_of: Browser) -> None:
    address = reverse("api:ask", kwargs={"pseudo_id": world.pseudo_id})
    response = browser_of("coach").post(address, {"question": SECRET * 100}, content_type="application/json")
    assert response.status_code == 422
    assert not re.search("Ottilie|IBAN", response.content.decode())
    assert response.json()["errors"][0]["pointer"] == "/body/data/question"


def test_one_line_stays_one_line() -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "a\r\nb\x1b[31m %s", ('{"c"',), None)
    line = OneLine().format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["message"].startswith("a\r\nb")
