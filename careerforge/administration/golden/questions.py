"""The golden set: its questions with their right passages, added, retired and asked again; and its bar."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.administration.base import Page, ReadOnlyPage, whether
from careerforge.administration.golden.forms import BarForm
from careerforge.assistant import golden
from careerforge.assistant.forms import PickForm
from careerforge.assistant.golden import proposing
from careerforge.assistant.golden.asking import answerer_of
from careerforge.assistant.golden.picking import picked, proposed
from careerforge.assistant.golden.reading import right_spans, shown
from careerforge.assistant.models import GoldenBar, GoldenQuestion
from careerforge.people.models import Grant

LND = Grant.Kind.ADMIN_LND
FOLDER = "admin/assistant/goldenquestion"
LIST = "admin:assistant_goldenquestion_changelist"
ASKED = whether("retired_at", gettext_lazy("asked"), gettext_lazy("Retired"), gettext_lazy("Asked"))


@admin.register(GoldenQuestion)
class GoldenQuestionAdmin(ReadOnlyPage):
    """Questions that a coach or an L&D admin has found rightly answered; about nobody."""

    acted_as = LND
    list_display = ("question", "passages_cited", "marked_by", "marked_at", "retired_at")
    list_filter = (ASKED,)
    list_select_related = ("marked_by",)
    search_fields = ("question",)
    actions = ("retire_chosen", "take_back_chosen")
    fields = ("question", "marked_by", "marked_at", "retired_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """With the passages that a right answer cites."""
        return _may(request, "add")

    def has_retire_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the actions below."""
        return _may(request, "change")

    def get_queryset(self, request: HttpRequest) -> QuerySet[GoldenQuestion]:
        rows: QuerySet[GoldenQuestion] = super().get_queryset(request)
        return rows.annotate(passages_number=Count("passages"))

    @admin.display(description=gettext_lazy("right passages"))
    def passages_cited(self, row: Any) -> int:
        return int(row.passages_number)

    @admin.action(description=gettext_lazy("Retire: ask them no more"), permissions=["retire"])
    def retire_chosen(self, request: HttpRequest, queryset: QuerySet[GoldenQuestion]) -> None:
        now, who = timezone.now(), _who(request)
        n = sum(proposing.retire(row, who, now, acting=LND) for row in queryset)
        messages.success(request, ngettext("%s question is retired.", "%s questions are retired.", n) % n)

    @admin.action(description=gettext_lazy("Ask them again"), permissions=["retire"])
    def take_back_chosen(self, request: HttpRequest, queryset: QuerySet[GoldenQuestion]) -> None:
        n = sum(proposing.take_back(row, _who(request), acting=LND) for row in queryset)
        said = ngettext("%s question is asked again.", "%s questions are asked again.", n)
        messages.success(request, said % n)

    def get_urls(self) -> list[URLPattern]:
        """Pages of our own for one question and for a new one."""
        view, name = self.admin_site.admin_view, "assistant_goldenquestion"
        own = [
            path("add/", view(self.pick_view), name=f"{name}_add"),
            path("<uuid:pk>/change/", view(self.question_view), name=f"{name}_change"),
        ]
        return [*own, *super().get_urls()]

    def question_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """One question exactly as it is kept, with the passages that its reader may see."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = get_object_or_404(GoldenQuestion.objects.select_related("marked_by"), pk=pk)
        if request.method == "POST":
            return self._decide(request, row)
        answerer = answerer_of(row.function)
        spans = right_spans([row.pk]).get(row.pk, ())
        told = {
            "row": row,
            "lines": answerer.lines(row.about) if answerer else [],
            "passages": shown(spans, _who(request)),
            "may_retire": self.has_retire_permission(request),
        }
        return self._page(request, "question", _("Golden question"), told)

    def _decide(self, request: HttpRequest, row: GoldenQuestion) -> HttpResponse:
        if not self.has_retire_permission(request):
            raise PermissionDenied
        if row.retired_at:
            proposing.take_back(row, _who(request), acting=LND)
            messages.success(request, _("It is asked again."))
        else:
            proposing.retire(row, _who(request), timezone.now(), acting=LND)
            messages.success(request, _("It is asked no more."))
        return redirect(LIST)

    def pick_view(self, request: HttpRequest) -> HttpResponse:
        """A new question: its words, then the passages that answer it, then what will be kept."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = PickForm(request.POST or None)
        given = form.cleaned_data if form.is_bound and form.is_valid() else None
        found = picked(given["question"], given["chunk"], _who(request)) if given else None
        if given and found and found.is_confirmed(given["digest"]):
            golden.keep(found.proposal, _who(request), timezone.now(), acting=LND)
            messages.success(request, _("The question is in the golden set."))
            return redirect(LIST)
        told = {"form": form, "found": found, "shown": proposed(found, _who(request))}
        return self._page(request, "pick", _("A new golden question"), told)

    def _page(self, request: HttpRequest, name: str, title: str, told: dict[str, Any]) -> HttpResponse:
        about = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, f"{FOLDER}/{name}.html", {**about, **told})


@admin.register(GoldenBar)
class GoldenBarAdmin(Page):
    """How good a change has to be before it may go live."""

    acted_as = LND
    form = BarForm
    list_display = ("__str__", "most_worse", "fewest")
    fields = ("most_worse", "fewest")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one."""
        return bool(super().has_add_permission(request)) and not GoldenBar.objects.exists()


def _may(request: HttpRequest, action: str) -> bool:
    return bool(_who(request).has_perm(f"assistant.{action}_goldenquestion"))


def _who(request: HttpRequest) -> Any:
    return request.user
