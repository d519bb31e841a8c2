from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def help_page(request: HttpRequest) -> HttpResponse:
    """What is used for what, who sees what, and what the assistant cannot do; your own roles first."""
    sections = [portal.key for portal in getattr(request, "portals", ())]
    return render(request, "help/index.html", {"sections": sections})
