"""Index generations: which vectors searches use, how far the next ones are, and going over to them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import ReadOnlyPage
from careerforge.administration.golden import switching
from careerforge.administration.golden.asking import ask, open_run
from careerforge.assistant.prompts.holding import hold_live
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.knowledge.index import generations
from careerforge.knowledge.index.comparison import Comparison
from careerforge.knowledge.models import Collection, IndexGeneration
from careerforge.people.models import Grant
from careerforge.tenancy.models import Organisation

State = IndexGeneration.State
FOLDER = "admin/knowledge/indexgeneration"
JOBS = ("knowledge.index", "knowledge.compare_generation")


@dataclass(frozen=True)
class Act:
    """Something that is done with a generation, asked for first."""

    states: frozenset[str]
    button: Promise
    question: Promise
    done: Promise


ACTS = {
    "compare": Act(
        frozenset({State.BUILDING, State.RETIRED}),
        gettext_lazy("Compare"),
        gettext_lazy("Ask this generation and the live one the same questions? Searches go on meanwhile."),
        gettext_lazy("They are asked the same questions now; the figures appear here."),
    ),
    "switch": Act(
        frozenset({State.BUILDING, State.RETIRED}),
        gettext_lazy("Switch to it"),
        gettext_lazy("Let all searches use this generation from now on? The one before is kept, and you can "
                     "switch back."),
        gettext_lazy("Searches use this generation now. The one before is kept."),
    ),
    "build": Act(
        frozenset({State.RETIRED}),
        gettext_lazy("Build it up again"),
        gettext_lazy("Make the vectors that this generation lacks? It is built beside the live one, and taken"
                     " over by itself once it is complete and finds no less."),
        gettext_lazy("It is being built; the progress appears here."),
    ),
    "stop": Act(
        frozenset({State.BUILDING}),
        gettext_lazy("Stop building"),
        gettext_lazy("Stop building this generation? What it has is kept, and no job takes it up again."),
        gettext_lazy("It is no longer built."),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A generation as its page shows it."""

    generation: IndexGeneration
    done: int
    passages: int
    comparison: Comparison | None
    acts: tuple[tuple[str, Promise], ...]

    @property
    def lacking(self) -> int:
        """Passages that it has no vectors of."""
        return max(self.passages - self.done, 0)

    @property
    def percent(self) -> int:
        """How much of the company's passages it knows."""
        return self.done * 100 // self.passages if self.passages else 100


