from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from careerforge.knowledge.documents import duplicates, languages, quality, quoting, topics, trend
from careerforge.knowledge.documents.describing import quality_points
from careerforge.knowledge.documents.differences import differences
from careerforge.knowledge.documents.regions import regions
from careerforge.knowledge.forms import SearchForm
from careerforge.knowledge.models import Collection, Document, DocumentVersion
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.search.results import results
from careerforge.knowledge.search.retrieval import search as find
from careerforge.people import access
from careerforge.people.models import Grant
from careerforge.people.request import PersonRequest

# Origins and versions that the page names; changes on one page of a comparison.
MOST_ORIGINS, MOST_VERSIONS, CHANGES = 20, 12, 40
# Passages on a page of results, and how many a search gives at most.
PER_PAGE, MOST_FOUND = 8, 48
State = DocumentVersion.State


@login_required
def document(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """A document as it stood in one version (``v``), with the characters ``start`` to ``end`` marked."""
    found = _document(request, document_id)
    version = _version(found, _number(request.GET.get("v", "")))
    start, end = (_number(request.GET.get(name, "")) or 0 for name in ("start", "end"))
    visible = Document.objects.visible_to(request.user)
    points = quality_points(found, version.text)
    page = {
        "document": found,
        "version": version,
        "is_current": version.pk == found.current_version_id,
        "parts": quoting.parts(version.text, start, end),
        "link": _link(found),
        "is_quoted": 0 <= start < min(end, len(version.text)),
        "language": languages.name(found.language),
        "unsupported": languages.unsupported(found.language),
        "points": points,
        "quality": quality.score(points),
        "topics": topics.shown(found.topics),
        "may_search": not set(access.SEARCHERS).isdisjoint(request.user.kinds),
        "trust": trend.told(found.collection.trust_rows),
        "origins": [
            (one, _link(one))
            for one in duplicates.origins(found, visible)[:MOST_ORIGINS]
            if one.pk != found.pk
        ],
        "versions": list(_published(found).defer("text", "facts")[:MOST_VERSIONS]),
    }
    return render(request, "knowledge/document.html", page)


@access.searcher
def search(request: PersonRequest) -> HttpResponse:
    """Passages of documents that the person may see, with the reasons of their order."""
    visible = dict(Collection.objects.visible_to(request.user).values_list("pk", "passages"))
    form = SearchForm(request.GET or None, regions=regions(list(visible)))
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    page = Paginator(_passages(request, form, query), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "query": query,
        "page": page,
        "results": results(list(page.object_list), query),
        "is_narrowed": any(form.data.get(name) for name in ("kind", "region", "since", "until", "topic")),
        "passages": sum(visible.values()),
        # Who has several portals searches from the coach's.
        "shell_template": _shell(request),
    }
    response = render(request, f"knowledge/search.html{'#found' if request.htmx else ''}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _passages(request: PersonRequest, form: SearchForm, query: str) -> list[Passage]:
    if not query:
        return []
    asked = form.cleaned_data
    return find(
        request.user,
        query,
        kinds=[asked["kind"]] if asked["kind"] else (),
        region=asked["region"],
        since=asked["since"],
        until=asked["until"],
        topic=asked["topic"],
        limit=MOST_FOUND,
        now=timezone.now(),
    )


def _shell(request: PersonRequest) -> str:
    return "shell/console.html" if Grant.Kind.COACH in request.user.kinds else "shell/employee.html"


@login_required
def changes(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """What has changed from one version (``from``) to another (``to``): the last two unless given."""
    found = _document(request, document_id)
    new = _version(found, _number(request.GET.get("to", "")))
    old = _published(found).filter(number__lt=new.number)
    asked = _number(request.GET.get("from", ""))
    before = (old if asked is None else old.filter(number=asked)).first()
    if before is None:
        raise Http404
    paged = Paginator(differences(before.text, new.text), CHANGES).get_page(request.GET.get("page"))
    page: dict[str, Any] = {"document": found, "old": before, "new": new, "page": paged}
    return render(request, "knowledge/changes.html", page)


def _document(request: PersonRequest, document_id: UUID) -> Document:
    visible = Document.objects.visible_to(request.user)
    found: Document = get_object_or_404(visible.select_related("collection"), pk=document_id)
    return found


def _link(document: Document) -> str:
    """Only what a browser may follow; a feed can put anything into an address."""
    return document.url if document.url.startswith(("https://", "http://")) else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _published(document: Document) -> QuerySet[DocumentVersion]:
    """The versions that people may read, the newest first: not those that were held back."""
    rows = document.versions.filter(state__in=(State.CLEAR, State.RELEASED)).order_by("-number")
    published: QuerySet[DocumentVersion] = rows
    return published


def _version(document: Document, number: int | None) -> DocumentVersion:
    """The version asked for, else the current one."""
    versions = _published(document)
    if number is not None:
        versions = versions.filter(number=number)
    elif document.current_version_id:
        versions = versions.filter(pk=document.current_version_id)
    found = versions.first()
    if found is None:
        raise Http404
    return found
