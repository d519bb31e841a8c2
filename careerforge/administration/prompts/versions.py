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
from careerforge.administration.golden.forms import ReasonForm
from careerforge.administration.prompts.forms import WritingForm
from careerforge.administration.prompts.listing import label, prompts, rating, versions_of
from careerforge.assistant import feedback
from careerforge.assistant.golden import gate
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.declared import DAY, DECLARED
from careerforge.assistant.prompts.files import FRAME, shipped
from careerforge.assistant.prompts.holding import hold_live
from careerforge.assistant.prompts.template import Source, digest, fill
from careerforge.assistant.prompts.trial import trial
from careerforge.knowledge.documents.differences import differences
from careerforge.people.models import Grant

FOLDER = "admin/assistant/promptversion"
# The newest ones, to compare with.
COMPARED = 20
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
            path("of/<slug:prompt>/", view(self.prompt_view), name=f"{name}_of"),
            path("shipped/<slug:prompt>/", view(self.shipped_view), name=f"{name}_shipped"),
            path("<uuid:pk>/change/", view(self.version_view), name=f"{name}_change"),
            path("<uuid:pk>/ask/", view(self.ask_view), name=f"{name}_ask"),
            path("<uuid:pk>/live/", view(self.live_view), name=f"{name}_live"),
            *super().get_urls(),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        """Every prompt with its newest versions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = {"prompts": prompts(timezone.now()), "may_write": _may(request, "add")}
        return self._page(request, "list", _("Prompts"), shown)

    def prompt_view(self, request: HttpRequest, prompt: str) -> HttpResponse:
        """One prompt with all of its versions, page by page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not versions.is_known(prompt):
            raise Http404
        found, page = versions_of(prompt, request.GET.get("page"), timezone.now())
        shown = {"prompts": [found], "page": page, "may_write": _may(request, "add")}
        return self._page(request, "list", _("Versions: %s") % label(prompt), shown)

    def version_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """One version: its text, and word by word beside the live one or another."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = self._version(pk)
        others = PromptVersion.objects.filter(name=version.name).exclude(pk=pk).order_by("-number")
        beside = _beside(version, request.GET.get("with", ""))
        text = beside.text if beside else shipped(version.name)
        faults = versions.faults(version.name, version.text)
        shown = {
            "version": version,
            "label": label(version.name),
            "others": others.values_list("number", flat=True)[:COMPARED],
            "other": beside,
            "changes": differences(text, version.text),
            "trial": None if version.live or faults else _trial(version),
            "rating": rating(version, feedback.ratings(now=timezone.now())),
            "verdict": None if version.live else gate.verdict_of(version),
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
        if request.method == "POST" and form.is_valid() and (row := _written(form, _who(request))):
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
        if request.method == "POST":
            # Of two at once the second looks at what the first has made live.
            hold_live()
        version = self._version(pk)
        found = gate.verdict_of(version)
        form = ReasonForm(request.POST or None, by=_who(request)) if found.needs_reason else None
        # A version may have been kept before a rule that it breaks.
        faults = versions.faults(version.name, version.text)
        may = found.may_go_live and not faults and not (form and form.hindrance)
        if request.method == "POST" and may and (form is None or form.is_valid()):
            return self._make_live(request, version, form.cleaned_data["reason"] if form else "")
        shown = {"version": version, "label": label(version.name), "verdict": found, "form": form,
                 "faults": faults, "trial": None if faults else _trial(version)}  # fmt: skip
        status = 409 if request.method == "POST" and not may else 200
        return self._page(request, "live", _("Make live: %s") % _title(version), shown, status)

    def _make_live(self, request: HttpRequest, version: PromptVersion, reason: str) -> HttpResponse:
        if versions.make_live(version, _who(request), timezone.now(), reason=reason):
            said = _("Version %s is asked with from now on.") % version.number
            messages.success(
                request, _("The shipped text is asked with from now on.") if version.is_shipped else said
            )
        else:
            messages.warning(
                request, _("Somebody was quicker: version %s is asked with already.") % version.number
            )
        return redirect(LIST)

    def shipped_view(self, request: HttpRequest, prompt: str) -> HttpResponse:
        """Ask, and go back to the shipped text; one that has never been live goes through the gate."""
        if not _may(request, "change"):
            raise PermissionDenied
        if not versions.is_known(prompt):
            raise Http404
        if request.method == "POST":
            hold_live()
            version = versions.shipped_version(prompt, timezone.now())
            if version.live_at:
                return self._make_live(request, version, "")
            return redirect("admin:assistant_promptversion_live", version.pk)
        live = versions.live_version(prompt)
        is_asked = live is None or live.digest == digest(shipped(prompt))
        shown = {"live": None if is_asked else live, "label": label(prompt),
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


def _beside(version: PromptVersion, number: str) -> PromptVersion | None:
    """The version to compare with: the one that is asked for, or else the live one."""
    others = PromptVersion.objects.filter(name=version.name).exclude(pk=version.pk)
    wanted = others.filter(number=int(number)) if number.isdecimal() and len(number) < 9 else others.none()
    return wanted.first() or others.filter(live=True).first()


def _written(form: WritingForm, by: Any) -> PromptVersion | None:
    """The new version; None, with the reason in the form, when somebody else was quicker with its text."""
    given = form.cleaned_data
    try:
        return versions.write(
            form.name, given["text"], given["note"], owner=given["owner"], by=by, now=timezone.now()
        )
    except ValueError as fault:
        form.add_error("text", str(fault))
        return None


def _trial(version: PromptVersion) -> str:
    """What a model is sent with the example; nothing of the frame, which is sent as it stands."""
    if version.name == FRAME:
        return ""
    values = {"now": DAY, **trial(DECLARED[version.name].values)}
    filled = fill(Source(version.name, shipped(FRAME), version.text), values)
    return "\n\n".join((filled.blocks[1], filled.context, filled.question))


def _title(version: PromptVersion) -> str:
    return _("%(prompt)s, version %(number)s") % {"prompt": label(version.name), "number": version.number}


def _asked_text(name: str) -> str:
    live = versions.live_version(name)
    return live.text if live else shipped(name)
