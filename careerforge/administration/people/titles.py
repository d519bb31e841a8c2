from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page as RowsOfAPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.administration.base import PAGE, Capped, Page
from careerforge.administration.people.title_forms import OPEN, DecideForm, ListForm, Suggested, decision_of
from careerforge.people import job_titles
from careerforge.people.lookups import has_nul
from careerforge.people.models import Grant, JobTitle, User

SHOWN = {
    "open": gettext_lazy("Not decided"),
    "role": gettext_lazy("Means a role"),
    "none": gettext_lazy("None of our roles"),
    "all": gettext_lazy("All"),
}
LIST = "admin:people_jobtitle_changelist"


@admin.register(JobTitle)
class JobTitleAdmin(Page):
    """The company's job titles, and the role that each means: the likeliest are offered, a human decides."""

    acted_as = Grant.Kind.ADMIN_HR

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A page of titles with their likeliest roles, most people first; saved together."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = request.GET.get("show", "open")
        shown = shown if shown in SHOWN else "open"
        words = "" if has_nul(request.GET) else request.GET.get("q", "").strip()[: job_titles.LONGEST]
        rows = Capped(_titles(shown, words), PAGE).get_page(request.GET.get("page"))
        forms = _forms(request, list(rows.object_list))
        if request.method == "POST" and _decided(forms, request):
            here = urlencode({"show": shown, "q": words, "page": str(rows.number)})
            return redirect(f"{reverse(LIST)}?{here}")
        return self._page(request, "list", _("Job titles"), **_list(rows, forms, shown, words))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One title, with every role to choose from."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        forms = _forms(request, [row], every_role=True)
        if request.method == "POST" and _decided(forms, request):
            return redirect(reverse(LIST))
        return self._page(request, "one", row.text, form=forms[0], row=row)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Paste the titles as the HR system lists them."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ListForm(request.POST or None)
        if form.is_valid():
            new = job_titles.add(form.cleaned_data["lines"], _who(request))
            said = ngettext("%(n)s new job title.", "%(n)s new job titles.", new) % {"n": new}
            messages.success(request, said)
            for each in form.left_out:
                messages.warning(request, each)
            return redirect(reverse(LIST))
        return self._page(request, "add", _("List job titles"), form=form)

    def _page(self, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        site = self.admin_site.each_context(request)
        may = {"may_add": self.has_add_permission(request)}
        context = {**site, "title": title, "opts": self.opts, **may, **context}
        return TemplateResponse(request, f"admin/people/jobtitle/{template}.html", context)


def _titles(shown: str, words: str) -> QuerySet[JobTitle]:
    titles: QuerySet[JobTitle] = JobTitle.objects.order_by("-people", "text")
    if words:
        titles = titles.filter(text__icontains=words)
    if shown == "open":
        return titles.filter(decided_at=None)
    if shown == "all":
        return titles
    return titles.filter(decided_at__isnull=False, role__isnull=shown == "none")


def _list(rows: RowsOfAPage[JobTitle], forms: Sequence[DecideForm], shown: str, words: str) -> dict[str, Any]:
    kept = {"q": words} if words else {}
    tabs = [(name, label, urlencode({"show": name, **kept}), name == shown) for name, label in SHOWN.items()]
    return {
        "rows": rows,
        "forms": forms,
        "tabs": tabs,
        "shown": shown,
        "words": words,
        "kept": urlencode({"show": shown, **kept}),
        "coverage": job_titles.coverage(),
    }


def _forms(request: HttpRequest, rows: Sequence[JobTitle], *, every_role: bool = False) -> list[DecideForm]:
    data, suggested = request.POST or None, Suggested([row.text for row in rows])
    return [DecideForm(data, row, suggested, every_role=every_role) for row in rows]


def _decided(forms: Sequence[DecideForm], request: HttpRequest) -> bool:
    """Keep what was decided otherwise than before; False, and nothing is kept, when a choice is no choice."""
    if not all(form.is_valid() for form in forms):
        messages.error(request, _("Nothing was saved: one of the roles is not there any more."))
        return False
    changed = [form for form in forms if form.cleaned_data["role"] != decision_of(form.row)]
    now, who = timezone.now(), _who(request)
    for form in changed:
        if form.cleaned_data["role"] == OPEN:
            job_titles.reopen(form.row, who)
        else:
            job_titles.decide(form.row, form.chosen, who, now)
    n = len(changed)
    messages.success(request, ngettext("%(n)s decision saved.", "%(n)s decisions saved.", n) % {"n": n})
    return True


def _who(request: HttpRequest) -> User:
    who: Any = request.user
    found: User = who
    return found
