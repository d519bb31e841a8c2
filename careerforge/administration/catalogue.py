from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from careerforge.administration.base import Page, TenantForm, whether
from careerforge.administration.taxonomy import IN_USE, Retirable
from careerforge.design.words import day, money
from careerforge.knowledge.models import Collection
from careerforge.people.models import Grant
from careerforge.skills.models import Skill
from learning.catalogue import adopting
from learning.models import Course, CourseSkill, Resource

LND = Grant.Kind.ADMIN_LND
FROM_A_SOURCE = whether(
    "course", gettext_lazy("origin"), gettext_lazy("From a source"), gettext_lazy("Entered by hand")
)
HAS_SKILL = whether(
    "skill", gettext_lazy("skill"), gettext_lazy("Recognised"), gettext_lazy("None recognised")
)
SOURCE_LOST = whether(
    "document__gone_at", gettext_lazy("source"), gettext_lazy("Gone"), gettext_lazy("At its source")
)


class ResourceForm(TenantForm):
    """Links lead to pages only."""

    url = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")


@admin.register(Resource)
class ResourceAdmin(Retirable):
    """The learning catalogue: what there is to read, take, do or sit."""

    form = ResourceForm
    acted_as = LND
    list_display = ("title", "type", "skill", "level", "hours", "provider_kind", "starter_estimate", "in_use")
    list_select_related = ("skill",)
    list_filter = ("type", "provider_kind", "starter_estimate", FROM_A_SOURCE, IN_USE)
    search_fields = ("title", "skill__name")
    fields = ("title", "slug", "type", "summary", "provider_kind", "skill", "level", "hours", "cost_minor",
              "currency", "url", "starter_estimate")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Resource.objects.order_by("title")


class CourseForm(TenantForm):
    """What an admin may put right before a course goes into the catalogue."""

    url = forms.URLField(label=gettext_lazy("Link"), max_length=500, required=False, assume_scheme="https")

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


