from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from careerforge.governance import audit
from careerforge.people import access
from careerforge.people.request import PersonRequest
from coaching.teams import team as teams


@access.manager
def team(request: PersonRequest) -> HttpResponse:
    """Readiness of the manager's unit in groups of five and more."""
    by = "band" if request.GET.get("by") == "band" else "team"
    today = timezone.localdate()
    readiness = teams.readiness(request.user, by, today)
    audit.record(request.user, "team.viewed", actor_kind="manager", by=by)
    return render(request, "coaching/team.html", {"readiness": readiness, "by": by, "today": today})
