from dataclasses import asdict
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careerforge.assistant import sent
from careerforge.people import access
from careerforge.people.request import PersonRequest

PER_PAGE = 25


@require_safe
@never_cache
@access.employee
def calls(request: PersonRequest) -> HttpResponse:
    """Every call to a model about the person who looks."""
    page = Paginator(sent.about(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lines = [sent.line(row) for row in page.object_list]
    context = {"page": page, "lines": lines, "company": request.user.organisation}
    return render(request, "assistant/sent/list.html", context)


@require_safe
@never_cache
@access.employee
def call(request: PersonRequest, row_id: UUID) -> HttpResponse:
    """One of them: what left, and what came back."""
    return render(request, "assistant/sent/one.html", {"opened": _opened(request, row_id)})


@require_safe
@never_cache
@access.employee
def file(request: PersonRequest, row_id: UUID) -> HttpResponse:
    """The same as a file, in which every letter that is shown is as it was."""
    opened = _opened(request, row_id)
    text = asdict(opened.text)
    text.pop("values")
    about = {
        "sent_at": opened.line.at.isoformat(),
        "model": opened.line.model,
        "digest": opened.digest,
        "whole": opened.is_whole,
    }
    name = f"model-call-{opened.line.at:%Y-%m-%d-%H%M%S}.json"
    return JsonResponse(
        {**about, **text},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _opened(request: PersonRequest, row_id: UUID) -> sent.Opened:
    found = sent.opened(request.user, row_id)
    if found is None:
        raise Http404
    return found
