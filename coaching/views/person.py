from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from careerforge.assistant import confidence, outcomes
from careerforge.people import access
from careerforge.people.models import User
from careerforge.people.request import PersonRequest
from coaching import rated
from coaching.advising import advice
from coaching.advising.opened import Opened
from coaching.forms import QuestionForm
from coaching.persons.person import page

TEMPLATE = "coaching/person.html"


@access.coach
def person(request: PersonRequest, pseudo_id: str) -> HttpResponse:
    """One of the coach's people; a POST asks a question about them."""
    act = "person.asked_about" if request.method == "POST" else "person.viewed"
    found = access.coachee(request.user, pseudo_id, timezone.localdate(), act=act)
    if request.method == "POST":
        return _ask(request, found)
    return _show(request, found, QuestionForm(initial={"form_key": uuid4()}))


def _ask(request: PersonRequest, found: User) -> HttpResponse:
    form = QuestionForm(request.POST.dict())
    if not form.is_valid():
        return _show(request, found, form, status=422)
    question, key = form.cleaned_data["question"], form.cleaned_data["form_key"]
    opened = advice.ask(request.user, found, question, key, timezone.now())
    if request.htmx:
        return _show(request, found, QuestionForm(initial={"form_key": uuid4()}), chosen=str(opened.id))
    url = reverse("coaching:person", args=[found.profile.pseudo_id])
    return redirect(f"{url}?advice={opened.id}#advice")


def _helped(shown: Opened | None) -> str:
    """How often answers like this one helped; of the rules' own sentences all are supported, always."""
    if shown is None or shown.model_used == "rules":
        return ""
    return confidence.helped(shown.said, outcomes.of(rated.KIND))


def _show(
    request: PersonRequest, found: User, form: QuestionForm, *, chosen: str = "", status: int = 200
) -> HttpResponse:
    asked = advice.earlier(request.user, found)
    chosen = chosen or request.GET.get("advice", "")
    shown = next((one for one in asked if str(one.id) == chosen), asked[0] if asked else None)
    context = {"form": form, "asked": asked, "shown": shown, "pseudo_id": found.profile.pseudo_id}
    context["handle"] = found.profile.coaching_handle
    context["help"] = shown and shown.help(request.user)
    context["helped"] = _helped(shown)
    url = reverse("coaching:person", args=[found.profile.pseudo_id])
    context["here"] = f"{url}?advice={shown.id}" if shown else url
    if not request.htmx:
        context["person"] = page(found, timezone.localdate())
    part = "#advice" if request.htmx else ""
    response = render(request, f"{TEMPLATE}{part}", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
