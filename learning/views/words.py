from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careerforge.people import access
from careerforge.people.request import PersonRequest
from learning.paths import path
from learning.views.skills import watch
from learning.words import drafts, taking
from learning.words.limits import Reached
from learning.words.page import in_words


@require_safe
@access.employee
def words(request: PersonRequest) -> HttpResponse:
    """Whether the path is in a model's words, what waits, and what may be asked for."""
    version = path.current(request.user)
    if version is None:
        return redirect("learning:path")
    return render(request, "learning/words.html", {"page": in_words(request.user, version, timezone.now())})


@require_POST
@access.employee
def ask_words(request: PersonRequest) -> HttpResponse:
    """Have the path put into a model's words, for the coach to look at."""
    version = path.current(request.user)
    run = drafts.ask(request.user, version.path.role, timezone.now()) if version else None
    if isinstance(run, Reached):
        messages.warning(request, f"{run.sentence} {_('Your path stays as it is.')}")
        return redirect("learning:words")
    if run is None:
        messages.warning(request, _("No model or no coach is free for it now. Your path stays as it is."))
        return redirect("learning:words")
    return watch(run, reverse("learning:words"))


@require_safe
@access.employee
def changes(request: PersonRequest) -> HttpResponse:
    """What the approved version would change, line by line, before anything is changed."""
    draft = taking.waits(request.user)
    if draft is None:
        return redirect("learning:words")
    found = taking.offered(request.user, draft, timezone.now().date())
    return render(request, "learning/changes.html", {"offered": found})


@require_POST
@access.employee
def take(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Take the lines that are ticked, or nothing of it."""
    if not drafts.is_mine(request.user, draft_id):
        raise Http404
    lines = request.POST.getlist("line") if request.POST.get("do") == "take" else []
    if problem := taking.take(request.user, draft_id, lines, timezone.now()):
        messages.warning(request, problem)
        return redirect("learning:changes")
    return redirect("learning:path")


@require_POST
@access.employee
def cancel_words(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """The person does not want it any more."""
    if not drafts.is_mine(request.user, draft_id):
        raise Http404
    if not drafts.cancel(request.user, draft_id, timezone.now()):
        messages.warning(request, _("It does not wait any more."))
    return redirect("learning:words")


@require_POST
@access.employee
def by_rules(request: PersonRequest) -> HttpResponse:
    """Go back to the path by rules alone."""
    if version := path.current(request.user):
        drafts.leave(request.user, version.path.role, timezone.now())
    return redirect("learning:path")
