from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from careerforge.design.parts import Job, job_of
from careerforge.jobs import registry
from careerforge.jobs.models import JobRun


@login_required
def task(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far a job is, for who asked for it: a page, or its moving part for htmx."""
    run = get_object_or_404(JobRun, pk=run_id, asked_by=request.user.pk)
    then = request.GET.get("then", "/")
    if not url_has_allowed_host_and_scheme(then, allowed_hosts=None):
        then = "/"
    moving = bool(request.headers.get("HX-Request"))
    template = "_stages.html" if moving else "jobs/task.html"
    response = render(request, template, {"job": progress(run, then)})
    if moving and run.state == JobRun.State.DONE:
        response["HX-Redirect"] = then
    patch_vary_headers(response, ["HX-Request"])
    return response


def progress(run: JobRun, then: str) -> Job:
    """A run as the progress partial shows it; ``then`` is where to go when it is done."""
    job = registry.find(run.job)
    url = f"{reverse('jobs:task', args=[run.pk])}?{urlencode({'then': then})}"
    return job_of(run, job.stages if job else (), url, then)
