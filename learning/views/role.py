from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careerforge.people import access
from careerforge.people.request import PersonRequest
from careerforge.skills.models import Practice, PracticeLevel, Prerequisite, Role, RoleAlias
from learning.paths import path
from learning.roles import suggestions
from learning.views.skills import watch

A_PAGE = 24


@require_safe
@login_required
def roles(request: PersonRequest) -> HttpResponse:
    """All roles of the company, by practice and rung: anybody may read them, an employee chooses here."""
    words, practice = request.GET.get("q", "").strip()[:80], request.GET.get("practice", "")[:40]
    found = Role.objects.filter(retired_at__isnull=True).select_related("practice")
    if words:
        alias = Exists(RoleAlias.objects.filter(role=OuterRef("pk"), text__icontains=words))
        found = found.filter(Q(title__icontains=words) | alias)
    if practice:
        found = found.filter(practice__slug=practice)
    listed = found.annotate(asks=Count("requirements")).order_by("practice__name", "level", "title")
    context = {
        "page": Paginator(listed, A_PAGE).get_page(request.GET.get("page")),
        "practices": Practice.objects.all(),
        "words": words,
        "practice": practice,
        "target": _target(request),
    }
    return render(request, "learning/roles.html", context)


@require_safe
@login_required
def role(request: PersonRequest, slug: str) -> HttpResponse:
    """What a role asks for: anybody of the company may read it, and citations lead here."""
    found = get_object_or_404(Role.objects.select_related("practice"), slug=slug)
    requirements = list(found.requirements.select_related("skill"))
    ids = [row.skill_id for row in requirements]
    builds_on: dict[object, list[str]] = {}
    pairs = Prerequisite.objects.filter(skill__in=ids, requires__in=ids)
    for skill_id, name in pairs.order_by("requires__name").values_list("skill_id", "requires__name"):
        builds_on.setdefault(skill_id, []).append(name)
    context = {
        "role": found,
        "rung": PracticeLevel.objects.filter(practice=found.practice, level=found.level).first(),
        "rows": [(row, builds_on.get(row.skill_id, [])) for row in requirements],
        "target": _target(request),
        "may_choose": access.Kind.EMPLOYEE in request.user.kinds and found.retired_at is None,
    }
    return render(request, "learning/role.html", context)


@require_POST
@access.employee
def choose(request: PersonRequest, slug: str) -> HttpResponse:
    """Make a role the target; a job builds the path to it."""
    found = get_object_or_404(Role, slug=slug, retired_at__isnull=True)
    return watch(suggestions.head_for(request.user, found, timezone.now()).run, reverse("learning:path"))


def _target(request: PersonRequest) -> Role | None:
    """Where an employee is heading; nobody else is heading anywhere."""
    return path.heading(request.user) if access.Kind.EMPLOYEE in request.user.kinds else None
