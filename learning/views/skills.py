from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people import access
from careerforge.people.request import PersonRequest
from careerforge.skills.models import Skill
from learning.forms import TellForm
from learning.gaps import own_word, why
from learning.gaps.inventory import inventory
from learning.gaps.telling import Telling, telling
from learning.models import Step
from learning.paths import path, steps
from learning.roles import suggestions
from learning.words import asking, limits, wordings

TEMPLATE = "learning/skills.html"
# Jobs whose results a model may word.
WORDED = ("learning.suggest", "learning.gap")


@require_safe
@access.employee
def skills(request: PersonRequest) -> HttpResponse:
    """The gap against the target role, five roles that fit, and a place to tell one's skills."""
    asked, mine = request.GET, path.mine(request.user)
    told = telling(
        request.user,
        timezone.now(),
        steps.among(mine),
        slug=asked.get("tell", "")[:80],
        asked=asked.get("find", ""),
        taken=asked.get("taken", ""),
    )
    if request.htmx and request.htmx.target == "tell":
        response = render(request, f"{TEMPLATE}#tell", {"telling": told})
        patch_vary_headers(response, ["HX-Request"])
        return response
    return _page(request, told, mine)


@require_POST
@access.employee
def tell(request: PersonRequest) -> HttpResponse:
    """Say a level of a skill, or correct what was said."""
    skill, form, now = _skill(request), TellForm(request.POST), timezone.now()
    if not form.is_valid():
        mine = path.mine(request.user)
        told = telling(request.user, now, steps.among(mine), slug=skill.slug, form=form)
        return _page(request, told, mine, 422)
    own_word.tell(request.user, skill, form.cleaned_data["level"], form.cleaned_data["used"], now)
    level = form.cleaned_data["level"]
    text = _("%(skill)s is noted at level %(level)s, by your own word. Your path is brought up to date.")
    messages.success(request, text % {"skill": skill.name, "level": level})
    return _told(request)


@require_POST
@access.employee
def take_back(request: PersonRequest) -> HttpResponse:
    """Take the own word about a skill back; it can be put back for a day."""
    claim = own_word.take_back(request.user, _skill(request), timezone.now())
    return _told(request, str(claim.pk) if claim else "")


@require_POST
@access.employee
def put_back(request: PersonRequest, claim_id: UUID) -> HttpResponse:
    """Undo what was taken back."""
    now = timezone.now()
    if own_word.taken_back(request.user, claim_id, now) is None:
        raise Http404
    if own_word.put_back(request.user, claim_id, now) is None:
        messages.warning(request, _("You have told something else about this skill since. That stands."))
    return _told(request)


@require_POST
@access.employee
def accept(request: PersonRequest, suggestion_id: UUID) -> HttpResponse:
    """Make a suggested role the target; a job builds the path to it."""
    accepted = suggestions.accept(request.user, suggestion_id, timezone.now())
    if accepted is None:
        raise Http404
    return watch(accepted.run, reverse("learning:path"))


@require_POST
@access.employee
def refresh(request: PersonRequest) -> HttpResponse:
    """Score all roles again."""
    person = request.user
    run = enqueue("learning.suggest", key=str(person.pk), asked_by=person.pk, person=str(person.pk))
    return watch(run, reverse("learning:skills"))


def watch(run: JobRun, then: str) -> HttpResponse:
    """Lead to the page of a job, and from there on."""
    return redirect(f"{reverse('jobs:task', args=[run.pk])}?{urlencode({'then': then})}")


def _skill(request: PersonRequest) -> Skill:
    return get_object_or_404(Skill, slug=request.POST.get("skill", "")[:80], retired_at__isnull=True)


def _told(request: PersonRequest, taken: str = "") -> HttpResponse:
    """The page after an act: in place for htmx, else by a fresh load."""
    if request.htmx:
        mine = path.mine(request.user)
        told = telling(request.user, timezone.now(), steps.among(mine), taken=taken)
        return _page(request, told, mine)
    query = f"?{urlencode({'taken': taken})}" if taken else ""
    return redirect(f"{reverse('learning:skills')}{query}#tell")


def _page(request: PersonRequest, told: Telling, mine: list[Step], status: int = 200) -> HttpResponse:
    now, role = timezone.now(), path.heading(request.user)
    compared = suggestions.compare(request.user, timezone.localdate(), also=role, done=steps.among(mine))
    found = compared.best()
    gap = compared.gap(role) if role else None
    papers = {one.role.id: one.receipt["inputs"] for one in found}
    if gap:
        papers[gap.role.id] = gap.receipt
    said = wordings.standing(request.user, papers, now)
    context = {
        "inventory": inventory(request.user, gap, mine, said) if gap else None,
        "suggested": [(one, said.roles.get(one.role.id), why.of_suggestion(one)) for one in found],
        "worded": next(iter(said.roles.values()), None),
        "made_at": suggestions.made_at(request.user, found, now),
        "target": role,
        "telling": told,
        "stand": bool(said.roles or said.skills),
        "limited": _limit(request, now),
    }
    part = "#skills" if request.htmx else ""
    response = render(request, f"{TEMPLATE}{part}", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _limit(request: PersonRequest, now: datetime) -> limits.Reached | None:
    """The limit that the last words met: said also while words stand, which are older then."""
    return limits.of_runs(WORDED, request.user, now) if asking.is_open(request.user) else None
