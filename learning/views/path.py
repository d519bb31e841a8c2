from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careerforge.people import access
from careerforge.people.request import PersonRequest
from learning.forms import HoursForm, StepForm
from learning.models import PathVersion
from learning.paths import doing, pace, path, progress
from learning.paths.route import route
from learning.roles import target

TEMPLATE = "learning/path.html"


@require_safe
@login_required
def show(request: PersonRequest) -> HttpResponse:
    """The path of an employee; who is none is led to their own portal."""
    if access.Kind.EMPLOYEE not in request.user.kinds:
        elsewhere = access.portals(request.user)
        return redirect(elsewhere[0].url if elsewhere else "help")
    version = path.current(request.user)
    if version is None:
        return render(request, "learning/no_path.html")
    return _page(request, version, _chosen(request.GET.get("step", "")))


@require_POST
@access.employee
def build(request: PersonRequest) -> HttpResponse:
    """Build the first path by rules, now."""
    if path.ensure(request.user, timezone.now()) is None:
        messages.warning(request, _("There is no role to go to yet. An administrator adds roles."))
    return redirect("learning:path")


@require_POST
@access.employee
def act(request: PersonRequest, step_id: UUID) -> HttpResponse:
    """Start, finish, skip or reopen a step."""
    version, step = path.current(request.user), progress.find(request.user, step_id)
    if version is None or step is None:
        raise Http404
    form = StepForm(request.POST)
    if not form.is_valid():
        if not request.htmx:
            # Without JavaScript the answer is a new page, read from its top.
            messages.warning(request, _errors(form))
        return _page(request, version, step_id, form)
    data = form.cleaned_data
    outcome = doing.do(
        request.user, step, data["do"], timezone.now(), reason=data["reason"], anyway=data["anyway"]
    )
    if outcome.waits_for:
        first = {"titles": ", ".join(outcome.waits_for)}
        messages.warning(request, _("This comes first: %(titles)s. Finish it, or skip it.") % first)
    elif not outcome.allowed:
        messages.warning(request, _("This step had changed meanwhile. Here is how it stands now."))
    if request.htmx:
        return _page(request, version, step_id)
    return HttpResponseRedirect(f"{reverse('learning:path')}?step={step_id}#panel")


@require_POST
@access.employee
def hours(request: PersonRequest) -> HttpResponse:
    """Choose the hours a week on which the date of the path rests."""
    form = HoursForm(request.POST)
    if form.is_valid():
        pace.choose(request.user, form.cleaned_data["hours"])
    else:
        messages.warning(request, _errors(form))
    version = path.current(request.user)
    if version is None or not request.htmx:
        return redirect("learning:path")
    return _page(request, version, _chosen(request.POST.get("step", "")))


@require_POST
@access.employee
def keep(request: PersonRequest) -> HttpResponse:
    """Make the role to which the rules have built a path the person's own target."""
    version = path.current(request.user)
    if version:
        target.choose(request.user, version.path.role, timezone.now())
    return redirect("learning:path")


def _errors(form: Form) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _chosen(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(
    request: PersonRequest, version: PathVersion, chosen: UUID | None, form: StepForm | None = None
) -> HttpResponse:
    found = route(request.user, version, chosen, timezone.now())
    parts = {"route": "#route", "panel": "#panel"}
    part = parts.get(request.htmx.target or "", "#route") if request.htmx else ""
    status = 422 if form is not None else 200
    context = {"route": found, "form": form, "as_list": request.COOKIES.get("view") == "list"}
    response = render(request, f"{TEMPLATE}{part}", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
