"""A change of the list of language models on its way: proven first, then made live or dropped."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.administration.base import Page
from careerforge.administration.golden.asking import ask, open_run
from careerforge.administration.golden.forms import ReasonForm
from careerforge.assistant.golden import gate, pending
from careerforge.assistant.models import ModelChange
from careerforge.gateway.models import Offer

LIST, WAITING = "admin:gateway_offer_changelist", "admin:gateway_offer_waiting"
PAGE = "admin/gateway/offer/waiting.html"


@dataclass(frozen=True)
class Field:
    """One field of a row, as it is and as it would be."""

    label: str
    before: str
    after: str


class ChangesOfModels(Page):
    """The pages of the change that waits, for the list of language models."""

    def get_urls(self) -> list[URLPattern]:
        """Before Django's own."""
        view = self.admin_site.admin_view
        own = [
            path("waiting/", view(self.waiting_view), name="gateway_offer_waiting"),
            path("waiting/ask/", view(self.ask_view), name="gateway_offer_ask"),
            path("waiting/live/", view(self.live_view), name="gateway_offer_live"),
            path("waiting/drop/", view(self.drop_view), name="gateway_offer_drop"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, with what waits and what last went live without proof."""
        ended = ModelChange.objects.filter(state=ModelChange.State.LIVE).order_by("-ended_at").first()
        about = {"change": pending.waiting(), "unproven": ended if ended and ended.reason else None}
        return super().changelist_view(request, about | (extra_context or {}))

    def propose(self, request: HttpRequest, wanted: Offer) -> HttpResponse:
        """Have a change wait, and go to its page."""
        if pending.propose(wanted, _who(request), timezone.now()):
            messages.info(request, _("This changes who answers, so it waits until the golden set is asked."))
        else:
            messages.warning(
                request, _("Another change waits already. Make it live or drop it, then change this one.")
            )
        return redirect(WAITING)

    def waiting_view(self, request: HttpRequest) -> HttpResponse:
        """The change field by field, and what the golden set says of it."""
        self._check(request)
        change = pending.waiting()
        return self._waiting(request, change) if change else redirect(LIST)

    def ask_view(self, request: HttpRequest) -> HttpResponse:
        """Have the golden set asked about it."""
        self._check(request)
        change = pending.waiting()
        if request.method == "POST" and change:
            ask(_who(request), models=str(change.pk))
            messages.success(request, _("The golden set is asked; what comes of it appears here."))
        return redirect(WAITING)

    def live_view(self, request: HttpRequest) -> HttpResponse:
        """Make it live when the golden set says yes."""
        self._check(request)
        # Of two at once the second finds none.
        change = pending.hold() if request.method == "POST" else None
        if change is None:
            return redirect(WAITING)
        found = _verdict(change)
        form = ReasonForm(request.POST, by=_who(request)) if found.needs_reason else None
        if not found.may_go_live or (form is not None and not form.is_valid()):
            may = found.may_go_live and not (form and form.hindrance)
            return self._waiting(request, change, form, 200 if may else 409)
        reason = form.cleaned_data["reason"] if form else ""
        if why := pending.make_live(change, _who(request), timezone.now(), reason=reason):
            messages.error(request, why)
            return redirect(WAITING)
        messages.success(request, _("It is asked so from now on."))
        return redirect(LIST)

    def drop_view(self, request: HttpRequest) -> HttpResponse:
        """Leave the list as it is."""
        self._check(request)
        change = pending.waiting()
        if request.method == "POST" and change and pending.drop(change, _who(request), timezone.now()):
            messages.success(request, _("The list stays as it is."))
        return redirect(LIST)

    def _waiting(
        self, request: HttpRequest, change: ModelChange, form: ReasonForm | None = None, status: int = 200
    ) -> HttpResponse:
        found = _verdict(change)
        told = {
            "change": change,
            "fields": _fields(change),
            "verdict": found,
            "form": form or (ReasonForm(by=_who(request)) if found.needs_reason else None),
            "waits": open_run(),
        }
        about = {
            **self.admin_site.each_context(request),
            "title": _("A change that waits"),
            "opts": self.opts,
        }
        return TemplateResponse(request, PAGE, {**about, **told}, status=status)

    def _check(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied


def _verdict(change: ModelChange) -> gate.Verdict:
    """Of a change by the list as it is now; it may need no proof any more."""
    tried = pending.change_of(change)
    if not tried:
        return gate.Verdict("passed", _("By the list as it is now, nobody else answers."))
    return gate.verdict(tried)


def _fields(change: ModelChange) -> list[Field]:
    """What is different; of a new row everything that is set."""
    is_now = Offer.objects.filter(pk=change.offer_id).first() if change.offer_id else None
    wanted = pending.wanted_of(change)
    told = [
        Field(str(pending.FIELDS[name].verbose_name), _shown(is_now, name), _shown(wanted, name))
        for name in change.values
    ]
    return [one for one in told if one.before != one.after]


def _shown(row: Offer | None, name: str) -> str:
    if row is None:
        return ""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return str({True: _("yes"), False: _("no")}.get(value, value) if isinstance(value, bool) else value)


def _who(request: HttpRequest) -> Any:
    return request.user
