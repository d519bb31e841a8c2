"""Canaries in an error of a page, the API or a job, and in addresses: the log and the rows hold none (58)."""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from django.urls import clear_url_caches, reverse
from django.utils.log import configure_logging
from django_q.models import OrmQ, Task

from careerforge.jobs import registry, running
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from tests.security.routes import operations, pages
from tests.security.visiting import every_get
from tests.security.world import World

Browser = Callable[[str], Client]
FILE = Path(__file__).parents[1] / "gateway" / "data" / "pii_canaries.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
CANARIES = [row["value"] for row in ROWS if "value" in row and row["where"] != "job argument"]
# What would be left of any of them.
PARTS = ("quellmann", "zofia", "555 010 204", "ulica cicha", "testowo", "0047711", "1987-03-29", "okonkwo",
         "burnout", "duplicate key")  # fmt: skip
# The cast, of whom many pages speak by name to those who may know it.
NAMES = ("ottilie", "varnhagen", "thaddeus", "brinkhof", "cosima", "castellvi", "mechthild", "rosendahl",
         "@northwind")  # fmt: skip
ADDRESS = re.compile(r"""(?:href|src|action|hx-[a-z]+|data-stream)=["']([^"']*)["']""")


class Holding(IntegrityError):
    """An error of the database, whose text repeats what was written."""


@pytest.fixture
def console() -> Iterator[io.StringIO]:
    """What the console gets, through the handler as it is set up."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    stream = io.StringIO()
    handler: Any = next(one for one in logging.getLogger().handlers if one.name == "console")
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)


def left_in(text: str) -> list[str]:
    return [part for part in PARTS if part in text.casefold()]


def fails(canary: str) -> Callable[..., Any]:
    def work(*_given: Any, **_named: Any) -> Any:
        raise Holding(f"duplicate key value: Key (email)=({canary}) already exists.")

    return work


def test_there_are_canaries_of_every_kind() -> None:
    assert len(CANARIES) >= 11
    assert all(left_in(one) for one in CANARIES)


def test_in_an_error_of_a_page(
    world: World, browser_of: Browser, console: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    route, client = next(one for one in pages() if one.name == "help"), browser_of("owner")
    for canary in CANARIES:
        monkeypatch.setattr(route.pattern, "callback", fails(canary))
        clear_url_caches()
        answer = client.get(reverse("help"))
        assert answer.status_code == 500
        assert not left_in(answer.content.decode())
    assert console.getvalue().count("Holding") >= len(CANARIES)
    assert not left_in(console.getvalue())


def test_in_an_error_of_the_api(
    world: World, browser_of: Browser, console: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation, client = next(one for one in operations() if one.name == "employees"), browser_of("coach")
    for canary in CANARIES:
        monkeypatch.setattr(operation.ninja, "view_func", fails(canary))
        answer = client.get("/api/v1/employees")
        assert answer.status_code == 500
        assert not left_in(answer.content.decode())
    assert console.getvalue().count("Holding") >= len(CANARIES)
    assert not left_in(console.getvalue())


def test_in_an_error_of_a_job(world: World, console: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    job = registry.find("learning.suggest")
    assert job is not None
    for canary in CANARIES:
        monkeypatch.setattr(registry, "find", lambda _name, c=canary: replace(job, work=fails(c)))
        run = enqueue("learning.suggest", key=str(uuid4()), person=str(world.cast.owner.pk))
        for _attempt in range(job.attempts):
            JobRun.objects.filter(pk=run.pk).update(state=JobRun.State.QUEUED)
            running.run(str(run.pk), str(run.organisation_id))
    kept = [(one.arguments, one.result, one.error, one.dedup_key) for one in JobRun.objects.all()]
    assert sum(bool(error) for _arguments, _result, error, _key in kept) >= len(CANARIES)
    assert not left_in(f"{kept} {[row.task for row in OrmQ.objects.all()]} {list(Task.objects.values())}")
    assert "Holding" in console.getvalue()
    assert not left_in(console.getvalue())


@pytest.mark.parametrize("role", ["owner", "coach", "manager", "admin_hr"])
def test_no_address_on_any_page_tells_who_somebody_is(world: World, browser_of: Browser, role: str) -> None:
    client, seen = browser_of(role), 0
    for name, address in every_get(world):
        answer = client.get(address)
        page = "" if answer.streaming else answer.content.decode()
        found = [*ADDRESS.findall(page), answer.headers.get("Location", "")]
        seen += len(found)
        assert not [one for one in found if any(part in one.casefold() for part in NAMES)], name
    assert seen > 10
