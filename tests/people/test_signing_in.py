"""Wrong passwords are slowed down for who guesses, and never for ever for who is guessed at."""

from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from careerforge.people.models import User
from tests.conftest import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_counters(db: None) -> None:
    cache.clear()


def attempt(login: str, password: str, client: Client | None = None, **meta: Any) -> HttpResponse:
    response: Any = (client or Client()).post(LOGIN, {"login": login, "password": password}, **meta)
    return response


def told(response: HttpResponse) -> str:
    """The sentence of the form, without the tokens that differ each time."""
    form: Any = response.context["form"]  # type: ignore[attr-defined]
    return str(form.errors.as_text())


def test_a_person_signs_in_with_their_name_and_with_their_e_mail(owner: User) -> None:
    for login in ("owner", "Ottilie.Varnhagen@northwind.example"):
        assert attempt(login, PASSWORD).status_code == 302, login


def test_everybody_lands_in_their_first_portal(coach: User) -> None:
    assert attempt("coach", PASSWORD)["Location"] == "/console/"


def test_unknown_and_known_people_are_told_the_same(owner: User) -> None:
    assert told(attempt("owner", "wrong")) == told(attempt("nobody-at-all", "wrong"))


def test_a_person_without_an_open_account_is_told_the_same(teammate: User) -> None:
    User.objects.filter(pk=teammate.pk).update(state="left")
    assert told(attempt("teammate", "wrong")) == told(attempt("nobody-at-all", "wrong"))


@pytest.mark.parametrize("one_address", [True, False])
def test_a_hundred_wrong_passwords_are_stopped_early(owner: User, one_address: bool) -> None:
    """Eight are tried; the ninth is not even looked at, wherever it comes from."""
    answers = [
        attempt("owner", "wrong", REMOTE_ADDR="10.0.0.1" if one_address else f"10.0.{n}.9")
        for n in range(100)
    ]
    tried = [a for a in answers if "Too many" not in told(a)]
    assert len(tried) == 8
    assert "Too many" in told(attempt("owner", PASSWORD, REMOTE_ADDR="10.9.9.9"))


def test_name_and_e_mail_share_one_count(owner: User) -> None:
    for n in range(8):
        attempt("owner" if n % 2 else "ottilie.varnhagen@northwind.example", "wrong")
    assert "Too many" in told(attempt("owner", "wrong"))


def test_a_forged_forwarded_address_changes_nothing() -> None:
    """Sixty failures a minute from one address, whatever the caller says about where they come from."""
    answers = [
        attempt(f"unknown-{n}", "wrong", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}")
        for n in range(62)
    ]
    assert "Too many" in told(answers[-1])


def test_an_unknown_name_is_stopped_like_a_known_one() -> None:
    answers = [attempt("nobody-at-all", "wrong") for _ in range(9)]
    assert "Too many" in told(answers[-1])


def test_the_victim_still_gets_in_from_a_browser_they_know(owner: User) -> None:
    known = Client()
    attempt("owner", PASSWORD, known)
    known.post("/accounts/logout/")
    for n in range(20):
        attempt("owner", "wrong", REMOTE_ADDR=f"10.1.0.{n}")
    assert attempt("owner", PASSWORD, known).status_code == 302


def test_the_stop_ends_by_itself(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(9):
        attempt("owner", "wrong")
    import time

    later = time.time() + 301
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: later)
    assert attempt("owner", PASSWORD).status_code == 302
