from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


class JobRun(TenantModel):
    """One piece of background work, from the click that asked for it to its end.

    The page's progress bar, ``GET /api/v1/tasks/{id}`` and the admin read this row and nothing else.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    job = models.CharField(_("job"), max_length=64)
    # While a run with this key is queued or running, asking again gives the same run.
    dedup_key = models.CharField(max_length=200)
    # Ids only: never a name, a text or a secret.
    arguments = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    stage = models.CharField(_("stage"), max_length=80, blank=True)
    progress = models.FloatField(_("progress"), default=0)
    cursor = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    error_id = models.CharField(_("error number"), max_length=12, blank=True)
    # Who asked; people sit above this layer, so it is an id and no foreign key.
    asked_by = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    run_after = models.DateTimeField(null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    heartbeat_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    # Given up after the last attempt: a dead letter, with a retry button in the admin.
    dead_at = models.DateTimeField(_("given up at"), null=True)

    class Meta:
        verbose_name = _("job run")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "dedup_key"],
                condition=models.Q(state__in=["queued", "running"]),
                name="one_open_run_per_dedup_key",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="job_progress_between_0_and_1"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-created_at"], name="job_runs_newest_first"),
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state__in=["queued", "running"]),
                name="open_job_runs_by_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.created_at:%d %b %H:%M}" if self.created_at else self.job

    @property
    def is_open(self) -> bool:
        """Still to be finished."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)
