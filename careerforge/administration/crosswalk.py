from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from careerforge.administration.base import PAGE, ReadOnlyPage
from careerforge.administration.tasks import SUGGEST
from careerforge.jobs.models import JobRun
from careerforge.jobs.queue import enqueue
from careerforge.people.lookups import has_nul
from careerforge.people.models import Grant
from careerforge.skills.crosswalk import deciding, listing
from careerforge.skills.models import Concept, Framework, Mapping, Role, Skill

State = Mapping.State
ACTS = {"confirm": State.CONFIRMED, "reject": State.REJECTED, "undo": State.SUGGESTED}
SIDES: dict[str, Any] = {listing.SKILL: Skill, listing.ROLE: Role}
LONGEST_WORDS = 100
LIST = "admin:skills_mapping_changelist"


@admin.register(Mapping)
class MappingAdmin(ReadOnlyPage):
    """The company's skills and roles beside the concepts of others: suggested, confirmed, unmapped."""

    acted_as = Grant.Kind.ADMIN_ORG

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="skills_mapping_changelist"),
            path("decide/", wrap(require_POST(self.decide_view)), name="skills_mapping_decide"),
            path("suggest/<uuid:pk>/", wrap(require_POST(self.suggest_view)), name="skills_mapping_suggest"),
            path("<slug:side>/<uuid:pk>/", wrap(self.own_view), name="skills_mapping_own"),
            path("<slug:side>/<uuid:pk>/choose/", wrap(require_POST(self.choose_view)),
                 name="skills_mapping_choose"),
            *super().get_urls(),
        ]  # fmt: skip

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A mapping has no page of its own: the one of its skill or role."""
        self._may_view(request)
        mapping = get_object_or_404(Mapping, pk__in=_uuids([object_id]))
        side = listing.SKILL if mapping.skill_id else listing.ROLE
        return redirect("admin:skills_mapping_own", side, mapping.skill_id or mapping.role_id)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may confirm and reject."""
        user: Any = request.user
        return bool(user.has_perm("skills.decide_mapping"))

    # --- the list ---------------------------------------------------------------------------------
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Skills or roles with their best suggestion, in a framework and a state."""
        self._may_view(request)
        side = request.GET.get("side", listing.SKILL)
        side = side if side in SIDES else listing.SKILL
        frameworks = list(Framework.objects.exclude(changed_at=None).order_by("-scheme", "title"))
        framework = _chosen(frameworks, request.GET.get("framework", ""))
        counts = listing.counts(side, framework)
        state = request.GET.get("state", listing.SUGGESTED if counts[listing.SUGGESTED] else "")
        words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
        found = Paginator(listing.rows(side, framework, state, words), PAGE)
        page = found.get_page(request.GET.get("page"))
        lines = listing.lines(side, page.object_list, framework)
        shown = {
            "title": _("Crosswalk"),
            "side": side,
            "sides": ((listing.SKILL, _("Skills")), (listing.ROLE, _("Roles"))),
            "frameworks": frameworks,
            "framework": framework,
            "states": [(key, label, counts[key]) for key, label in _states()],
            "state": state,
            "words": words,
            "page": page,
            "lines": lines,
            "run": _run(framework),
            "is_untouched": not Mapping.objects.filter(concept__framework=framework).exists(),
            "may_decide": self.has_decide_permission(request),
        }
        return self._page(request, "list", shown)

    # --- one skill or role ------------------------------------------------------------------------
    def own_view(self, request: HttpRequest, side: str, pk: UUID) -> HttpResponse:
        """Everything about one, and a search in all frameworks by hand."""
        self._may_view(request)
        own = _own(side, pk)
        line = listing.lines(side, [own])[0]
        words = request.GET.get("find", "").strip()[:LONGEST_WORDS]
        found = listing.search(side, words) if words else []
        mappings = [*line.confirmed, *line.suggested, *line.rejected]
        names = listing.other_names([*(m.concept_id for m in mappings), *(c.pk for c in found)])
        mapped = {mapping.concept_id for mapping in line.confirmed}
        shown = {
            "title": line.name,
            "side": side,
            "own": own,
            "groups": [
                (key, heading, [(m, names.get(m.concept_id, "")) for m in rows])
                for key, heading, rows in (
                    ("confirmed", _("Confirmed"), line.confirmed),
                    ("suggested", _("Suggested"), line.suggested),
                    ("rejected", _("Rejected"), line.rejected),
                )
            ],
            "words": words,
            "found": [(concept, names.get(concept.pk, "")) for concept in found if concept.pk not in mapped],
            "credits": _credits([*(m.concept.framework for m in mappings), *(c.framework for c in found)]),
            "may_decide": self.has_decide_permission(request),
        }
        return self._page(request, "own", shown)

    # --- acts -------------------------------------------------------------------------------------
    def decide_view(self, request: HttpRequest) -> HttpResponse:
        """Confirm, reject or take back one mapping by its button, or all that are ticked."""
        self._may_decide(request)
        act = next((act for act in ACTS if act in request.POST), "")
        if not act:
            raise Http404
        chosen = request.POST[act]
        ids = _uuids([chosen] if chosen != "ticked" else request.POST.getlist("mapping")[:PAGE])
        user: Any = request.user
        mappings = list(Mapping.objects.filter(pk__in=ids))
        done = deciding.decide(mappings, ACTS[act], user, timezone.now(), kind=self.acted_as)
        words = {
            "confirm": ngettext("%(n)s mapping confirmed.", "%(n)s mappings confirmed.", done),
            "reject": ngettext("%(n)s mapping rejected.", "%(n)s mappings rejected.", done),
            "undo": ngettext("%(n)s decision taken back.", "%(n)s decisions taken back.", done),
        }
        messages.success(request, words[act] % {"n": done})
        return redirect(_then(request))

    def choose_view(self, request: HttpRequest, side: str, pk: UUID) -> HttpResponse:
        """Confirm a concept that was found by hand."""
        self._may_decide(request)
        try:
            number = int(request.POST.get("concept", ""))
        except ValueError:
            raise Http404 from None
        own = _own(side, pk)
        concept = get_object_or_404(Concept, pk=number, retired_at=None)
        user: Any = request.user
        deciding.choose(own, concept, user, timezone.now(), kind=self.acted_as)
        messages.success(request, _("Mapped to “%(name)s”.") % {"name": concept.name})
        return redirect(_then(request))

    def suggest_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Look for suggestions anew, by a job."""
        self._may_decide(request)
        framework = get_object_or_404(Framework, pk=pk)
        user: Any = request.user
        self.note(request, "crosswalk.suggestions_asked", framework)
        enqueue(SUGGEST, key=str(framework.pk), asked_by=user.pk, framework_id=str(framework.pk))
        messages.success(request, _("Suggestions are being looked for."))
        return redirect(_then(request))

    def _page(self, request: HttpRequest, name: str, shown: dict[str, Any]) -> HttpResponse:
        base = {**self.admin_site.each_context(request), "opts": self.opts, "subtitle": None}
        template = f"admin/skills/mapping/{name}.html"
        return TemplateResponse(request, template, {**base, **shown, "here": request.get_full_path()})

    def _may_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if has_nul(request.GET):
            raise Http404

    def _may_decide(self, request: HttpRequest) -> None:
        if not self.has_decide_permission(request):
            raise PermissionDenied
        if has_nul(request.POST):
            raise Http404


