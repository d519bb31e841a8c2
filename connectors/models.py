from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models import Collection
from careerforge.tenancy.models import TenantModel


class Connection(TenantModel):
    """A place that documents come from, and who may read them."""

    class Kind(models.TextChoices):
        FEED = "feed", _("Feed (RSS, Atom, JSON Feed)")
        JSON = "json", _("JSON endpoint")
        FOLDER = "folder", _("Folder of files")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    # A URL, or a folder below one of CAREERFORGE_FOLDERS.
    location = models.CharField(_("address or folder"), max_length=2000)
    # For JSON the paths to the entries and their fields; the name of the header that carries the secret.
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    # "Authorization" header or the like, sealed with the installation's credential key.
    sealed_secret = models.BinaryField(null=True, editable=False)
    collection = models.OneToOneField(
        Collection, on_delete=models.CASCADE, related_name="connection", editable=False
    )
    interval_minutes = models.PositiveIntegerField(_("sync every (minutes)"), default=60)
    paused = models.BooleanField(_("paused"), default=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    next_sync_at = models.DateTimeField(null=True, editable=False)
    # Failures in a row; each doubles the wait until the next attempt.
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    # What the source's entries usually have, after the last good synchronisation; empty when nothing is
    # known.
    habit = models.JSONField(default=dict, editable=False)
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


class SyncRun(TenantModel):
    """One synchronisation: what came, what changed, what failed."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="runs")
    job_run = models.ForeignKey(
        "jobs.JobRun", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    gone = models.PositiveIntegerField(_("gone"), default=0)
    # Why the whole run failed, or what was suspicious about it, in words; empty when all was well.
    error = models.CharField(_("error"), max_length=300, blank=True)
    # The source is not as it used to be: what was there before was left alone.
    is_suspicious = models.BooleanField(_("suspicious"), default=False)

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
        return f"{self.started_at:%d %b %Y %H:%M}"

    @property
    def is_at_work(self) -> bool:
        """Neither finished nor given up by the job it belongs to."""
        return self.finished_at is None and self.job_run is not None and self.job_run.is_open


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
        return self.where
