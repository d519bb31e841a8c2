from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careerforge.jobs import registry, running
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.models import User
from learning.gaps import daily
from learning.models import Readiness, RoleSuggestion
from learning.paths import path
from tests.cast import make_person


@pytest.fixture
def do(company):
    """Queue a job and do it at once, as a worker would."""

    def work(name, **arguments):
        run = enqueue(name, key=str(uuid4()), **arguments)
        running.run(str(run.id), str(company.id))
        run.refresh_from_db()
        return run

    return work


def test_the_path_job_after_a_path_made_in_a_request_adds_nothing(do, version, owner, senior):
    run = do("learning.build_path", person=str(owner.id), role=str(senior.id))
    assert (run.state, run.progress) == ("done", 1)
    assert run.result["version"] == str(version.id)
    assert path.history(owner, senior) == [version]


def test_the_path_job_says_what_it_is_doing(do, owner, senior):
    with CaptureQueriesContext(connection) as seen:
        do("learning.build_path", person=str(owner.id), role=str(senior.id))
    told = [q["sql"] for q in seen if q["sql"].startswith("UPDATE") and "stage" in q["sql"]]
    for stage in registry.find("learning.build_path").stages:
        assert any(stage in sql for sql in told)


def test_nothing_is_computed_about_somebody_who_has_left(do, owner, senior):
    User.objects.filter(pk=owner.pk).update(state="left")
    run = do("learning.build_path", person=str(owner.id), role=str(senior.id))
    assert run.state == "failed"
    assert "not active" in run.error


def test_the_suggestions_job_stores_the_best(do, owner):
    assert do("learning.suggest", person=str(owner.id)).result == {"stored": 3, "worded": 0}
    assert RoleSuggestion.objects.filter(user=owner).count() == 3


def test_the_gap_job_measures_today(do, heading_for_senior):
    assert do("learning.gap", person=str(heading_for_senior.id)).result == {"measured": 1, "worded": 0}


def test_the_daily_job_measures_whoever_is_heading_somewhere(do, version, teammate, outsider, now):
    path.ensure(outsider, now)
    run = do("learning.readiness_daily")
    assert run.result["measured"] == 2
    assert set(Readiness.objects.values_list("user", flat=True)) == {version.path.user_id, outsider.pk}


def test_the_daily_job_goes_on_where_it_was_killed(do, version, owner, monkeypatch):
    monkeypatch.setattr(daily, "SLICE", 1)
    run = enqueue("learning.readiness_daily", key="killed")
    JobRun.objects.filter(pk=run.pk).update(cursor=str(max(User.objects.values_list("pk", flat=True))))
    running.run(str(run.id), str(run.organisation_id))
    run.refresh_from_db()
    assert run.result == {"people": 0, "measured": 0}


def test_a_slice_takes_as_many_queries_for_twelve_people_as_for_one(owner, senior, now):
    shared = daily.rules()

    def queries(people):
        for person in people:
            path.build(person, senior, now)
        with CaptureQueriesContext(connection) as seen:
            assert daily.measure([p.pk for p in people], shared, now.date()) == len(people)
        return len(seen)

    one = queries([owner])
    many = queries([make_person(f"many-{n}", f"Wilhelmina Number{n}") for n in range(12)])
    assert one == many <= 6
