"""The golden set in the console: marking an answer, a question by hand, and what is in the set."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from careerforge.assistant import golden
from careerforge.assistant.forms import PickForm
from careerforge.assistant.golden import proposing
from careerforge.assistant.golden.picking import picked, proposed
from careerforge.assistant.golden.reading import shown
from careerforge.assistant.models import GoldenQuestion
from careerforge.people import access
from careerforge.people.models import Grant
from careerforge.people.request import PersonRequest
from coaching.golden import marking, nobody, showing
from coaching.golden.forms import MarkForm

PER_PAGE = 20
COACH = Grant.Kind.COACH


@access.coach
def questions(request: PersonRequest) -> HttpResponse:
    """The questions of the set; with ``retired`` those that are asked no more."""
    retired = bool(request.GET.get("retired"))
    rows = GoldenQuestion.objects.filter(retired_at__isnull=not retired).order_by("-marked_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": showing.rows(list(page), request.user), "retired": retired}
    return render(request, "coaching/golden/set.html", context)


@access.coach
def mark(request: PersonRequest, advice_id: UUID) -> HttpResponse:
    """What would be kept of an advice, and keeping it once it was shown exactly so."""
    form = MarkForm(request.POST or None)
    said = form.cleaned_data["question"] if form.is_bound and form.is_valid() else ""
    marked = marking.proposal(request.user, advice_id, timezone.now(), said)
    if marked is None:
        raise Http404
    if said and form.cleaned_data["key"] == marked.proposal.key:
        golden.keep(marked.proposal, request.user, timezone.now(), acting=COACH)
        messages.success(request, _("The question is in the golden set."))
        return redirect("coaching:golden")
    context = {
        "question": marked.proposal.question,
        "key": marked.proposal.key,
        "lines": nobody.lines(marked.proposal.about),
        "passages": shown(marked.proposal.passages, request.user),
        "changed": bool(said),
        "back": marked.page,
    }
    return render(request, "coaching/golden/mark.html", context)


@access.coach
def pick(request: PersonRequest) -> HttpResponse:
    """A question by hand: its words, the passages that answer it, what would be kept, and keeping it."""
    form = PickForm(request.POST or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else None
    found = picked(given["question"], given["chunk"], request.user) if given else None
    if given and found and found.is_confirmed(given["digest"]):
        golden.keep(found.proposal, request.user, timezone.now(), acting=COACH)
        messages.success(request, _("The question is in the golden set."))
        return redirect("coaching:golden")
    context = {"form": form, "found": found, "shown": proposed(found, request.user)}
    return render(request, "coaching/golden/pick.html", context)


@require_POST
@access.coach
def retire(request: PersonRequest, golden_id: UUID) -> HttpResponse:
    """Ask a question no more, or again."""
    row = get_object_or_404(GoldenQuestion, pk=golden_id)
    if row.retired_at:
        proposing.take_back(row, request.user, acting=COACH)
        messages.success(request, _("It is asked again."))
    else:
        proposing.retire(row, request.user, timezone.now(), acting=COACH)
        messages.success(request, _("It is asked no more."))
    return redirect("coaching:golden")
