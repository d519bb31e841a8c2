from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careerforge.people.request import PersonRequest
from careerforge.skills.models import PracticeLevel, Prerequisite, Role


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
    }
    return render(request, "learning/role.html", context)