@admin.register(Course)
class CourseAdmin(Page):
    """Courses that sources describe. No path uses one before it has been taken into the catalogue."""

    form = CourseForm
    acted_as = LND
    list_display = ("title", "provider", "skill", "level", "hours", "costs", "source", "state", "lacks")
    list_select_related = ("skill", "document__collection")
    list_filter = ("state", "is_changed", HAS_SKILL, SOURCE_LOST)
    search_fields = ("title", "provider", "skill__name")
    search_help_text = gettext_lazy("Title, provider or skill")
    readonly_fields = ("provider", "source", "last_seen", "read_it", "said_level", "named", "state")
    fields = ("title", "provider", "source", "last_seen", "read_it", "named", "skill", "said_level", "level",
              "hours", "price", "currency", "url", "state")  # fmt: skip
    # In the catalogue it is changed there.
    adopted_fields = ("title", "provider", "source", "last_seen", "read_it", "named", "taught", "said_level",
                      "level", "hours", "costs", "url", "state", "is_changed")  # fmt: skip
    actions = ("adopt_chosen", "decline_chosen", "propose_chosen")
    change_form_template = "admin/learning/course/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Course]:
        """Those whose document the admin may read, and that are there still or in the catalogue."""
        person: Any = request.user
        readable = Q(document__collection__in=Collection.objects.visible_to(person))
        there = Q(document__gone_at=None, document__same_as=None) | Q(state=Course.State.ADOPTED)
        names = Prefetch("names_skills", CourseSkill.objects.select_related("skill").order_by("skill__name"))
        return Course.objects.filter(readable, there).prefetch_related(names).order_by("title", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come from sources."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.adopted_fields if _is_adopted(obj) else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.adopted_fields if _is_adopted(obj) else self.readonly_fields

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Skills that are in use."""
        if db_field.name == "skill":
            kwargs["queryset"] = Skill.objects.filter(retired_at=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def response_change(self, request: HttpRequest, obj: Course) -> HttpResponse:
        """Two more buttons than Django's: what was put right is saved, then decided."""
        for name, act in (("_adopt", self._adopt), ("_decline", self._decline)):
            if name in request.POST:
                self._told(request, *act(request, [obj]))
                return self.response_post_save_change(request, obj)
        response: HttpResponse = super().response_change(request, obj)
        return response

    @admin.action(description=gettext_lazy("Take into the catalogue"), permissions=["change"])
    def adopt_chosen(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """From then on new paths may use them."""
        self._told(request, *self._adopt(request, queryset))

    @admin.action(description=gettext_lazy("Decline"), permissions=["change"])
    def decline_chosen(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """They stay out, also when their source changes them."""
        self._told(request, *self._decline(request, queryset))

    @admin.action(description=gettext_lazy("Propose again"), permissions=["change"])
    def propose_chosen(self, request: HttpRequest, queryset: QuerySet[Course]) -> None:
        """What was declined."""
        done = self._each(request, queryset, adopting.propose_again)
        messages.success(request, _("Done for %(n)s.") % {"n": done})

    def _adopt(self, request: HttpRequest, courses: Any) -> tuple[int, list[Course], str]:
        rows = list(courses)
        lacking = [one for one in rows if one.state != Course.State.ADOPTED and adopting.missing(one)]
        done = self._each(request, rows, adopting.adopt)
        said = ngettext(
            "%(n)s course taken into the catalogue.", "%(n)s courses taken into the catalogue.", done
        )
        return done, lacking, said

    def _decline(self, request: HttpRequest, courses: Any) -> tuple[int, list[Course], str]:
        done = self._each(request, courses, adopting.decline)
        return done, [], ngettext("%(n)s course declined.", "%(n)s courses declined.", done)

    def _each(self, request: HttpRequest, courses: Any, act: Callable[..., Any]) -> int:
        return sum(bool(act(one, request.user, kind=self.acted_as)) for one in courses)

    def _told(self, request: HttpRequest, done: int, lacking: list[Course], said: str) -> None:
        if done or not lacking:
            messages.success(request, said % {"n": done})
        for one in lacking[:5]:
            words = {"title": one.title, "missing": ", ".join(adopting.missing(one))}
            messages.warning(
                request, _("“%(title)s” stays out of the catalogue. Missing: %(missing)s.") % words
            )

    @admin.display(description=gettext_lazy("skill"))
    def taught(self, course: Course) -> str:
        return course.skill.name if course.skill else ""

    @admin.display(description=gettext_lazy("price"), ordering="price")
    def costs(self, course: Course) -> str:
        if course.price == 0:
            return _("free")
        return money(course.price, course.currency) if course.price is not None else ""

    @admin.display(description=gettext_lazy("source"))
    def source(self, course: Course) -> str:
        return course.document.collection.name if course.document else _("The source was removed.")

    @admin.display(description=gettext_lazy("last seen"))
    def last_seen(self, course: Course) -> str:
        if course.document is None:
            return ""
        if course.document.gone_at:
            return _("gone since %(day)s") % {"day": day(course.document.gone_at)}
        return day(course.document.collection.seen_at or course.document.fetched_at)

    @admin.display(description=gettext_lazy("missing"))
    def lacks(self, course: Course) -> str:
        return "" if course.state != Course.State.PROPOSED else ", ".join(adopting.missing(course))

    @admin.display(description=gettext_lazy("skills it names"))
    def named(self, course: Course) -> str:
        rows = course.names_skills.all()
        return ", ".join(f"{r.skill.name} ({r.level})" if r.level else r.skill.name for r in rows)

    @admin.display(description=gettext_lazy("text"))
    def read_it(self, course: Course) -> str:
        if course.document_id is None:
            return ""
        address = reverse("knowledge:document", args=[course.document_id])
        return format_html('<a href="{}">{}</a>', address, _("Read"))


def _is_adopted(course: Course | None) -> bool:
    return course is not None and course.state == Course.State.ADOPTED
