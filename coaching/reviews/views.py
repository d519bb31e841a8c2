from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from careerforge.assistant import reviewing
from careerforge.assistant.models import Review
from careerforge.assistant.reviewing.assigning import assign
from careerforge.people import access
from careerforge.people.request import PersonRequest
from coaching.reviews import listing, showing
from coaching.reviews.forms import AssignForm, DecisionForm, FilterForm

PER_PAGE = 25


@access.coach
def reviews(request: PersonRequest) -> HttpResponse:
    """What waits for a human, about the coach's people."""
    now = timezone.now()
    form = FilterForm(request.GET)
    found = listing.find(request.user, form.wanted(), now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": listing.rows(list(page.object_list), request.user, now),
        "counts": None if request.htmx else listing.counts(request.user, now),
    }
    part = "#table" if request.htmx else ""
    response = render(request, f"coaching/reviews/list.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@access.coach
def take(request: PersonRequest) -> HttpResponse:
    """Put the chosen reviews on one's own list."""
    ids = AssignForm(request.POST).ids()
    messages.info(request, showing.taken(assign(ids, request.user, timezone.now()), chosen=bool(ids)))
    return redirect(reverse("coaching:reviews"))


@access.coach
def review(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """One draft beside the rules' version; a POST decides."""
    found = _review(request, review_id)
    if request.method != "POST":
        return _show(request, found, DecisionForm())
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    sent = form.cleaned_data
    word = reviewing.Word(sent["do"], sent["reason"], sent["text"], sent["second"])
    ended = reviewing.decide(found.id, request.user, word, timezone.now())
    if ended.problems:
        form.add_error("reason" if word.verdict == "reject" else "text", list(ended.problems))
        return _show(request, found, form, status=422)
    (messages.success if ended.done else messages.warning)(request, ended.sentence)
    return redirect("coaching:review", review_id=found.id)


def _review(request: PersonRequest, review_id: UUID) -> Review:
    """A review about one of the coach's people, the look recorded; 404 for any other."""
    now = timezone.now()
    found = listing.visible_to(request.user, now).filter(pk=review_id)
    one = found.select_related("subject__profile", "subject__organisation").first()
    if one is None:
        raise Http404
    access.coachee(request.user, one.subject.profile.pseudo_id, now.date(), act="review.opened")
    return one


def _show(request: PersonRequest, found: Review, form: DecisionForm, status: int = 200) -> HttpResponse:
    page = showing.page(found, request.user, timezone.now())
    if page.shown and not form.is_bound:
        form = DecisionForm(initial={"text": page.shown.text})
    context = {"page": page, "review": found, "form": form}
    return render(request, "coaching/reviews/review.html", context, status=status)