@admin.register(IndexGeneration)
class IndexGenerationAdmin(ReadOnlyPage):
    """One page for all of them, and one that asks before anything is done."""

    acted_as = Grant.Kind.ADMIN_PLATFORM
    fields = ("embedder", "dimensions", "state", "made_at")

    def get_urls(self) -> list[URLPattern]:
        """A list of our own, and a page that asks for each act."""
        site = self.admin_site
        acts = [
            path(f"<int:pk>/{act}/", site.admin_view(self.act_view), {"act": act},
                 f"knowledge_indexgeneration_{act}")
            for act in ACTS
        ]  # fmt: skip
        return [
            path("", site.admin_view(self.list_view), name="knowledge_indexgeneration_changelist"),
            path("<int:pk>/ask/", site.admin_view(self.ask_view), name="knowledge_indexgeneration_ask"),
            *acts,
            *super().get_urls(),
        ]

    def list_view(self, request: HttpRequest) -> HttpResponse:
        """Every generation with its progress; for htmx, the part that moves."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        busy = list(JobRun.objects.filter(_is_open(), job__in=JOBS).order_by("created_at"))
        rows = _rows()
        moves = bool(busy) or any(one.generation.state == State.BUILDING and one.lacking for one in rows)
        shown = {
            "rows": rows,
            "busy": busy,
            "moves": moves,
            "may_act": self._may_act(request),
            "is_shared": _is_shared(),
        }
        if request.headers.get("HX-Request"):
            response: HttpResponse = TemplateResponse(request, f"{FOLDER}/list.html#moving", shown)
        else:
            about = self._about(request, _("Index generations"))
            response = TemplateResponse(request, f"{FOLDER}/list.html", {**about, **shown})
        patch_vary_headers(response, ["HX-Request"])
        return response

    def act_view(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        """Ask, and do it when the answer is yes."""
        if not self._may_act(request):
            raise PermissionDenied
        row = next((one for one in _rows() if one.generation.pk == pk), None)
        if row is None:
            raise Http404
        if request.method == "POST" and act == "switch":
            hold_live()
        verdict = switching.verdict_of(pk) if act == "switch" else None
        form = switching.form_of(request, verdict) if verdict else None
        reason = switching.reason_of(form, verdict) if verdict else ""
        if request.method == "POST" and reason is not None:
            return self._do(request, row.generation, act, reason)
        about = self._about(request, f"{ACTS[act].button}: {row.generation}")
        context = {**about, "row": row, "act": ACTS[act], "is_switch": act == "switch"}
        context |= {"verdict": verdict, "form": form, "waits": open_run() if verdict else None}
        return TemplateResponse(request, f"{FOLDER}/act.html", context)

    def ask_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Have the golden set asked about a generation."""
        if not self._may_act(request):
            raise PermissionDenied
        get_object_or_404(IndexGeneration, pk=pk)
        if request.method == "POST":
            who: Any = request.user
            ask(who, generation=pk)
            messages.success(request, _("The golden set is asked; what comes of it appears here."))
        return redirect("admin:knowledge_indexgeneration_switch", pk)

    def _do(
        self, request: HttpRequest, generation: IndexGeneration, act: str, reason: str = ""
    ) -> HttpResponse:
        # Two at once: the second finds it in another state.
        found = get_object_or_404(IndexGeneration.objects.select_for_update(), pk=generation.pk)
        if found.state not in ACTS[act].states or not _ACT[act](found):
            messages.warning(request, _("Somebody was quicker: nothing was done."))
        else:
            self.note(request, f"generation.{_PAST[act]}", found, embedder=found.embedder, reason=reason)
            messages.success(request, str(ACTS[act].done))
        return redirect("admin:knowledge_indexgeneration_changelist")

    def _may_act(self, request: HttpRequest) -> bool:
        """Generations are the installation's: of several companies none may choose for the others."""
        who: Any = request.user
        return bool(who.has_perm("knowledge.change_indexgeneration")) and not _is_shared()

    def _about(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}


def _is_shared() -> bool:
    """Whether several companies use this installation."""
    return Organisation.objects.count() > 1


def _is_open() -> Q:
    return Q(state__in=(JobRun.State.QUEUED, JobRun.State.RUNNING))


def _rows() -> list[Row]:
    """The generations, the newest first, with how much of the open organisation's passages each knows."""
    known = generations.coverage()
    passages = Collection.objects.filter(removed_at=None).aggregate(n=Sum("passages"))["n"] or 0
    return [_row(one, known.get(one.pk, 0), passages) for one in IndexGeneration.objects.order_by("-pk")]


def _row(one: IndexGeneration, done: int, passages: int) -> Row:
    acts = tuple((name, act.button) for name, act in ACTS.items() if one.state in act.states)
    found = Comparison.from_json(one.comparison) if one.comparison else None
    return Row(one, done, passages, found, acts)


def _index() -> bool:
    enqueue("knowledge.index", key="all")
    return True


def _compare(one: IndexGeneration) -> bool:
    enqueue("knowledge.compare_generation", key=str(one.pk), generation=one.pk)
    return True


def _switch(one: IndexGeneration) -> bool:
    generations.make_live(one, by_hand=True)
    # One that was retired lacks what has come since.
    return _index()


_ACT = {
    "compare": _compare,
    "switch": _switch,
    "build": lambda one: generations.take_up(one) and _index(),
    "stop": generations.put_aside,
}
_PAST = {"compare": "compared", "switch": "switched", "build": "taken_up", "stop": "put_aside"}
