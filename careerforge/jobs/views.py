from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme

from careerforge.jobs import registry
from careerforge.jobs.models import JobRun


@login_required
def task(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far a job is, for who asked for it: a page, or its moving part for htmx."""
    run = get_object_or_404(JobRun, pk=run_id, asked_by=request.user.pk)
    then = request.GET.get("then", "/")
    if not url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        then = "/"
    job = registry.find(run.job)
    context = {"run": run, "stages": job.stages if job else (), "then": then}
    part = "#stages" if request.headers.get("HX-Request") else ""
    response = render(request, f"jobs/task.html{part}", context)
    if run.state == JobRun.State.DONE and part:
        response["HX-Redirect"] = then
    return response
