"""kill -9 of the worker at every stage of each long job: a real kill of a process of its own."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from careerforge.jobs import registry, running
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import Running
from careerforge.knowledge.models import Chunk, Document
from careerforge.skills.models import Role
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation
from connectors import connecting
from connectors.models import Connection, SyncRun
from connectors.wishes import Wish
from learning.models import Node, PathVersion, Readiness, Step, Target
from tests.cast import Cast


def killed_at(run: JobRun, stage: int) -> None:
    """Run the job in a child process that kills itself, without warning, when it enters a stage."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        entered = 0
        real = Running.stage

        def stage_or_die(self: Running, *args: Any, **kwargs: Any) -> None:
            nonlocal entered
            real(self, *args, **kwargs)
            entered += 1
            if entered > stage:
                os.kill(os.getpid(), signal.SIGKILL)

        Running.stage = stage_or_die  # type: ignore[method-assign]
        running.run(str(run.id), str(run.organisation_id))
        os._exit(0)
    os.waitpid(child, 0)


def finish(run: JobRun, company: Organisation) -> JobRun:
    """What the clock does a while later: the lease has run out, another worker takes over."""
    with context.organisation(company.id):
        JobRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    running.recover()
    running.run(str(run.id), str(company.id))
    with context.organisation(company.id):
        return JobRun.objects.get(pk=run.pk)


def build_path(people: Cast, folder: Path) -> JobRun:
    role = Role.objects.get(slug="senior-data-engineer")
    return enqueue("learning.build_path", key="k", person=str(people.owner.pk), role=str(role.pk))


def readiness(people: Cast, folder: Path) -> JobRun:
    role = Role.objects.get(slug="data-engineer")
    for person in (people.owner, people.teammate):
        Target.objects.get_or_create(user=person, role=role)
    return enqueue("learning.readiness_daily", key="k")


def sync(people: Cast, folder: Path) -> JobRun:
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Note {n}\n\nSomething about batch orchestration, number {n}.\n")
    admin = people.admin_platform
    wish = Wish(name="Notes", kind="folder", location=str(folder))
    there = Connection.objects.first() or connecting.save(admin, wish, None)
    return connecting.sync_now(admin, there)


def what_there_is() -> dict[str, int]:
    models = (PathVersion, Node, Step, Readiness, Document, Chunk, SyncRun)
    return {model.__name__: model.objects.count() for model in models}


JOBS: list[tuple[str, Callable[[Cast, Path], JobRun]]] = [
    ("learning.build_path", build_path),
    ("learning.readiness_daily", readiness),
    ("connectors.sync", sync),
]
POINTS = [(name, start, at) for name, start in JOBS for at in range(5)]


@pytest.mark.parametrize(("name", "start", "at"), POINTS, ids=[f"{name}-{at}" for name, _start, at in POINTS])
def test_it_is_as_if_it_had_never_been_killed(
    name: str,
    start: Callable[[Cast, Path], JobRun],
    at: int,
    people: Cast,
    committed: Organisation,
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.FOLDERS = [tmp_path]
    with context.organisation(committed.id):
        run = start(people, tmp_path)
    killed_at(run, at)
    done = finish(run, committed)
    assert (done.state, done.error) == ("done", "")
    assert 1 <= done.attempt <= 2
    with context.organisation(committed.id):
        after = what_there_is()
        again = start(people, tmp_path)
    running.run(str(again.id), str(committed.id))
    with context.organisation(committed.id):
        undisturbed = what_there_is()
    # A run that nobody disturbed adds nothing but its own entry in the history.
    assert {**undisturbed, "SyncRun": 0} == {**after, "SyncRun": 0}


def test_after_three_kills_it_is_given_up_and_says_so(
    people: Cast, committed: Organisation, tmp_path: Path
) -> None:
    with context.organisation(committed.id):
        run = build_path(people, tmp_path)
    for _ in range(3):
        killed_at(run, 0)
        with context.organisation(committed.id):
            JobRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    running.recover()
    with context.organisation(committed.id):
        given_up = JobRun.objects.get(pk=run.pk)
    assert (given_up.state, given_up.attempt) == ("failed", 3)
    assert given_up.dead_at
    assert "3 times" in given_up.error


def test_every_registered_job_has_stages_and_a_bounded_number_of_attempts() -> None:
    assert registry.all_jobs()
    assert all(job.stages and job.attempts <= 3 for job in registry.all_jobs())
