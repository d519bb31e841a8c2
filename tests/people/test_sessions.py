"""A session belongs to one person, one password and one time at the company."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from careerforge.people import leaving
from careerforge.people.models import Grant, User
from tests.conftest import PASSWORD

SignIn = Callable[[User], Client]


@pytest.fixture
def signed(owner: User) -> Client:
    """The owner's browser, signed in by the form."""
    cache.clear()
    client = Client()
    client.get("/accounts/login/")
    assert client.post("/accounts/login/", {"login": "owner", "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/help/").status_code == 200


def test_the_session_id_changes_at_sign_in(owner: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = client.cookies["careerforge"].value
    client.post("/accounts/login/", {"login": "owner", "password": PASSWORD})
    assert client.cookies["careerforge"].value != before


def test_after_a_new_password_the_other_sessions_are_dead(
    signed: Client, signed_in: SignIn, owner: User
) -> None:
    other = signed_in(owner)
    new = {
        "oldpassword": PASSWORD,
        "password1": "another horse entirely",
        "password2": "another horse entirely",
    }
    assert signed.post("/accounts/password/change/", new).status_code == 302
    assert (is_in(signed), is_in(other)) == (True, False)


def test_signing_out_ends_the_session_on_the_server(signed: Client) -> None:
    cookie = signed.cookies["careerforge"].value
    signed.post("/accounts/logout/")
    signed.cookies["careerforge"] = cookie
    assert not is_in(signed)


def test_leaving_ends_the_session_at_once_and_returning_does_not_revive_it(
    signed: Client, owner: User
) -> None:
    leaving.leave(owner, timezone.now(), by=None)
    assert not is_in(signed)
    leaving.come_back(owner, by=None)
    assert not is_in(signed)


def test_a_role_taken_away_is_gone_at_the_next_request(signed_in: SignIn, admin_hr: User) -> None:
    client = signed_in(admin_hr)
    assert client.get("/admin/").status_code == 200
    Grant.objects.filter(user=admin_hr).delete()
    assert client.get("/admin/").status_code != 200


def test_a_removed_person_is_signed_out(signed: Client, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(state=User.State.IMPORTED)
    assert not is_in(signed)


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/"]
)
def test_a_sign_in_never_leads_outside(owner: User, target: str) -> None:
    cache.clear()
    response = Client().post("/accounts/login/", {"login": "owner", "password": PASSWORD, "next": target})
    assert response["Location"].startswith("/")
    assert "evil" not in response["Location"]
