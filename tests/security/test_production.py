"""How it runs behind https: in a process of its own, because settings are read once (cases 1, 2 and 5)."""

import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

PROBE = """
import json, django
django.setup()
from django.test import Client
pages = {}
for name, address in {addresses}.items():
    client = Client(HTTP_HOST="careers.example")
    response = client.get(address, secure={secure})
    pages[name] = dict(response.headers) | {"status": response.status_code}
    pages[name]["cookies"] = {c.key: c.OutputString() for c in client.cookies.values()}
print("RESULT" + json.dumps(pages))
"""


def environment(**more: str) -> dict[str, str]:
    """A production environment on the tests' database, connected as the application."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_OWNER_URL") if name in os.environ}
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **kept,
        "DATABASE_URL": database.geturl(),
        "CAREERFORGE_DATA": str(settings.DATA_FOLDER),
        "DJANGO_SETTINGS_MODULE": "careerforge.settings",
        "CAREERFORGE_PUBLIC_URL": "https://careers.example",
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONWARNINGS": "ignore",
        **more,
    }


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env=environment(**more),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def visit(addresses: dict[str, str], *, secure: bool = True, **more: str) -> dict[str, Any]:
    probe = PROBE.replace("{addresses}", repr(addresses)).replace("{secure}", repr(secure))
    done = run("-c", probe, **more)
    assert "RESULT" in done.stdout, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.split("RESULT")[1])
    return found


def test_djangos_own_list_for_deployment_is_clean() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_cookies_carry_the_prefix_and_answers_ask_for_https(db: None) -> None:
    found = visit(
        {"page": "/accounts/login/", "api": "/api/v1/tasks/1", "nothing": "/nothing", "alive": "/healthz"}
    )
    for name, headers in found.items():
        assert "max-age=31536000; includeSubDomains" in headers.get("Strict-Transport-Security", ""), (
            name,
            headers,
        )
    cookies = found["page"]["cookies"]
    assert set(cookies) == {"__Host-careerforge-csrf"}
    assert all(
        "Secure" in c and "HttpOnly" in c and "SameSite=Lax" in c and "Path=/" in c for c in cookies.values()
    )
    assert all("Domain" not in cookie for cookie in cookies.values())


def test_http_is_sent_to_https(db: None) -> None:
    found = visit({"page": "/accounts/login/", "alive": "/healthz"}, secure=False)
    assert found["page"]["Location"] == "https://careers.example/accounts/login/"
    assert found["alive"]["status"] == 200


@pytest.mark.parametrize("origins", ["*", "https://a.example,*", "https://*.example"])
def test_a_star_for_other_origins_is_refused_at_start(origins: str) -> None:
    done = run("manage.py", "check", CAREERFORGE_CORS_ORIGINS=origins)
    assert done.returncode != 0
    assert "'*' is refused" in done.stderr
    assert "Traceback" not in done.stderr


def test_ready_says_503_while_the_database_is_down() -> None:
    nowhere = "postgresql://careerforge_app@/nothing?host=/nonexistent-folder"
    found = visit({"ready": "/readyz", "alive": "/healthz"}, DATABASE_URL=nowhere)
    assert (found["ready"]["status"], found["alive"]["status"]) == (503, 200)
    assert found["ready"]["Retry-After"]