def _states() -> tuple[tuple[str, str], ...]:
    return (
        (listing.SUGGESTED, _("Suggested")),
        (listing.UNMAPPED, _("Unmapped")),
        (listing.CONFIRMED, _("Confirmed")),
        ("", _("All")),
    )


def _chosen(frameworks: list[Framework], asked: str) -> Framework | None:
    named = [one for one in frameworks if str(one.pk) == asked]
    return next(iter(named or frameworks), None)


def _own(side: str, pk: UUID) -> Any:
    if side not in SIDES:
        raise Http404
    return get_object_or_404(SIDES[side], pk=pk)


def _run(framework: Framework | None) -> JobRun | None:
    """The search for suggestions that is waiting or at work."""
    if framework is None:
        return None
    runs = JobRun.objects.filter(dedup_key=f"{SUGGEST}:{framework.pk}")
    return runs.filter(state__in=[JobRun.State.QUEUED, JobRun.State.RUNNING]).first()


def _credits(frameworks: list[Framework]) -> list[Framework]:
    return list({framework.pk: framework for framework in frameworks}.values())


def _uuids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise Http404 from None


def _then(request: HttpRequest) -> str:
    """Back to where the button was, on our own pages only."""
    then = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(then, allowed_hosts=None) and then.startswith("/admin/skills/")
    return then if is_ours else reverse(LIST)
