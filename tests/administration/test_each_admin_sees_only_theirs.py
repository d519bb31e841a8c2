"""Four kinds of admin; what the permission table does not give is refused, in the index and by address."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from careerforge.people.models import User
from careerforge.people.permissions import TABLE, allows
from tests.cast import Cast

SignIn = Callable[[User], Client]
ADMINS = ("admin-hr", "admin-platform", "admin-org", "admin-lnd")
PAGES = sorted(model._meta.label_lower for model in admin.site._registry)


def person(cast: Cast, kind: str) -> User:
    user: User = getattr(cast, kind.replace("-", "_"))
    return user


def lists(model: str) -> str:
    return reverse(f"admin:{model.replace('.', '_')}_changelist")


@pytest.mark.parametrize("kind", ADMINS)
def test_each_list_opens_for_who_may_see_it_and_for_nobody_else(
    cast: Cast, kind: str, signed_in: SignIn
) -> None:
    client = signed_in(person(cast, kind))
    for model in PAGES:
        app, name = model.split(".")
        expected = 200 if allows([kind], f"{app}.view_{name}") else 403
        assert client.get(lists(model)).status_code == expected, model


@pytest.mark.parametrize("kind", ADMINS)
def test_each_add_page_opens_for_who_may_add(cast: Cast, kind: str, signed_in: SignIn) -> None:
    client = signed_in(person(cast, kind))
    for model in PAGES:
        app, name = model.split(".")
        if model.startswith("connectors."):
            continue
        expected = 200 if allows([kind], f"{app}.add_{name}") else 403
        assert client.get(reverse(f"admin:{app}_{name}_add")).status_code == expected, model


@pytest.mark.parametrize("kind", ADMINS)
def test_the_index_names_only_what_may_be_seen(cast: Cast, kind: str, signed_in: SignIn) -> None:
    page = signed_in(person(cast, kind)).get("/admin/").content.decode()
    for model in PAGES:
        assert (lists(model) in page) == (model in TABLE[kind]), model


@pytest.mark.parametrize("part", ["owner", "coach", "manager"])
def test_everybody_else_is_refused(cast: Cast, part: str, signed_in: SignIn) -> None:
    client = signed_in(getattr(cast, part))
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get(lists("people.user"), follow=True).status_code == 403


def test_a_stranger_is_sent_to_the_one_sign_in_page(db: None) -> None:
    assert "/accounts/login/" in Client().get("/admin/", follow=True).redirect_chain[-1][0]


def test_only_models_of_the_table_have_pages() -> None:
    assert set(PAGES) <= {model for rows in TABLE.values() for model in rows}


def test_no_page_shows_what_is_sealed_or_said_in_a_room() -> None:
    for model, page in admin.site._registry.items():
        assert model._meta.app_label != "coaching"
        assert "room" not in model._meta.model_name
        shown = {*(page.fields or ()), *map(str, page.list_display), *map(str, page.readonly_fields)}
        assert not any("sealed" in name or "password" in name or "last_login" in name for name in shown)
