from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from careerforge.people import access
from careerforge.people.request import PersonRequest
from coaching.forms import FilterForm
from coaching.persons import roster

PER_PAGE = 25


@access.coach
def people(request: PersonRequest) -> HttpResponse:
    """The coach's people, by handle."""
    today = timezone.localdate()
    form = FilterForm(request.GET)
    everybody = list(access.coachees(request.user, today).values_list("pk", flat=True))
    past = roster.history(everybody, today)
    found = roster.people(request.user, form.filters(), today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": roster.rows(list(page.object_list), past),
        "summary": roster.summary(len(everybody), past),
        "today": today,
    }
    part = "#table" if request.htmx else ""
    response = render(request, f"coaching/people.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
