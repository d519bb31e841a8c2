from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import Inline, Page, whether
from careerforge.people.models import Grant
from careerforge.skills.models import (
    Alias,
    Neighbour,
    Practice,
    PracticeLevel,
    Prerequisite,
    Requirement,
    Role,
    RoleAlias,
    Skill,
)

ORG = Grant.Kind.ADMIN_ORG
IN_USE = whether("retired_at", gettext_lazy("use"), gettext_lazy("Retired"), gettext_lazy("In use"))


class Named(Page):
    """A row with a slug, by which other data refers to it: chosen once."""

    acted_as = ORG

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": (self.list_display[0],)}


class Retirable(Named):
    """Taken out of use and brought back; what people have done with it stays."""

    actions = ("retire", "bring_back")

    @admin.display(description=gettext_lazy("in use"), boolean=True)
    def in_use(self, obj: Any) -> bool:
        return obj.retired_at is None

    @admin.action(description=gettext_lazy("Retire"), permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """No new path or suggestion uses it."""
        self._set(request, queryset.filter(retired_at__isnull=True), "retired", timezone.now())

    @admin.action(description=gettext_lazy("Bring back"), permissions=["change"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Back into use."""
        self._set(request, queryset.filter(retired_at__isnull=False), "brought_back", None)

    def _set(self, request: HttpRequest, rows: QuerySet[Any], verb: str, when: Any) -> None:
        chosen = list(rows)
        for row in chosen:
            row.retired_at = when
            row.save(update_fields=["retired_at"])
            self.note(request, self._act(verb), row)
        messages.success(request, _("Done for %(n)s.") % {"n": len(chosen)})


class LevelInline(Inline):
    model = PracticeLevel


@admin.register(Practice)
class PracticeAdmin(Named):
    """Fields of work and their ladders."""

    list_display = ("name", "summary")
    fields = ("name", "slug", "summary")
    inlines = (LevelInline,)


class NoCycle(BaseInlineFormSet):  # type: ignore[type-arg]
    """Refuses prerequisites that lead back to the skill itself."""

    def clean(self) -> None:
        super().clean()
        chosen = {
            form.cleaned_data["requires"].pk
            for form in self.forms
            if form.cleaned_data.get("requires") and not form.cleaned_data.get("DELETE")
        }
        needs: dict[Any, set[Any]] = {}
        for skill, required in Prerequisite.objects.values_list("skill_id", "requires_id"):
            needs.setdefault(skill, set()).add(required)
        needs[self.instance.pk] = chosen
        if self.instance.pk in reachable(chosen, needs):
            raise forms.ValidationError(_("These prerequisites lead back to this skill itself."))


def reachable(start: set[Any], needs: dict[Any, set[Any]]) -> set[Any]:
    """Everything that ``start`` builds on, directly or not, with ``start``."""
    seen: set[Any] = set()
    waiting = list(start)
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            waiting.extend(needs.get(at, ()))
    return seen


class OwnWords(Inline):
    """Words that the company gave; those of a confirmed concept come and go with the crosswalk."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(mapping=None)


class AliasInline(OwnWords):
    model = Alias


class PrerequisiteInline(Inline):
    model = Prerequisite
    fk_name = "skill"
    formset = NoCycle
    typed = {"requires": "name"}


class NeighbourInline(Inline):
    model = Neighbour
    fk_name = "skill"
    typed = {"neighbour": "name"}


@admin.register(Skill)
class SkillAdmin(Retirable):
    """The shared language: skills, other words for them, and what they build on."""

    list_display = ("name", "practice", "hours", "half_life_months", "in_use")
    list_select_related = ("practice",)
    list_filter = ("practice", IN_USE)
    search_fields = ("name", "aliases__text")
    fields = ("name", "slug", "practice", "summary", "hours", "half_life_months")
    inlines = (AliasInline, PrerequisiteInline, NeighbourInline)


class RequirementInline(Inline):
    model = Requirement
    typed = {"skill": "name"}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Requirement]:
        return super().get_queryset(request).order_by("-weight", "id")


class RoleAliasInline(OwnWords):
    model = RoleAlias


@admin.register(Role)
class RoleAdmin(Retirable):
    """Jobs as the company defines them, and what they ask for."""

    list_display = ("title", "practice", "level", "asks_for", "in_use")
    list_select_related = ("practice",)
    list_filter = ("practice", "level", IN_USE)
    search_fields = ("title", "aliases__text")
    fields = ("title", "slug", "practice", "level", "summary")
    inlines = (RequirementInline, RoleAliasInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        return Role.objects.annotate(asked=Count("requirements")).order_by("practice__name", "level", "title")

    @admin.display(description=gettext_lazy("skills asked for"))
    def asks_for(self, role: Role) -> int:
        asked: int = role.asked  # type: ignore[attr-defined]
        return asked
