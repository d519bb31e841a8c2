from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from careerforge.administration.base import PAGE, ReadOnlyPage
from careerforge.people.models import Grant
from careerforge.skills.importing import deciding
from careerforge.skills.models import Change, Framework, Mapping, Release

ORG = Grant.Kind.ADMIN_ORG
ACTS = {"accept": deciding.accept, "drop": deciding.drop}


@admin.register(Framework)
class FrameworkAdmin(ReadOnlyPage):
    """What has been imported, from whom and under which licence."""

    acted_as = ORG
    list_display = ("title", "version", "publisher", "concepts_in_use", "spoken", "licence", "changed_at")
    fields = ("title", "version", "publisher", "concepts_in_use", "spoken", "address", "licence",
              "licence_text", "attribution", "changed_at")  # fmt: skip
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Framework]:
        here = Framework.objects.exclude(changed_at=None)
        return here.annotate(in_use=Count("concepts", filter=Q(concepts__retired_at=None)))

    @admin.display(description=gettext_lazy("concepts"))
    def concepts_in_use(self, framework: Framework) -> int:
        count: int = framework.in_use  # type: ignore[attr-defined]
        return count

    @admin.display(description=gettext_lazy("languages"))
    def spoken(self, framework: Framework) -> str:
        return ", ".join(framework.languages)

    @admin.display(description=gettext_lazy("address"))
    def address(self, framework: Framework) -> str:
        return _link(framework.url)

    @admin.display(description=gettext_lazy("text of the licence"))
    def licence_text(self, framework: Framework) -> str:
        return _link(framework.licence_url)


def _link(address: str) -> str:
    return format_html('<a href="{}" rel="noreferrer">{}</a>', address, address) if address else "–"


@admin.register(Release)
class ReleaseAdmin(ReadOnlyPage):
    """Imports: those that went in, and those that wait for a decision, with what they would change."""

    acted_as = ORG
    list_display = ("shown_name", "state", "told", "made_at", "decided_at")
    list_select_related = ("framework",)
    list_filter = ("state",)
    ordering = ("-made_at",)

    @admin.display(description=gettext_lazy("import"), ordering="framework__title")
    def shown_name(self, release: Release) -> str:
        return str(release)

    @admin.display(description=gettext_lazy("changes"))
    def told(self, release: Release) -> str:
        words = (
            ("added", _("%(n)s added")),
            ("renamed", _("%(n)s renamed")),
            ("merged", _("%(n)s merged")),
            ("retired", _("%(n)s retired")),
        )
        counts = [(text, release.figures.get(key, 0)) for key, text in words]
        return ", ".join(text % {"n": n} for text, n in counts if n) or _("names and relations")

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(require_POST(self.decide_view))
        own = [path(f"<uuid:pk>/{act}/", decide, {"act": act}, f"skills_release_{act}") for act in ACTS]
        return [*own, *super().get_urls()]

    def decide_view(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        """One of the two buttons of the page."""
        user: Any = request.user
        if not user.has_perm("skills.decide_release"):
            raise PermissionDenied
        release = get_object_or_404(Release, pk=pk)
        if not ACTS[act](release, user, timezone.now(), kind=ORG):
            messages.warning(request, _("Somebody has decided about this import already."))
        elif act == "accept":
            messages.success(request, _("Accepted. It goes in within a minute."))
        else:
            messages.success(request, _("Dropped. The framework stays as it was."))
        return redirect(reverse("admin:skills_release_change", args=[release.pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What an import does, what was left out, why it waits; the buttons while it does."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            release = get_object_or_404(Release.objects.select_related("framework"), pk=UUID(object_id))
        except ValueError:
            raise Http404 from None
        user: Any = request.user
        kind = request.GET.get("kind", "")
        changes = _changes(release)
        chosen = changes.filter(kind=kind) if kind in Change.Kind.values else changes
        counts = dict(changes.values_list("kind").annotate(n=Count("pk")).order_by())
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(release),
            "subtitle": None,
            "release": release,
            "figures": release.figures,
            "waits": release.state == Release.State.WAITING,
            "kinds": [(key, label, counts[key]) for key, label in Change.Kind.choices if key in counts],
            "kind": kind,
            "page": Paginator(chosen, PAGE).get_page(request.GET.get("page")),
            "may_decide": user.has_perm("skills.decide_release"),
        }
        return TemplateResponse(request, "admin/skills/release/change_form.html", shown)


def _changes(release: Release) -> QuerySet[Change]:
    """What the company relies on first."""
    confirmed = Mapping.objects.filter(
        state=Mapping.State.CONFIRMED,
        concept__framework=release.framework_id,
        concept__external_id=OuterRef("external_id"),
    )
    return release.changes.annotate(is_mapped=Exists(confirmed)).order_by("-is_mapped", "kind", "pk")
