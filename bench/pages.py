"""Every page over HTTP by one client while the worker syncs: p50 and p95 in milliseconds, and queries.

Needs a demo company; `grow_company` makes it large. Prints one line of JSON.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import httpx2

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from careerforge.knowledge.models import Document
from careerforge.people.models import Profile, User
from careerforge.people.sign_in import SESSION_ORGANISATION, find
from careerforge.skills.models import Role
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from connectors import connecting
from connectors.models import Connection

ROOT = Path(__file__).resolve().parent.parent
PORT = 8931


def pages() -> dict[str, list[str]]:
    """Sign-in name → the pages of that role."""
    admin = {
        "admin-hr": ["people_user", "people_team", "people_assignment", "governance_auditevent"],
        "admin-platform": ["connectors_connection", "connectors_syncrun", "jobs_jobrun", "gateway_modelcall"],
        "admin-org": ["skills_role", "skills_skill"],
        "admin-lnd": ["learning_resource"],
    }
    coachee = (
        Profile.objects.filter(user__coached_by__coach__username="coach-data-ml", user__username="emp-data")
        .values_list("pseudo_id", flat=True)
        .get()
    )
    role = Role.objects.order_by("slug").values_list("slug", flat=True).first()
    open_to_all = Document.objects.leading().current().filter(collection__audience="everyone")
    published = open_to_all.filter(current_version__isnull=False)
    document = published.order_by("title").values_list("pk", flat=True).first()
    found = {
        "emp-data": [
            reverse("learning:path"),
            reverse("learning:skills"),
            reverse("learning:role", args=[role]),
            reverse("knowledge:document", args=[document]),
            reverse("help"),
            "/api/v1/learning-path",
            "/api/v1/skill-gap",
            "/api/v1/role-suggestions",
        ],
        "coach-data-ml": [
            reverse("coaching:people"),
            reverse("coaching:people") + "?q=engineer&page=2",
            reverse("coaching:person", args=[coachee]),
            "/api/v1/employees",
            f"/api/v1/employees/{coachee}/skill-gap",
        ],
        "manager": [reverse("coaching:team"), reverse("coaching:team") + "?by=band"],
    }
    for name, models in admin.items():
        found[name] = [reverse("admin:index")] + [reverse(f"admin:{m}_changelist") for m in models]
    return found


@contextmanager
def served(password: str) -> Iterator[httpx2.Client]:
    """A web process like the real one, and a worker."""
    env = {**os.environ, "CAREERFORGE_DATABASE_ROLE": "application"}
    web = [
        sys.executable,
        "-m",
        "gunicorn",
        "careerforge.wsgi",
        "-k",
        "gthread",
        "--workers",
        "1",
        "--threads",
        "16",
    ]
    started = [
        subprocess.Popen([*web, "--bind", f"127.0.0.1:{PORT}"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL),
        subprocess.Popen(
            [sys.executable, "manage.py", "qcluster"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
        ),
    ]
    try:
        base = f"http://127.0.0.1:{PORT}"
        for _ in range(100):
            try:
                httpx2.get(f"{base}/readyz").raise_for_status()
                break
            except httpx2.HTTPError:
                time.sleep(0.2)
        yield base
    finally:
        for process in started:
            process.terminate()
        for process in started:
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def signed_in(base: str, name: str, password: str) -> httpx2.Client:
    """A browser's session, by the sign-in form."""
    client = httpx2.Client(base_url=base, follow_redirects=True, timeout=60)
    form = client.get("/accounts/login/").text
    token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    answer = client.post(
        "/accounts/login/", data={"login": name, "password": password, "csrfmiddlewaretoken": token}
    )
    answer.raise_for_status()
    return client


def busy(folder: Path, organisation: Organisation) -> Connection:
    """A sync that keeps the worker at work."""
    for n in range(4000):
        (folder / f"note-{n}.txt").write_text(
            f"Note {n}\n\n" + f"A note about SQL and pipelines, number {n}. " * 60
        )
    settings.FOLDERS = [folder]
    with context.organisation(organisation.id):
        admin = User.objects.get(username="admin-platform")
        wish = connecting.Wish(name=f"Bench {folder.name}", kind="folder", location=str(folder))
        connection_row = connecting.save(admin, wish, None)
        connecting.sync_now(admin, connection_row)
        return connection_row


def queries(name: str, urls: list[str]) -> dict[str, int]:
    """Queries per page, counted in this process."""
    counted = {}
    client = Client(headers={"host": "127.0.0.1"})
    user = find(name)
    assert user is not None
    with context.organisation(user.organisation_id):
        client.force_login(user)
    session = client.session
    session[SESSION_ORGANISATION] = str(user.organisation_id)
    session.save()
    for url in urls:
        client.get(url)
        seen: list[str] = []

        def note(execute: Any, sql: str, *rest: Any, seen: list[str] = seen) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            client.get(url)
        counted[url] = len(seen)
    return counted


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser()
    options.add_argument("--rounds", type=int, default=30)
    rounds = options.parse_args().rounds
    password = (settings.DATA_FOLDER / "demo-password").read_text().strip()
    organisation = Organisation.objects.get(is_demo=True)
    with context.organisation(organisation.id):
        people, by_name = User.objects.count(), pages()
    results: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CAREERFORGE_FOLDERS"] = folder
        connection_row = busy(Path(folder), organisation)
        with served(password) as base:
            for name, urls in by_name.items():
                client = signed_in(base, name, password)
                for url in urls:
                    times = []
                    for n in range(rounds + 3):
                        start = time.perf_counter()
                        answer = client.get(url)
                        taken = (time.perf_counter() - start) * 1000
                        assert answer.status_code == 200, (url, answer.status_code)
                        times += [taken] if n >= 3 else []
                    times.sort()
                    results[f"{name} {url}"] = {
                        "p50_ms": round(statistics.median(times), 1),
                        "p95_ms": round(times[int(len(times) * 0.95) - 1], 1),
                    }
        # What it brought stays; the folder is gone, so the clock must not ask again.
        with context.organisation(organisation.id):
            Connection.objects.filter(pk=connection_row.pk).update(paused=True)
    for name, urls in by_name.items():
        for url, count in queries(name, urls).items():
            results[f"{name} {url}"]["queries"] = count
    worst = max(results.values(), key=lambda r: r["p95_ms"])
    print(
        json.dumps(
            {
                "bench": "pages",
                "people": people,
                "rounds": rounds,
                "worst_p95_ms": worst["p95_ms"],
                "most_queries": max(r["queries"] for r in results.values()),
                "pages": results,
            }
        )
    )


if __name__ == "__main__":
    main()
