from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import Page, TenantForm, whether
from careerforge.people import access, rooms
from careerforge.people.models import Assignment, Grant, Position, Room, Team, TeamMembership, User

HR = Grant.Kind.ADMIN_HR
ENDS = whether("ends_on", gettext_lazy("last day"), gettext_lazy("Has a last day"), gettext_lazy("Open"))
BY_WHOM = gettext_lazy("Handle of the person")


def warn_of_broken_lines(request: HttpRequest, *people: User | None) -> None:
    """Say which coach assignments a change of teams has put inside a reporting line."""
    today = timezone.localdate()
    for person in filter(None, people):
        for assignment in access.broken_assignments(person, today):
            told = {"coach": assignment.coach, "employee": assignment.employee}
            sentence = _(
                "%(coach)s coaches %(employee)s and is now in their reporting line. End that assignment."
            )
            messages.warning(request, sentence % told)


class TeamForm(TenantForm):
    """A team's place in the company."""

    def clean_parent(self) -> Team | None:
        parent: Team | None = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise forms.ValidationError(_("A team cannot be part of itself, nor of a team below it."))
            above = above.parent
        return parent


@admin.register(Team)
class TeamAdmin(Page):
    """Teams, who leads them and what they are part of."""

    form = TeamForm
    acted_as = HR
    list_display = ("name", "manager", "parent", "people_now")
    list_select_related = ("manager", "parent")
    search_fields = ("name",)
    fields = ("name", "manager", "parent")
    raw_id_fields = ("manager",)
    autocomplete_fields = ("parent",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        now = TeamMembership.objects.filter(team=OuterRef("pk"), ends_on__isnull=True)
        here = now.filter(user__state=User.State.ACTIVE).order_by().values("team").annotate(n=Count("pk"))
        return Team.objects.annotate(people=Coalesce(Subquery(here.values("n")), 0)).order_by("name")

    @admin.display(description=gettext_lazy("people now"))
    def people_now(self, team: Team) -> int:
        count: int = team.people  # type: ignore[attr-defined]
        return count

    def save_model(self, request: HttpRequest, obj: Team, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        warn_of_broken_lines(request, obj.manager)


class AboutAPerson(Page):
    """Rows from a day to a day about one person; the person's own page links here."""

    acted_as = HR
    ordering = ("-starts_on",)
    search_help_text = BY_WHOM
    # Read after the page is cut out, so that nobody else's rows are joined.
    list_select_related = ()
    shown: ClassVar[tuple[str, ...]] = ()
    linked_by: tuple[str, ...] = ("user__id__exact",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related(*self.shown)


@admin.register(TeamMembership)
class TeamMembershipAdmin(AboutAPerson):
    """Who is in which team since when."""

    list_display = ("user", "team", "starts_on", "ends_on")
    shown = ("user", "team")
    search_fields = ("user__handle", "team__name")
    search_help_text = gettext_lazy("Handle of the person, or name of the team")
    fields = ("user", "team", "starts_on", "ends_on")
    raw_id_fields = ("user",)
    autocomplete_fields = ("team",)

    def subject_of(self, obj: TeamMembership) -> UUID:
        return obj.user_id

    def save_model(self, request: HttpRequest, obj: TeamMembership, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        warn_of_broken_lines(request, obj.user)


class AssignmentForm(TenantForm):
    """Refuses oneself, HR admins and the own reporting line, in words."""

    # Who fills it in.
    by: User

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        coach, employee, day = (cleaned.get(name) for name in ("coach", "employee", "starts_on"))
        # Of oneself the database's own rule says that it cannot be.
        if coach and employee and day and coach != employee:
            reason = access.why_not_coach(coach, employee, max(day, timezone.localdate()))
            reason = reason or ("" if self._only_ends(cleaned) else self._too_much(coach))
            if reason:
                raise forms.ValidationError(reason)
        return cleaned

    def _only_ends(self, cleaned: dict[str, Any]) -> bool:
        last = cleaned.get("ends_on")
        same = not {"coach", "employee"} & set(self.changed_data)
        is_over = last is not None and last <= timezone.localdate()
        return not self.instance._state.adding and same and is_over

    def _too_much(self, coach: User) -> str:
        if coach.pk == self.by.pk:
            return _("Nobody makes themselves a coach of somebody. Ask another HR admin.")
        if HR in coach.kinds:
            return _("An HR admin knows the name behind each handle and cannot coach. Choose somebody else.")
        return ""


@admin.register(Assignment)
class AssignmentAdmin(AboutAPerson):
    """Who coaches whom from when to when."""

    form = AssignmentForm
    list_display = ("employee", "coach", "starts_on", "ends_on", "cover")
    shown = ("employee", "coach")
    linked_by = ("employee__id__exact", "coach__id__exact")
    list_filter = ("cover", ENDS)
    search_fields = ("employee__handle", "coach__handle")
    search_help_text = gettext_lazy("Handle of the person or of the coach")
    fields = ("employee", "coach", "starts_on", "ends_on", "cover")
    raw_id_fields = ("employee", "coach")

    def subject_of(self, obj: Assignment) -> UUID:
        return obj.employee_id

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who fills it in."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        return type("Form", (form,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: Assignment, form: Any, change: bool) -> None:
        before = Assignment.objects.filter(pk=obj.pk).select_related("coach", "employee").first()
        super().save_model(request, obj, form, change)
        for ended in filter(None, (before, obj)):
            close_room(ended)

    def delete_model(self, request: HttpRequest, obj: Assignment) -> None:
        super().delete_model(request, obj)
        close_room(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Assignment]) -> None:
        for obj in queryset.select_related("coach", "employee"):
            self.delete_model(request, obj)


def close_room(assignment: Assignment) -> None:
    """Whose assignment does not hold any more cannot open the coaching room any more."""
    today = timezone.localdate()
    pair = Assignment.objects.on(today).filter(coach=assignment.coach_id, employee=assignment.employee_id)
    room = Room.objects.filter(subject=assignment.employee_id, kind=Room.Kind.COACHING).first()
    if room is not None and not pair.exists():
        rooms.expel(room, assignment.coach, timezone.now())


@admin.register(Position)
class PositionAdmin(AboutAPerson):
    """Which role somebody held from when to when."""

    list_display = ("user", "role", "level", "starts_on", "ends_on")
    shown = ("user", "role")
    search_fields = ("user__handle", "role__title")
    search_help_text = gettext_lazy("Handle of the person, or title of the role")
    fields = ("user", "role", "level", "starts_on", "ends_on")
    raw_id_fields = ("user",)

    def subject_of(self, obj: Position) -> UUID:
        return obj.user_id
