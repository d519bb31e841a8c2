"""Where mail is set up, an owner is written to once after a day; what is logged names nobody."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

from careerforge.governance.models import AuditEvent
from careerforge.jobs import running
from careerforge.jobs.models import JobRun
from careerforge.people import identity, leaving
from connectors import clock, tasks
from connectors.models import Connection
from tests.connectors.connections.site import synchronise
from tests.connectors.engine.jobs import MONDAY

assert tasks


class Days:
    """Time passes by a clock of the test; the worker does what is queued."""

    def __init__(self, monkeypatch, organisation) -> None:
        self.at, self.organisation = MONDAY, organisation
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def tick(self) -> None:
        JobRun.objects.create(job="connectors.sync_due", dedup_key=f"clock {self.at}")
        while queued := list(JobRun.objects.filter(state="queued")):
            for run in queued:
                running.run(str(run.pk), str(self.organisation.pk))

    def live(self, hours: int) -> None:
        """Every half hour."""
        for _ in range(2 * hours):
            self.tick()
            self.at += timedelta(minutes=30)


@pytest.fixture
def days(monkeypatch, company, site, connect) -> Days:
    return Days(monkeypatch, company)


@pytest.fixture
def post(settings) -> list[mail.EmailMessage]:
    """What was sent, where mail is set up."""
    settings.MAIL_URL = "smtp://mail.example:25"
    return mail.outbox


@pytest.fixture
def ill(site, connect) -> Connection:
    site.fails("500 Oops")
    return connect(name="Careers of a rival")


def test_the_owner_is_written_to_once_after_a_day_and_not_before(days, post, ill, platform) -> None:
    days.live(24)
    assert post == []
    days.live(72)
    (letter,) = post
    assert letter.to == [identity.read(platform, "email")]
    assert letter.subject == "“Careers of a rival” has not been well for a day"
    assert "It has not been well since 23 Nov 2026, 08:00" in letter.body
    assert "has a fault of its own" in letter.body
    assert f"/admin/connectors/connection/{ill.pk}/" in letter.body


def test_the_next_illness_is_written_again(days, post, ill, site) -> None:
    days.live(26)
    site.feed("Alpha")
    days.live(26)
    site.fails("500 Oops")
    days.live(26)
    assert len(post) == 2


def test_without_a_mail_server_the_notice_alone_is_given(days, ill, settings) -> None:
    settings.MAIL_URL = ""
    days.live(26)
    assert mail.outbox == []
    assert AuditEvent.objects.filter(act="connection.owner_told").count() == 1
    assert not AuditEvent.objects.filter(act="connection.owner_mailed").exists()
    assert JobRun.objects.get(job="connectors.tell_owner").state == "done"


def test_a_worker_that_was_killed_after_sending_does_not_send_again(days, post, ill) -> None:
    days.live(26)
    job = JobRun.objects.get(job="connectors.tell_owner")
    JobRun.objects.filter(pk=job.pk).update(state="queued")
    running.run(str(job.pk), str(days.organisation.pk))
    assert len(post) == 1


def test_a_mail_server_that_fails_is_asked_again_and_nothing_names_the_person(
    days, post, ill, platform, monkeypatch, caplog
) -> None:
    address = identity.read(platform, "email")

    def refuse(self: mail.EmailMessage, fail_silently: bool = False) -> int:
        raise smtplib.SMTPRecipientsRefused({address: (550, b"no such mailbox")})

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", refuse)
        days.live(25)
        job = JobRun.objects.get(job="connectors.tell_owner")
        running.run(str(job.pk), str(days.organisation.pk))
    assert "The mail server did not take the message." in caplog.text
    assert address not in caplog.text
    assert identity.read(platform) not in caplog.text
    JobRun.objects.filter(pk=job.pk).update(state="queued", run_after=None)
    running.run(str(job.pk), str(days.organisation.pk))
    assert len(post) == 1
    kept = JobRun.objects.get(pk=job.pk)
    assert address not in str((kept.arguments, kept.result, kept.error, kept.dedup_key))


def test_who_has_left_gets_no_mail(days, post, ill, platform) -> None:
    synchronise(ill)
    leaving.leave(platform, days.at, by=None)
    days.live(30)
    assert post == []
