"""What every answer carries, whoever asks and whatever came of it (cases 2 and 5)."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.security.visiting import every_get
from tests.security.world import World

Browser = Callable[[str], Client]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def protected(response: HttpResponse) -> bool:
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert POLICY.items() <= policy.items()
    assert "unsafe" not in response["Content-Security-Policy"]
    return (
        response["X-Content-Type-Options"] == "nosniff"
        and response["Referrer-Policy"] == "same-origin"
        and response["Cross-Origin-Opener-Policy"] == "same-origin"
        and len(response["X-Request-Number"]) == 8
    )


@pytest.mark.parametrize("role", ["anonymous", "owner", "coach", "manager", "admin_hr", "admin_platform"])
def test_every_answer_is_protected(world: World, browser_of: Browser, role: str) -> None:
    client = browser_of(role)
    for name, address in every_get(world):
        assert protected(client.get(address)), name


@pytest.mark.parametrize(
    "address",
    ["/no-such-page", "/api/v1/no-such-thing", "/static/theme.css", "/static/no-such-file", "/healthz"],
)
def test_what_is_not_there_is_protected_too(db: None, address: str) -> None:
    response = Client().get(address)
    assert protected(response)
    response.close()


@pytest.mark.parametrize("address", ["/accounts/login/", "/api/v1/tasks/1", "/healthz"])
def test_a_foreign_host_is_refused_and_protected(db: None, address: str) -> None:
    response = Client(HTTP_HOST="evil.example").get(address)
    assert protected(response)
    assert "evil" not in response.content.decode()


def test_the_page_of_an_old_form_is_protected(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert response.status_code == 403
    assert protected(response)


def test_every_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World, browser_of: Browser) -> None:
    client = Client()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "owner", "password": "correct horse battery staple"})
    assert set(client.cookies) >= {"careerforge", "careerforge-csrf", "careerforge-browser"}
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert (cookie["path"], cookie["domain"]) == ("/", ""), name


# --- other origins ---------------------------------------------------------------------------------
def asked_from(origin: str, method: str = "get") -> HttpResponse:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    response: HttpResponse = getattr(Client(), method)("/api/v1/openapi.json", headers=headers)
    return response


def test_other_origins_get_nothing_by_default(db: None) -> None:
    for method in ("get", "options"):
        assert not [
            name for name in asked_from("https://a.example", method).headers if "Allow-Origin" in name
        ]


def test_a_listed_origin_may_call_the_api_and_no_other(db: None, settings: object) -> None:
    settings.CORS_ORIGINS = ["https://a.example"]  # type: ignore[attr-defined]
    listed = asked_from("https://a.example", "options")
    assert (listed.status_code, listed["Access-Control-Allow-Origin"]) == (204, "https://a.example")
    assert "Access-Control-Allow-Credentials" not in listed
    assert "Origin" in listed["Vary"]
    assert protected(listed)
    assert "Access-Control-Allow-Origin" not in asked_from("https://b.example")
