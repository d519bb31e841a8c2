"""What changes something needs the token of our own page (case 6)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from careerforge.people.models import User
from careerforge.people.sign_in import SESSION_ORGANISATION
from tests.security.policy import API, PAGES
from tests.security.routes import operations
from tests.security.test_who_gets_where import EXTRA, OF_NOTHING, address_of
from tests.security.world import World, fingerprint

UNSAFE = ("post", "put", "patch", "delete")


@pytest.fixture
def strict(world: World, signed_in: Callable[[User], Client]) -> Callable[[str], Client]:
    """A signed-in browser that does not hold a token."""

    def made(role: str) -> Client:
        user: Any = world.user(role)
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        session = client.session
        session[SESSION_ORGANISATION] = str(user.organisation_id)
        session.save()
        return client

    return made


@pytest.mark.parametrize("method", UNSAFE)
def test_every_page_refuses_and_changes_nothing(
    world: World, strict: Callable[[str], Client], method: str
) -> None:
    for name, rule in PAGES.items():
        role = "owner" if "owner" in rule.may else min(rule.may, default="coach")
        client, before = strict(role), fingerprint()
        response = getattr(client, method)(reverse(name, kwargs=rule.kwargs(world)), rule.body)
        assert response.status_code in (403, 405), name
        assert fingerprint() == before, name


def test_every_page_of_the_administration_refuses(world: World, strict: Callable[[str], Client]) -> None:
    clients = {kind: strict(kind) for kind in ("admin_hr", "admin_platform", "admin_org", "admin_lnd")}
    before = fingerprint()
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for client in clients.values():
            for act in ("changelist", "add", "change", "delete"):
                args = [] if act in ("changelist", "add") else [world.cast.owner.pk]
                assert client.post(reverse(f"{base}_{act}", args=args), {"name": "x"}).status_code == 403
    for name in EXTRA:
        thing = world.connection if name.startswith("connectors") else world.cast.owner
        args = [] if name == "people_user_search" else [thing.pk]
        response = clients["admin_hr"].post(reverse(f"admin:{name}", args=args), {"confirmed": "1"})
        # The page that takes files looks at who asks first: the token comes with the files.
        assert response.status_code == (404 if name.endswith("_upload") else 403), name
    for name, (_right, of_nothing) in OF_NOTHING.items():
        for client in clients.values():
            address = reverse(f"admin:{name}", args=of_nothing)
            assert client.post(address, {"confirmed": "1"}).status_code == 403
    assert fingerprint() == before


@pytest.mark.parametrize("operation", [o for o in operations() if o.method != "GET"], ids=lambda o: o.name)
def test_a_session_without_its_token_changes_nothing_in_the_api(
    world: World, strict: Callable[[str], Client], operation: Any
) -> None:
    rule = API[operation.name]
    client, before = strict("owner" if "owner" in rule.may else min(rule.may)), fingerprint()
    call = getattr(client, operation.method.lower())
    response = call(address_of(operation, rule.kwargs(world)), rule.body, content_type="application/json")
    assert response.status_code == 403
    assert "X-CSRFToken" in response.json()["detail"]
    assert fingerprint() == before


def test_signing_out_by_a_link_is_not_possible(world: World, strict: Callable[[str], Client]) -> None:
    client = strict("owner")
    client.get("/accounts/logout/")
    assert client.get("/help/").status_code == 200
