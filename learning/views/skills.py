from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people import access
from careerforge.people.request import PersonRequest
from learning import path, suggestions
from learning.inventory import inventory


@require_safe
@access.employee
def skills(request: PersonRequest) -> HttpResponse:
    """The gap against the target role, and five roles that fit with scores and reasons."""
    today = timezone.localdate()
    role = path.heading(request.user)
    compared = suggestions.compare(request.user, today, also=role)
    found = compared.best()
    context = {
        "inventory": inventory(request.user, compared.gap(role)) if role else None,
        "suggested": found,
        "made_at": suggestions.made_at(request.user, found, timezone.now()),
        "target": role,
    }
    return render(request, "learning/skills.html", context)


@require_POST
@access.employee
def accept(request: PersonRequest, suggestion_id: UUID) -> HttpResponse:
    """Make a suggested role the target; a job builds the path to it."""
    accepted = suggestions.accept(request.user, suggestion_id, timezone.now())
    if accepted is None:
        raise Http404
    return _watch(accepted.run, reverse("learning:path"))


@require_POST
@access.employee
def refresh(request: PersonRequest) -> HttpResponse:
    """Score all roles again."""
    person = request.user
    run = enqueue("learning.suggest", key=str(person.pk), asked_by=person.pk, person=str(person.pk))
    return _watch(run, reverse("learning:skills"))


def _watch(run: JobRun, then: str) -> HttpResponse:
    return redirect(f"{reverse('jobs:task', args=[run.pk])}?{urlencode({'then': then})}")
