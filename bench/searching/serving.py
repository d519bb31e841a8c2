"""The search page of a web process like that of ``serve``, over HTTP: its time, and the memory it needs."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from django.conf import settings
from django.test import Client

from careerforge.people.sign_in import SESSION_ORGANISATION
from careerforge.tenancy import context
from searching.company import Company
from searching.figures import pss_mb, quantiles, surroundings

ROOT = Path(__file__).resolve().parents[2]
PORT = 8937


def figures(company: Company, questions: Sequence[str], clients: int) -> dict[str, Any]:
    """Milliseconds of a page, by one client and by several at once, and MB of the process (PSS)."""
    cookies = {settings.SESSION_COOKIE_NAME: _session(company)}
    with _served() as (base, process):
        found: dict[str, Any] = {"before_mb": pss_mb(process)}
        for together in (1, 1, clients):
            with ThreadPoolExecutor(together) as threads:
                parts = [questions[place::together] for place in range(together)]
                taken = [
                    one for part in threads.map(lambda own: _asked(base, cookies, own), parts) for one in part
                ]
            # The first round warms up.
            found[f"clients_{together}"] = quantiles(taken)
        return found | {"pss_mb": pss_mb(process), **surroundings()}


def _asked(base: str, cookies: dict[str, str], questions: Sequence[str]) -> list[float]:
    taken = []
    with httpx2.Client(base_url=base, cookies=cookies, timeout=60) as client:
        for question in questions:
            started = time.perf_counter()
            answer = client.get("/search/", params={"q": question})
            taken.append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, answer.status_code
    return taken


def _session(company: Company) -> str:
    """The session of who sees everything."""
    client = Client(headers={"host": "127.0.0.1"})
    with context.organisation(company.organisation):
        client.force_login(company.people["100"])
        session = client.session
        session[SESSION_ORGANISATION] = str(company.organisation)
        session.save()
        return str(session.session_key)


@contextmanager
def _served() -> Iterator[tuple[str, int]]:
    """Its address, and the process that answers."""
    options = ["-k", "gthread", "--workers", "1", "--threads", "16", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "careerforge.wsgi", *options, "--bind", f"127.0.0.1:{PORT}"]
    env = os.environ | {"CAREERFORGE_DATABASE_ROLE": "application"}
    master = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(150):
            try:
                httpx2.get(f"{base}/readyz").raise_for_status()
                break
            except httpx2.HTTPError:
                time.sleep(0.2)
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text().split()
        yield base, int(children[0])
    finally:
        master.terminate()
        master.wait(60)
