from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models import Collection
from careerforge.tenancy.models import LargeTenantModel, TenantModel


class Connection(TenantModel):
    """A place that documents come from, and who may read them."""

    name = models.CharField(_("name"), max_length=120)
    # The key of a kind in ``kinds.registry``; which there are is known to the code and not to the database.
    kind = models.CharField(_("kind"), max_length=24)
    # A URL, or a folder below one of CAREERFORGE_FOLDERS.
    location = models.CharField(_("address or folder"), max_length=2000)
    # The kind's own, by the names of its fields.
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    # How it shows who asks, without the secret: see ``credentials.Auth``.
    auth = models.JSONField(default=dict, blank=True, editable=False)
    # The secret, and a token that was got for it, sealed with the installation's credential key.
    sealed_secret = models.BinaryField(null=True, editable=False)
    sealed_token = models.BinaryField(null=True, editable=False)
    token_until = models.DateTimeField(null=True, editable=False)
    collection = models.OneToOneField(
        Collection, on_delete=models.CASCADE, related_name="connection", editable=False
    )
    interval_minutes = models.PositiveIntegerField(_("sync every (minutes)"), default=60)
    paused = models.BooleanField(_("paused"), default=False)
    # The source said that it is gone for good; nobody paused it.
    is_gone = models.BooleanField(default=False, editable=False)
    next_sync_at = models.DateTimeField(null=True, editable=False)
    # Failures in a row; each doubles the wait until the next attempt.
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    unhealthy_since = models.DateTimeField(null=True, editable=False)
    # When its documents were last read without a fault, and when all of it was read and not only what is new.
    good_at = models.DateTimeField(null=True, editable=False)
    whole_at = models.DateTimeField(null=True, editable=False)
    # What the source's entries usually have, after the last good synchronisation; empty when nothing is
    # known.
    habit = models.JSONField(default=dict, editable=False)
    # What the kind wants to be told next time.
    since = models.JSONField(default=dict, editable=False)
    newest_run = models.ForeignKey(
        "SyncRun", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("connection")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_connection_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Ownership(TenantModel):
    """Who looks after a connection, and is told once when it has been unhealthy for a day."""

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="ownership")
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.connection_id} {self.user_id}"


class Source(LargeTenantModel):
    """One place of a connection, an address, a page or a file: how it is doing, and what it held last."""

    connection = models.ForeignKey(
        Connection, on_delete=models.CASCADE, related_name="sources", db_index=False
    )
    # ``places.key`` of the place, which may be a long address with a key in it.
    key = models.CharField(max_length=32)
    where = models.CharField(_("where"), max_length=500)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    # Of the body that was stored last; null when it was not stored whole.
    digest = models.BinaryField(null=True)
    # The ids of what it held then: ``seen.packed``.
    held = models.BinaryField(default=bytes)
    items = models.PositiveIntegerField(_("entries"), default=0)
    tried_at = models.DateTimeField(_("last tried"), null=True)
    good_at = models.DateTimeField(_("last answered"), null=True)
    seconds = models.FloatField(_("seconds"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # Failures in a row, the reason of the last one, and until when it is left alone for them. After that one
    # request goes through, which decides; until ``probe_until`` nobody sends another.
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    open_until = models.DateTimeField(_("left alone until"), null=True)
    probe_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("source")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["connection", "key"], name="one_source_per_place")
        ]

    def __str__(self) -> str:
        return self.where


class Host(models.Model):
    """A host whose turns all workers and organisations share. Its name is not readable here."""

    key = models.CharField(max_length=64, primary_key=True)
    # When the requests that were let through would be over at an even pace.
    busy_until = models.DateTimeField()
    # It asked to be left alone until then.
    closed_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key[:8]


class SyncRun(TenantModel):
    """One synchronisation: what came, what changed, what failed."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="runs")
    # The job that works on it now, and those that handed it on when their time was up.
    job_run = models.ForeignKey(
        "jobs.JobRun", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    earlier_jobs = models.JSONField(default=list, editable=False)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    # Where to go on, sealed: it may be an address that the source made, with a key in it.
    sealed_cursor = models.BinaryField(null=True, editable=False)
    pages = models.PositiveIntegerField(_("requests"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0)
    # New or changed, and waiting for somebody to look at them: in neither of those numbers.
    held = models.PositiveIntegerField(_("held for review"), default=0)
    # Why the whole run failed, or what was suspicious about it, in words; empty when all was well.
    error = models.CharField(_("error"), max_length=300, blank=True)
    # The source is not as it used to be: what was there before was left alone.
    is_suspicious = models.BooleanField(_("suspicious"), default=False)
    # Everything that the source holds was listed; of a suspicious run: a person may want it as it is.
    is_complete = models.BooleanField(_("complete"), default=False)

    class Meta:
        verbose_name = _("synchronisation")
        verbose_name_plural = _("synchronisations")
        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job_run"], name="one_synchronisation_per_job_run")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-started_at"], name="sync_runs_newest_first"),
            models.Index(fields=["connection", "-started_at"], name="sync_runs_of_a_connection"),
        ]

    def __str__(self) -> str:
        return date_format(timezone.localtime(self.started_at), "j M Y, H:i")

    @property
    def is_at_work(self) -> bool:
        """Neither finished nor given up by the job it belongs to."""
        return self.finished_at is None and self.job_run is not None and self.job_run.is_open


class Sighting(LargeTenantModel):
    """What an unfinished run has come across at one place; several rows where it holds much.

    Gone when the run is over: then the places know what they hold.
    """

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="sightings")
    key = models.CharField(max_length=32)
    where = models.CharField(max_length=500)
    # Packed ids: what is there, and what the source itself says is gone.
    ids = models.BinaryField(default=bytes)
    gone = models.BinaryField(default=bytes)
    # It holds what it held, so that ``ids`` is left out.
    is_unchanged = models.BooleanField(default=False)
    # The last row of its place, with what is to be kept of the body; a digest only if all of it was stored.
    is_last = models.BooleanField(default=True)
    # It, or some of it, could not be read: what came from it before stays.
    is_unread = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    digest = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"{self.run_id} {self.where}"


class SyncProblem(TenantModel):
    """One file, page or item that could not be used, with the reason in words."""

    run = models.ForeignKey(SyncRun, on_delete=models.CASCADE, related_name="problems")
    where = models.CharField(_("where"), max_length=500)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering: ClassVar = ["where", "id"]

    def __str__(self) -> str:
        return self.reason
