"""Every route × every role × the owner's object, against the written policy (``policy.py``)."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from careerforge.people.permissions import allows
from tests.security.policy import ADMINS, API, PAGES, ROLES, Rule
from tests.security.routes import UNNAMED, operations, pages
from tests.security.world import World

Browser = Callable[[str], Client]
THROUGH = "through"


def test_every_page_has_a_row_in_the_policy() -> None:
    ours = {route.name for route in pages() if not route.name.startswith("admin:")}
    assert ours == set(PAGES), "Add a row to tests/security/policy.py; its docstring says how."


def test_every_operation_of_the_api_has_a_row_in_the_policy() -> None:
    assert {operation.name for operation in operations()} == set(API), (
        "Add a row to tests/security/policy.py."
    )


def test_nothing_in_the_api_is_open_but_its_description() -> None:
    assert all(operation.ninja.auth_callbacks for operation in operations())


def outcome(response: HttpResponse) -> str | int:
    """What came of a request: through, sent to sign in, or the code of the refusal."""
    goes_to = response.headers.get("Location", "")
    to_sign_in = response.status_code == 302 and goes_to.startswith(("/accounts/login/?", "/admin/login/?"))
    if to_sign_in:
        return 401
    return (
        response.status_code
        if response.status_code in (401, 403, 404) or response.status_code >= 500
        else THROUGH
    )


def expected(rule: Rule, role: str) -> str | int:
    if role in rule.may:
        return THROUGH
    return 401 if role == "anonymous" else rule.denied


def ask(client: Client, address: str, rule: Rule, *, api: bool = False) -> HttpResponse:
    how: dict[str, Any] = {"content_type": "application/json"} if api and rule.method != "GET" else {}
    call: Any = getattr(client, rule.method.lower())
    response: HttpResponse = call(address, rule.body or None, **how)
    return response


@pytest.mark.parametrize("name", PAGES)
def test_a_page(world: World, browser_of: Browser, name: str) -> None:
    rule = PAGES[name]
    address = reverse(name, kwargs=rule.kwargs(world))
    # Who may comes last: a deed may take the object away.
    for role in sorted(ROLES, key=lambda r: r in rule.may):
        assert outcome(ask(browser_of(role), address, rule)) == expected(rule, role), role


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
def test_an_operation_of_the_api(world: World, browser_of: Browser, operation: Any) -> None:
    rule = API[operation.name]
    assert operation.method == rule.method
    address = address_of(operation, rule.kwargs(world))
    for role in sorted(ROLES, key=lambda r: r in rule.may):
        response = ask(browser_of(role), address, rule, api=True)
        assert outcome(response) == expected(rule, role), role
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json"


def address_of(operation: Any, kwargs: dict[str, Any]) -> str:
    filled = re.sub(r"{(?:\w+:)?(\w+)}", lambda found: str(kwargs[found[1]]), operation.address)
    return f"/api/v1/{filled.lstrip('/')}"


@pytest.mark.parametrize(
    ("name", "role"),
    [("learning:step", "teammate"), ("coaching:person", "other_coach"), ("jobs:task", "coach"),
     ("knowledge:document", "foreigner"), ("learning:accept", "foreigner")],
)  # fmt: skip
def test_what_is_not_yours_looks_like_what_is_not_there(
    world: World, browser_of: Browser, name: str, role: str
) -> None:
    rule, client = PAGES[name], browser_of(role)
    there = rule.kwargs(world)
    nowhere = {key: "0" * 32 if isinstance(value, str) else uuid4() for key, value in there.items()}
    bodies = [plain(ask(client, reverse(name, kwargs=kwargs), rule)) for kwargs in (there, nowhere)]
    assert bodies[0] == bodies[1]


def plain(response: HttpResponse) -> str:
    """A page without its token, which differs each time."""
    return re.sub(r'"X-CSRFToken": "\w+"', "", response.content.decode())


def test_a_document_for_coaches_exists_for_coaches_only(world: World, browser_of: Browser) -> None:
    address = reverse("knowledge:document", args=[world.coaches_document.pk])
    assert browser_of("coach").get(address).status_code == 200
    for role in ("owner", "manager", "admin_platform", "admin_hr"):
        assert browser_of(role).get(address).status_code == 404, role


# --- the administration: its table is people/permissions.py ----------------------------------------
ACTS = {"changelist": "view", "add": "add", "change": "view", "delete": "delete", "history": "view"}
# Extra pages of ours: the right they need, and how they are asked.
EXTRA = {
    "people_user_search": ("people.view_user", "POST"),
    "people_user_invite": ("people.change_user", "GET"),
    "people_user_leave": ("people.change_user", "GET"),
    "people_user_return": ("people.change_user", "GET"),
    "connectors_connection_sync": ("connectors.change_connection", "POST"),
    "connectors_connection_pause": ("connectors.change_connection", "POST"),
    "connectors_connection_places": ("connectors.view_connection", "GET"),
    "connectors_connection_status": ("connectors.view_connection", "GET"),
    "connectors_connection_documents": ("connectors.view_connection", "GET"),
    "connectors_connection_upload": ("connectors.change_connection", "GET"),
    "knowledge_heldversion_release": ("knowledge.release_heldversion", "POST"),
    "knowledge_heldversion_reject": ("knowledge.release_heldversion", "POST"),
}
# The same for what is not there in this world: who may is told so, and everybody else is refused before.
OF_NOTHING: dict[str, tuple[str, list[Any]]] = {
    "assistant_goldenrun_ask": ("assistant.ask_goldenrun", []),
    "assistant_promptversion_ask": ("assistant.change_promptversion", [UUID(int=1)]),
    "assistant_promptversion_live": ("assistant.change_promptversion", [UUID(int=1)]),
    "assistant_promptversion_of": ("assistant.view_promptversion", ["nothing"]),
    "assistant_promptversion_shipped": ("assistant.change_promptversion", ["nothing"]),
    "gateway_breaker_again": ("gateway.change_breaker", [UUID(int=1)]),
    "gateway_functionswitch_turn": ("gateway.change_functionswitch", ["nothing"]),
    "gateway_notice_seen": ("gateway.change_notice", [UUID(int=1)]),
    "gateway_offer_ask": ("gateway.change_offer", []),
    "gateway_offer_drop": ("gateway.change_offer", []),
    "gateway_offer_live": ("gateway.change_offer", []),
    "gateway_offer_waiting": ("gateway.view_offer", []),
    "knowledge_heldversion_again": ("knowledge.release_heldversion", [UUID(int=1)]),
    "knowledge_heldversion_undo": ("knowledge.release_heldversion", []),
    "knowledge_indexgeneration_ask": ("knowledge.change_indexgeneration", [1]),
    "knowledge_indexgeneration_build": ("knowledge.change_indexgeneration", [1]),
    "knowledge_indexgeneration_compare": ("knowledge.change_indexgeneration", [1]),
    "knowledge_indexgeneration_stop": ("knowledge.change_indexgeneration", [1]),
    "knowledge_indexgeneration_switch": ("knowledge.change_indexgeneration", [1]),
    "skills_mapping_choose": ("skills.decide_mapping", ["skill", UUID(int=1)]),
    "skills_mapping_decide": ("skills.decide_mapping", []),
    "skills_mapping_own": ("skills.view_mapping", ["skill", UUID(int=1)]),
    "skills_mapping_suggest": ("skills.decide_mapping", [UUID(int=1)]),
    "skills_release_accept": ("skills.decide_release", [UUID(int=1)]),
    "skills_release_drop": ("skills.decide_release", [UUID(int=1)]),
}
# For all kinds of admin alike.
COMMON = {"index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n",
          "view_on_site", "app_list", UNNAMED}  # fmt: skip


def test_every_page_of_the_administration_belongs_to_a_model_or_is_listed() -> None:
    names = {route.name.removeprefix("admin:") for route in pages() if route.name.startswith("admin:")}
    models = {f"{m._meta.app_label}_{m._meta.model_name}_{act}" for m in admin.site._registry for act in ACTS}
    assert names - models == set(EXTRA) | set(OF_NOTHING) | COMMON


@pytest.mark.parametrize("role", ROLES)
def test_the_administration(world: World, browser_of: Browser, role: str) -> None:
    """The row asked for is the owner's, or does not exist: refusals come before it is looked for."""
    client = browser_of(role)
    for model in admin.site._registry:
        for act, right in ACTS.items():
            name = f"{model._meta.app_label}_{model._meta.model_name}_{act}"
            args = [] if act in ("changelist", "add") else [world.cast.owner.pk]
            got = outcome(client.get(reverse(f"admin:{name}", args=args)))
            wanted = f"{model._meta.app_label}.{right}_{model._meta.model_name}"
            if may(role, wanted):
                assert got in (THROUGH, 404, 403), name
                assert act not in ("changelist", "add") or got == THROUGH, name
            else:
                assert got in (401, 403, 404), name


@pytest.mark.parametrize("role", ROLES)
def test_extra_pages_of_the_administration(world: World, browser_of: Browser, role: str) -> None:
    client = browser_of(role)
    for name, (right, method) in EXTRA.items():
        app, act = name.split("_")[0], name.split("_")[-1]
        thing = {"connectors": world.connection, "knowledge": world.held.get(act)}.get(
            app
        ) or world.cast.owner
        args = [] if name == "people_user_search" else [thing.pk]
        got = outcome(getattr(client, method.lower())(reverse(f"admin:{name}", args=args)))
        assert (got == THROUGH) == may(role, right), (name, got)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_extra_pages_of_the_administration_refuse_before_they_look(
    world: World, browser_of: Browser, role: str, method: str
) -> None:
    client = browser_of(role)
    for name, (right, args) in OF_NOTHING.items():
        if not may(role, right):
            response = getattr(client, method)(reverse(f"admin:{name}", args=args))
            assert response.status_code == 405 or outcome(response) in (401, 403, 404), name


def may(role: str, right: str) -> bool:
    return role in ADMINS and allows([role.replace("_", "-")], right)
