from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from careerforge.jobs.models import JobRun

router = Router(tags=["tasks"])


class Task(Schema):
    """How far a piece of background work is."""

    id: UUID
    # queued, running, done or failed
    status: str
    stage: str
    # 0 to 1, counted in finished pieces of work
    progress: float
    # Ids and counts of what was made.
    result: dict[str, Any] | None
    # Why it failed, in words.
    error: str | None


@router.get("tasks/{uuid:task_id}", response=Task, url_name="task")
def read_task(request: HttpRequest, task_id: UUID) -> Task:
    """One task, for who asked for it; 404 for everybody else."""
    run = get_object_or_404(JobRun, pk=task_id, asked_by=request.user.pk)
    return Task(
        id=run.id,
        status=run.state,
        stage=run.stage,
        progress=run.progress,
        result=run.result,
        error=run.error or None,
    )
