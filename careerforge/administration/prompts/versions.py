"""The pages of prompts: a list by prompt, one version beside another, writing, going live, going back."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from careerforge.administration.base import ReadOnlyPage
from careerforge.administration.golden.asking import ask, open_run
from careerforge.administration.prompts.forms import ReasonForm, WritingForm
from careerforge.administration.prompts.listing import label, prompts, rating
from careerforge.assistant import feedback
from careerforge.assistant.golden import gate
from careerforge.assistant.golden.changing import of_version
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.declared import DAY, DECLARED
from careerforge.assistant.prompts.files import FRAME, shipped
from careerforge.assistant.prompts.template import Source, digest, fill
from careerforge.knowledge.documents.differences import differences
from careerforge.people.models import Grant

FOLDER = "admin/assistant/promptversion"
LIST = "admin:assistant_promptversion_changelist"


@admin.register(PromptVersion)
class PromptVersionAdmin(ReadOnlyPage):
    """Prompts. A version is written and never edited; which one is live is decided here."""

    acted_as = Grant.Kind.ADMIN_LND
    fields = ("name", "number", "note", "made_at", "live")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """New versions are written here."""
        return _may(request, "add")

    def get_urls(self) -> list[URLPattern]:
        """Pages of our own, before Django's."""
        view, name = self.admin_site.admin_view, "assistant_promptversion"
        return [
            path("", view(self.list_view), name=f"{name}_changelist"),
            path("add/", view(self.write_view), name=f"{name}_add"),
            path("shipped/<slug:prompt>/", view(self.shipped_view), name=f"{name}_shipped"),
            path("<uuid:pk>/change/", view(self.version_view), name=f"{name}_change"),
            path("<uuid:pk>/ask/", view(self.ask_view), name=f"{name}_ask"),
            path("<uuid:pk>/live/", view(self.live_view), name=f"{name}_live"),
            *super().get_urls(),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        """Every prompt with its versions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = {"prompts": prompts(timezone.now()), "may_write": _may(request, "add")}
        return self._page(request, "list", _("Prompts"), shown)

    def version_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """One version: its text, and word by word beside the live one or another."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        same = PromptVersion.objects.filter(name__in=PromptVersion.objects.filter(pk=pk).values("name"))
        every = list(same.select_related("owner", "author").order_by("-number"))
        version = next((row for row in every if row.pk == pk), None)
        if version is None:
            raise Http404
        others = [row for row in every if row.pk != pk]
        other = next((row for row in others if str(row.number) == request.GET.get("with")), None)
        live = next((row for row in others if row.live), None)
        beside = other or live
        text = beside.text if beside else shipped(version.name)
        is_asked = version.live or (live is None and version.digest == digest(shipped(version.name)))
        faults = versions.faults(version.name, version.text)
        shown = {
            "version": version,
            "label": label(version.name),
            "others": others,
            "other": beside,
            "changes": differences(text, version.text),
            "trial": None if is_asked or faults else _trial(version),
            "is_asked": is_asked,
            "rating": rating(version, feedback.ratings(now=timezone.now())),
            "verdict": None if is_asked else gate.verdict(of_version(version)),
            "waits": open_run(),
            "may_write": _may(request, "change"),
        }
        return self._page(request, "version", _title(version), shown)

    def write_view(self, request: HttpRequest) -> HttpResponse:
        """Write a version; it begins with the text that is asked with now."""
        if not _may(request, "add"):
            raise PermissionDenied
        name = request.GET.get("prompt", FRAME)
        if not versions.is_known(name):
            raise Http404
        form = WritingForm(request.POST or None, name=name, initial={"text": _asked_text(name)})
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            row = versions.write(
                name, given["text"], given["note"], owner=given["owner"], by=_who(request), now=timezone.now()
            )
            messages.success(request, _("Version %s is kept. It is not live yet.") % row.number)
            return redirect("admin:assistant_promptversion_change", row.pk)
        values = dict(DECLARED[name].values) if name in DECLARED else {}
        shown = {"form": form, "label": label(name), "values": values}
        status = 422 if form.is_bound else 200
        return self._page(request, "write", _("A new version: %s") % label(name), shown, status)

    def ask_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Have the golden set asked about a version."""
        if not _may(request, "change"):
            raise PermissionDenied
        version = self._version(pk)
        if request.method == "POST":
            ask(_who(request), version=version)
            messages.success(request, _("The golden set is asked; what comes of it appears here."))
        return redirect("admin:assistant_promptversion_change", pk)

    def live_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask, say what the golden set says, and make a version live when the answer is yes."""
        if not _may(request, "change"):
            raise PermissionDenied
        version = self._version(pk)
        found = gate.verdict(of_version(version))
        form = ReasonForm(request.POST or None) if found.needs_reason else None
        # A version may have been kept before a rule that it breaks.
        faults = versions.faults(version.name, version.text)
        may = found.may_go_live and not faults
        if request.method == "POST" and may and (form is None or form.is_valid()):
            versions.make_live(version, _who(request), reason=form.cleaned_data["reason"] if form else "")
            messages.success(request, _("Version %s is asked with from now on.") % version.number)
            return redirect(LIST)
        shown = {"version": version, "label": label(version.name), "verdict": found, "form": form,
                 "faults": faults, "trial": None if faults else _trial(version)}  # fmt: skip
        status = 409 if request.method == "POST" and not may else 200
        return self._page(request, "live", _("Make live: %s") % _title(version), shown, status)

    def shipped_view(self, request: HttpRequest, prompt: str) -> HttpResponse:
        """Ask, and go back to the shipped text."""
        if not _may(request, "change"):
            raise PermissionDenied
        live = PromptVersion.objects.filter(name=prompt, live=True).first()
        if not versions.is_known(prompt):
            raise Http404
        if request.method == "POST":
            if versions.follow_shipped(prompt, _who(request)):
                messages.success(request, _("The shipped text is asked with from now on."))
            else:
                messages.warning(request, _("Somebody was quicker: the shipped text is asked with already."))
            return redirect(LIST)
        shown = {"live": live, "label": label(prompt),
                 "changes": differences(live.text if live else "", shipped(prompt))}  # fmt: skip
        return self._page(request, "shipped", _("Back to the shipped text: %s") % label(prompt), shown)

    def _version(self, pk: UUID) -> PromptVersion:
        rows = PromptVersion.objects.select_related("owner", "author")
        return get_object_or_404(rows, pk=pk)

    def _page(
        self, request: HttpRequest, name: str, title: str, shown: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        about = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"{FOLDER}/{name}.html", {**about, **shown}, status=status)


def _may(request: HttpRequest, action: str) -> bool:
    who: Any = request.user
    return bool(who.has_perm(f"assistant.{action}_promptversion"))


def _who(request: HttpRequest) -> Any:
    return request.user


def _trial(version: PromptVersion) -> str:
    """What a model is sent with the example; nothing of the frame, which is sent as it stands."""
    if version.name == FRAME:
        return ""
    values = {"now": DAY, **DECLARED[version.name].values}
    filled = fill(Source(version.name, shipped(FRAME), version.text), values)
    return "\n\n".join((filled.blocks[1], filled.context, filled.question))


def _title(version: PromptVersion) -> str:
    return _("%(prompt)s, version %(number)s") % {"prompt": label(version.name), "number": version.number}


def _asked_text(name: str) -> str:
    live = PromptVersion.objects.filter(name=name, live=True).first()
    return live.text if live else shipped(name)
