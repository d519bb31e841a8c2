from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import Page, ReadOnlyPage, TenantForm, whether
from careerforge.jobs.models import JobRun
from careerforge.jobs.retrying import try_again
from careerforge.knowledge.documents import languages
from careerforge.knowledge.models import Collection, Document
from careerforge.people import clock
from careerforge.people.models import Grant
from careerforge.tenancy import context
from careerforge.tenancy.models import Organisation

PLATFORM = Grant.Kind.ADMIN_PLATFORM
GIVEN_UP = whether("dead_at", gettext_lazy("end"), gettext_lazy("Given up"), gettext_lazy("Not given up"))


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyPage):
    """Background work: what it was, how far it is, and why it failed."""

    acted_as = PLATFORM
    list_display = (
        "job",
        "state",
        "attempt",
        "stage",
        "share",
        "error",
        "created_at",
        "finished_at",
    )
    list_filter = ("state", GIVEN_UP)
    ordering = ("-created_at",)
    search_fields = ("job", "error_id")
    search_help_text = gettext_lazy("Name of the job, or error number")
    fields = ("job", "state", "attempt", "stage", "share", "error", "error_id", "created_at", "started_at",
              "finished_at", "dead_at")  # fmt: skip
    actions = ("again",)

    @admin.display(description=gettext_lazy("progress"))
    def share(self, run: JobRun) -> str:
        return f"{run.progress:.0%}"

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the action below."""
        user: Any = request.user
        return bool(user.has_perm("jobs.retry_jobrun"))

    @admin.action(description=gettext_lazy("Try again"), permissions=["retry"])
    def again(self, request: HttpRequest, queryset: QuerySet[JobRun]) -> None:
        """For what was given up or failed: from the queue once more."""
        count = 0
        for run in queryset.filter(state=JobRun.State.FAILED):
            if try_again(run):
                self.note(request, "job.tried_again", run)
                count += 1
        messages.success(request, _("%(n)s queued again.") % {"n": count})


class OrganisationForm(TenantForm):
    """The company's own settings."""

    def clean_time_zone(self) -> str:
        name = str(self.cleaned_data["time_zone"])
        if not clock.is_known(name):
            raise forms.ValidationError(_("There is no such time zone. Write it like Europe/Berlin."))
        return name


@admin.register(Organisation)
class OrganisationAdmin(Page):
    """The company's own settings, the switch for language models among them."""

    form = OrganisationForm
    acted_as = PLATFORM
    list_display = ("name", "model_allowed", "time_zone", "currency")
    fields = ("name", "model_allowed", "time_zone", "locale", "currency")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        """Names of companies are readable before sign-in; here only the own one is."""
        return Organisation.objects.filter(pk__in=[context.current_id()])


@admin.register(Document)
class DocumentAdmin(ReadOnlyPage):
    """Documents that everyone may read. Those for fewer people are counted with their connection only."""

    acted_as = PLATFORM
    list_display = ("title", "kind", "collection", "published_at", "fetched_at", "read_it")
    list_select_related = ("collection",)
    list_filter = ("kind",)
    ordering = ("-fetched_at",)
    search_fields = ("title",)
    fields = ("title", "kind", "collection", "url", "language_told", "region", "licence", "published_at",
              "fetched_at", "gone_at", "read_it")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        open_to_all = Document.objects.filter(collection__audience=Collection.Audience.EVERYONE)
        return open_to_all.filter(collection__removed_at=None)

    @admin.display(description=gettext_lazy("language"))
    def language_told(self, document: Document) -> str:
        told = (languages.name(document.language), languages.unsupported(document.language))
        return ". ".join(filter(None, told))

    @admin.display(description=gettext_lazy("text"))
    def read_it(self, document: Document) -> str:
        address = reverse("knowledge:document", args=[document.pk])
        return format_html('<a href="{}">{}</a>', address, _("Read"))
