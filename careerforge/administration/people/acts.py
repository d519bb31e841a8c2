"""What HR does to people beyond editing: invite, mark as left, take back. Asked first, then done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.people import identity, leaving, welcoming
from careerforge.people.models import User

# Links are made in waves; nobody prints a thousand at once.
MOST = 200
State = User.State


@dataclass(frozen=True)
class Act:
    """An act, whom it fits, and how it is asked."""

    title: Promise
    question: Promise
    button: Promise
    states: tuple[str, ...]
    do: Callable[[User, datetime, User], str | None]
    # One's own access is somebody else's business.
    not_oneself: bool = False


def _leave(user: User, now: datetime, by: User) -> None:
    leaving.leave(user, now, by)


def _come_back(user: User, now: datetime, by: User) -> None:
    leaving.come_back(user, by)


ACTS = {
    "invite": Act(
        gettext_lazy("Make one-time links"),
        gettext_lazy(
            "Each link sets a password and works once, for seven days. Earlier links stop working. "
            "There are none for active people, whose coaching room a link would open: who has forgotten "
            "a password gets one from the operator, who runs “manage reset_sign_in” on the server."
        ),
        gettext_lazy("Make the links"),
        welcoming.BEFORE_ACTIVE,
        welcoming.invite,
    ),
    "leave": Act(
        gettext_lazy("Mark as left"),
        gettext_lazy(
            "Sessions, tokens, team memberships, coach assignments and room access end at once. "
            "“Take back” opens them again."
        ),
        gettext_lazy("Mark as left"),
        (State.IMPORTED, State.INVITED, State.ACTIVE),
        _leave,
        not_oneself=True,
    ),
    "return": Act(
        gettext_lazy("Take back"),
        gettext_lazy(
            "Memberships and assignments that leaving ended are open again, where nobody took the place."
        ),
        gettext_lazy("Take back"),
        (State.LEFT,),
        _come_back,
    ),
}


def view(page: Any, request: HttpRequest, people: QuerySet[User], name: str) -> HttpResponse:
    """Ask on a page of its own; with the answer, do it."""
    if not page.has_change_permission(request):
        raise PermissionDenied
    act = ACTS[name]
    chosen = list(people.select_related("identity", "key")[: MOST + 1])
    if not chosen:
        raise Http404
    fitting = [
        p for p in chosen if p.state in act.states and not (act.not_oneself and p.pk == request.user.pk)
    ]
    context = {
        **page.admin_site.each_context(request),
        "title": act.title,
        "act": act,
        "opts": page.opts,
        "people": fitting[:MOST],
        "left_out": len(chosen) - len(fitting[:MOST]),
        "action_name": request.POST.get("action", ""),
    }
    if not fitting or "confirmed" not in request.POST:
        return TemplateResponse(request, "admin/people/user/act.html", context)
    return _do(page, request, act, context)


def _do(page: Any, request: HttpRequest, act: Act, context: dict[str, Any]) -> HttpResponse:
    now = timezone.now()
    by: Any = request.user
    made = [(person, act.do(person, now, by)) for person in context["people"]]
    if any(link for _person, link in made):
        context["links"] = [(person.handle, identity.read(person), link) for person, link in made]
        return TemplateResponse(request, "admin/people/user/links.html", context)
    messages.success(request, _("Done for %(n)s.") % {"n": ", ".join(p.handle for p, _link in made[:10])})
    return redirect(reverse("admin:people_user_changelist"))
