from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from careerforge.knowledge import quoting
from careerforge.knowledge.models import Document, DocumentVersion
from careerforge.people.request import PersonRequest


@login_required
def document(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """A document as it stood in one version (``v``), with the characters ``start`` to ``end`` marked."""
    found = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("collection"), pk=document_id
    )
    version = _version(found, _number(request.GET.get("v", "")))
    start, end = (_number(request.GET.get(name, "")) or 0 for name in ("start", "end"))
    page = {
        "document": found,
        "version": version,
        "is_current": version.pk == found.current_version_id,
        "parts": quoting.parts(version.text, start, end),
        # Only what a browser may follow; a feed can put anything into an address.
        "link": found.url if found.url.startswith(("https://", "http://")) else "",
        "is_quoted": 0 <= start < min(end, len(version.text)),
    }
    return render(request, "knowledge/document.html", page)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _version(document: Document, number: int | None) -> DocumentVersion:
    """The version asked for, else the current one."""
    versions = document.versions.order_by("-number")
    if number is not None:
        versions = versions.filter(number=number)
    elif document.current_version_id:
        versions = versions.filter(pk=document.current_version_id)
    found = versions.first()
    if found is None:
        raise Http404
    return found
