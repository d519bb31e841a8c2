from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.jobs.running import Failed
from careerforge.tenancy.models import Organisation
from tests.jobs.conftest import Counting


def perform(run: JobRun) -> JobRun:
    running.run(str(run.id), str(run.organisation_id))
    run.refresh_from_db()
    return run


def test_a_run_ends_done_with_its_result(company: Organisation, counting: Counting) -> None:
    run = perform(enqueue("test.count", key="a", mark="m"))
    assert (run.state, run.progress, run.attempt, run.result) == ("done", 1.0, 1, {"mark": "m"})


def test_asking_twice_gives_one_run(company: Organisation, counting: Counting) -> None:
    first = enqueue("test.count", key="a")
    assert enqueue("test.count", key="a") == first
    assert OrmQ.objects.count() == 1


def test_after_it_has_ended_the_same_key_gives_a_new_run(company: Organisation, counting: Counting) -> None:
    first = perform(enqueue("test.count", key="a"))
    assert enqueue("test.count", key="a") != first


def test_a_second_delivery_does_nothing(company: Organisation, counting: Counting) -> None:
    run = perform(enqueue("test.count", key="a"))
    perform(run)
    assert counting.runs == ["x"]


def test_a_rolled_back_act_leaves_no_job(company: Organisation, counting: Counting) -> None:
    with transaction.atomic():
        enqueue("test.count", key="a")
        transaction.set_rollback(True)
    assert not JobRun.objects.exists()
    assert not OrmQ.objects.exists()


def test_an_expected_failure_is_told_in_its_own_words_and_not_tried_again(
    company: Organisation, counting: Counting
) -> None:
    counting.error = Failed("There is nothing to do.")
    run = perform(enqueue("test.count", key="a"))
    assert (run.state, run.error, run.attempt) == ("failed", "There is nothing to do.", 1)


def test_an_unexpected_failure_is_tried_three_times_and_then_given_up(
    company: Organisation, counting: Counting
) -> None:
    counting.error = ZeroDivisionError()
    run = enqueue("test.count", key="a")
    states = []
    for _ in range(4):
        JobRun.objects.filter(pk=run.pk).update(run_after=None)
        states.append((perform(run).state, run.attempt))
    assert states == [("queued", 1), ("queued", 2), ("failed", 3), ("failed", 3)]
    assert run.dead_at
    assert run.error_id in run.error


def test_a_failure_tells_neither_the_row_nor_the_log_what_the_data_was(
    company: Organisation, counting: Counting, caplog: Any
) -> None:
    counting.error = ValueError("Ottilie Varnhagen")
    run = perform(enqueue("test.count", key="a"))
    assert "Ottilie" not in run.error
    assert all("Ottilie" not in record.getMessage() for record in caplog.records)


def test_a_job_that_this_version_does_not_know_is_parked(company: Organisation, counting: Counting) -> None:
    run = enqueue("test.count", key="a")
    JobRun.objects.filter(pk=run.pk).update(job="gone.job")
    assert (perform(run).state, bool(run.dead_at)) == ("failed", True)


def test_a_run_that_waits_too_long_is_queued_again(company: Organisation, counting: Counting) -> None:
    run = enqueue("test.count", key="a")
    OrmQ.objects.all().delete()
    JobRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    running.recover()
    assert OrmQ.objects.count() == 1


def test_the_queue_holds_ids_and_nothing_else(company: Organisation, counting: Counting) -> None:
    run = enqueue("test.count", key="a", mark="something told in confidence")
    assert OrmQ.objects.get().task["args"] == (str(run.id), str(company.id))
