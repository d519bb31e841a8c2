"""Runs of the golden set: the figures of both sides, and what is better and worse beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import ReadOnlyPage
from careerforge.administration.golden.asking import ask, open_run
from careerforge.administration.prompts.listing import label
from careerforge.assistant.golden import running
from careerforge.assistant.golden.changing import words_of
from careerforge.assistant.golden.gate import bar, said_by
from careerforge.assistant.golden.reading import Shown, opened, shown_one
from careerforge.assistant.golden.scoring import Scored
from careerforge.assistant.models import GoldenResult, GoldenRun
from careerforge.assistant.prompts.declared import DECLARED
from careerforge.assistant.prompts.files import FRAME
from careerforge.gateway.models import FunctionSwitch
from careerforge.people.models import Grant, User

FOLDER = "admin/assistant/goldenrun"
PAGE = 10
Outcome = GoldenResult.Outcome
SHOWN_FIRST = (Outcome.WORSE, Outcome.BETTER)


@dataclass(frozen=True)
class Said:
    """A sentence and its passages; without words where a passage is not for this reader."""

    text: str
    passages: tuple[Shown, ...]


@dataclass(frozen=True)
class Side:
    """One answer as it is shown."""

    scored: Scored
    struck: int
    wrong: tuple[str, ...]
    sentences: tuple[Said, ...]


@dataclass(frozen=True)
class Row:
    """A question, answered both ways; ``function`` in words where it is not the one it was marked in."""

    result: GoldenResult
    function: str
    before: Side
    after: Side


@admin.register(GoldenRun)
class GoldenRunAdmin(ReadOnlyPage):
    """What came of asking the golden set."""

    acted_as = Grant.Kind.ADMIN_LND
    list_display = ("made_at", "changed", "asked", "right", "better", "worse", "made_by")
    list_select_related = ("made_by",)
    fields = ("made_at", "prompt", "generation", "model", "better", "worse")
    change_list_template = f"{FOLDER}/change_list.html"

    @admin.display(description=gettext_lazy("change"))
    def changed(self, run: GoldenRun) -> str:
        return _words(run)

    @admin.display(description=gettext_lazy("questions"))
    def asked(self, run: GoldenRun) -> int:
        return questions_of(run)

    def get_queryset(self, request: HttpRequest) -> QuerySet[GoldenRun]:
        rows: QuerySet[GoldenRun] = super().get_queryset(request)
        return rows.annotate(questions=Count("results__golden", distinct=True))

    @admin.display(description=gettext_lazy("right, live and with the change"))
    def right(self, run: GoldenRun) -> str:
        if run.open:
            return _("still being asked")
        return f"{run.before['right']:.0%} → {run.after['right']:.0%}"

    def get_urls(self) -> list[URLPattern]:
        """A page of our own for one run, and a button to ask."""
        view, name = self.admin_site.admin_view, "assistant_goldenrun"
        own = [
            path("ask/", view(self.ask_view), name=f"{name}_ask"),
            path("<uuid:pk>/change/", view(self.run_view), name=f"{name}_change"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, with what is at work."""
        about = {"waits": open_run(), "may_ask": _may_ask(request)}
        return super().changelist_view(request, about | (extra_context or {}))

    def ask_view(self, request: HttpRequest) -> HttpResponse:
        """Measure what is live, without a change."""
        if not _may_ask(request):
            raise PermissionDenied
        if request.method == "POST":
            who: Any = request.user
            ask(who)
            messages.success(request, _("The golden set is asked; what comes of it appears here."))
        return redirect("admin:assistant_goldenrun_changelist")

    def run_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """One run: figures, then the questions that are worse, then those that are better."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = get_object_or_404(GoldenRun.objects.select_related("made_by"), pk=pk)
        number = dict(run.results.order_by().values_list("outcome").annotate(n=Count("pk")))
        first = next((one for one in SHOWN_FIRST if number.get(one)), Outcome.SAME)
        wanted = request.GET.get("only", first)
        results = run.results.filter(outcome=wanted).select_related("golden").order_by("pk")
        page = Paginator(results, PAGE).get_page(request.GET.get("page"))
        who: Any = request.user
        told = {
            "run": run,
            "changed": _words(run),
            "verdict": said_by(run),
            "asked": run.results.values("golden").distinct().count() or run.planned,
            "parts": [(label_of(name), part) for name, part in sorted(run.after.get("by", {}).items())],
            "bar": bar(),
            "wanted": wanted,
            "tabs": [
                (name, label, number.get(name, 0))
                for name, label in (
                    (Outcome.WORSE, _("Worse")),
                    (Outcome.BETTER, _("Better")),
                    (Outcome.SAME, _("The same")),
                )
            ],
            "page": page,
            "rows": rows(list(page), who),
        }
        about = {**self.admin_site.each_context(request), "title": _("Golden run"), "opts": self.opts}
        return TemplateResponse(request, f"{FOLDER}/run.html", {**about, **told})


def rows(results: Sequence[GoldenResult], reader: User) -> list[Row]:
    """Results for a reader: what rests on a document that they may not read is not told."""
    both = [one for row in results for one in (row.before, row.after)]
    spans = [span for kept in both for one in running.sentences(kept) for span in one.spans]
    versions = opened(spans, reader)
    return [
        Row(row, _elsewhere(row), _side(row.before, versions), _side(row.after, versions)) for row in results
    ]


def _words(run: GoldenRun) -> str:
    """What is changed, the prompt by its name for people."""
    known = run.prompt == FRAME or run.prompt in DECLARED
    return words_of(run, str(label(run.prompt)) if known else run.prompt)


def questions_of(run: Any) -> int:
    """How many questions, each counted once whomever it was put to; while none is answered, how many answers
    there will be.
    """
    return int(run.questions or run.planned or run.before["questions"])


def label_of(function: str) -> str:
    """A function as the switches name it."""
    return str(dict(FunctionSwitch.Function.choices).get(function, function))


def _elsewhere(row: GoldenResult) -> str:
    return label_of(row.function) if row.function and row.function != row.golden.function else ""


def _side(kept: dict[str, Any], versions: Any) -> Side:
    told = []
    for one in running.sentences(kept):
        passages = tuple(shown_one(span, versions) for span in one.spans)
        told.append(Said(one.text if all(passage.is_open for passage in passages) else "", passages))
    wrong = tuple(_(why) for why in kept.get("wrong", ()))
    return Side(Scored.from_json(kept), kept["struck"], wrong, tuple(told))


def _may_ask(request: HttpRequest) -> bool:
    who: Any = request.user
    return bool(who.has_perm("assistant.ask_goldenrun"))
