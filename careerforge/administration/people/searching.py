"""Searching people by name: asked by POST, the finds kept in the session as ids, the text kept nowhere."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from careerforge.administration import choosing
from careerforge.governance import audit
from careerforge.people import finding

KEY = "people_found"
SHOWN = 25


@dataclass(frozen=True)
class Search:
    """Ids of the people found."""

    people: tuple[str, ...]
    more: bool

    @property
    def sentence(self) -> str:
        if self.more:
            return _("The first %(n)s people found. Type more of the name to find others.") % {"n": SHOWN}
        return ngettext("%(n)s person found.", "%(n)s people found.", len(self.people)) % {
            "n": len(self.people)
        }


class SearchForm(forms.Form):
    """Empty ends the search."""

    text = forms.CharField(max_length=200, required=False)


def current(request: HttpRequest) -> Search | None:
    """What the newest search of this session found."""
    kept = request.session.get(_key(request))
    return Search(tuple(kept["people"]), bool(kept["more"])) if kept else None


def _key(request: HttpRequest) -> str:
    """The window that picks a person does not open with what was searched in the list, nor the reverse."""
    in_window = "_popup" in request.GET or "popup" in request.POST
    return f"{KEY}_in_window" if in_window else KEY


def view(page: Any, request: HttpRequest) -> HttpResponse:
    """Find, note each find in the audit trail, and show the list."""
    response: HttpResponse = require_POST(_search)(request, page)
    return response


def _search(request: HttpRequest, page: Any) -> HttpResponse:
    if not page.has_view_permission(request):
        raise PermissionDenied
    form = SearchForm(request.POST)
    wanted = form.is_valid() and "clear" not in request.POST
    text = form.cleaned_data["text"].strip() if wanted else ""
    key = _key(request)
    request.session.pop(key, None)
    if text:
        found = finding.find(text, SHOWN)
        who: Any = request.user
        audit.record(who, "people.searched", actor_kind=page.acted_as, found=len(found.people))
        for person in found.people:
            audit.record(who, "person.found", subject=person.pk, actor_kind=page.acted_as)
        request.session[key] = {"people": [str(person.pk) for person in found.people], "more": found.more}
        if not found.people:
            messages.info(request, _("Nobody was found."))
            request.session.pop(key)
    # A search inside the window that picks a person stays in it.
    kept = f"?_to_field={choosing.COLUMN}&_popup=1" if request.POST.get("popup") else ""
    return redirect(f"{reverse('admin:people_user_changelist')}{kept}")
