from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from careerforge.administration import choosing
from careerforge.administration.base import Page
from careerforge.administration.people import acts, searching
from careerforge.administration.people.forms import WORK, PersonForm
from careerforge.governance import audit
from careerforge.people import identity, joining, keeping
from careerforge.people.models import Grant, TeamMembership, User

WHO = (None, {"fields": ("username", "state_now")})
NAMES = (_("Who they are (sealed)"), {"fields": identity.FIELDS})
ROLES = (_("What they do"), {"fields": ("kinds", *WORK)})
LINKS = (_("Where they belong"), {"fields": ("belongs",)})


class RoleFilter(admin.SimpleListFilter):
    """Who holds a role; asked so that the list's own order stays an index's."""

    title = _("role in the product")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Grant.Kind.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        held = Grant.objects.filter(kind=self.value()).values("user")
        return queryset.filter(pk__in=held) if self.value() else queryset


@admin.register(User)
class PersonAdmin(Page):
    """People by handle; who opens one sees the name, and that is on record."""

    form = PersonForm
    acted_as = Grant.Kind.ADMIN_HR
    list_display = ("handle", "found_name", "state", "roles", "practice", "team")
    list_filter = ("state", RoleFilter, "profile__practice")
    # With the organisation in front the index gives the order, and no page sorts everybody.
    ordering = ("organisation_id", "handle")
    list_select_related = ()
    readonly_fields = ("state_now", "belongs")
    actions = ("invite_them", "let_them_go")
    change_list_template = "admin/people/user/change_list.html"
    change_form_template = "admin/people/user/change_form.html"

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        """The window that looks a person up gives back the handle."""
        return to_field == choosing.COLUMN or super().to_field_allowed(request, to_field)

    # --- the list ---------------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people = User.objects.order_by(*self.ordering).prefetch_related("grants")
        if not _is_list(request):
            return people.select_related("profile__practice", "identity", "key")
        now = TeamMembership.objects.filter(ends_on__isnull=True).select_related("team")
        # Read after the page is cut out, so that nobody else's rows are joined.
        people = people.prefetch_related(
            "profile__practice", Prefetch("memberships", now, to_attr="teams_now")
        )
        return people.prefetch_related("identity", "key") if searching.current(request) else people

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everybody, or those whom the newest search found."""
        search = searching.current(request)
        page: HttpResponse = super().changelist_view(request, {**(extra_context or {}), "search": search})
        return page

    def get_list_display(self, request: HttpRequest) -> Any:
        searched = searching.current(request) is not None
        return [c for c in self.list_display if searched or c != "found_name"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        search = searching.current(request)
        return (queryset.filter(pk__in=search.people) if search else queryset), False

    @admin.display(description=_("name"))
    def found_name(self, user: User) -> str:
        """Shown for the people whom a search has found; each of them is on record."""
        return identity.read(user)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(str(grant) for grant in user.grants.all())

    @admin.display(description=_("practice"), ordering="profile__practice__name")
    def practice(self, user: User) -> str:
        return str(user.profile.practice or "")

    @admin.display(description=_("team"))
    def team(self, user: User) -> str:
        teams: list[TeamMembership] = user.teams_now  # type: ignore[attr-defined]
        return ", ".join(membership.team.name for membership in teams)

    # --- one person -------------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        return (WHO, NAMES, ROLES, LINKS) if obj else ((None, {"fields": ("username",)}), NAMES, ROLES)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows who fills it in."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        return type("Form", (form,), {"by": request.user})

    def subject_of(self, obj: User) -> UUID:
        return obj.pk

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Opening a person is a look at their data."""
        response = super().change_view(request, object_id, *args, **kwargs)
        if response.status_code == 200 and object_id != str(request.user.pk):
            who: Any = request.user
            audit.record(who, "person.viewed", subject=UUID(object_id), actor_kind=self.acted_as)
        return response

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        who: Any = request.user
        work = {field: form.cleaned_data[field] for field in WORK}
        if change:
            obj.save(update_fields=["username"])
            keeping.keep(obj, form.person, work, form.cleaned_data["kinds"], who)
            return
        newcomer = joining.Newcomer(person=form.person, username=obj.username, kinds=(), **work)
        made = joining.add(newcomer)
        obj.__dict__.update(made.__dict__)
        keeping.grant(made, form.cleaned_data["kinds"], who)

    @admin.display(description=_("state"))
    def state_now(self, user: User) -> str:
        return user.get_state_display()

    @admin.display(description=_("teams, coach and position"))
    def belongs(self, user: User) -> str:
        """Links to the rows about this person; none of them carries a name."""
        links = (
            (_("Teams"), "teammembership", "user"),
            (_("Coach"), "assignment", "employee"),
            (_("Coaches these people"), "assignment", "coach"),
            (_("Positions"), "position", "user"),
        )
        return format_html(" · ".join(["{}"] * len(links)), *(_link(*link, user) for link in links))

    # --- acts -------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        search = path("search/", wrap(self.search_view), name="people_user_search")
        own = [
            path(f"<uuid:pk>/{act}/", wrap(self.act_view), {"act": act}, f"people_user_{act}")
            for act in acts.ACTS
        ]
        return [search, *own, *super().get_urls()]

    def search_view(self, request: HttpRequest) -> HttpResponse:
        return searching.view(self, request)

    def act_view(self, request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
        return acts.view(self, request, User.objects.filter(pk=pk), act)

    @admin.action(description=_("Make one-time links"), permissions=["change"])
    def invite_them(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse:
        """Links to print or send, one for each."""
        return acts.view(self, request, queryset, "invite")

    @admin.action(description=_("Mark as left"), permissions=["change"])
    def let_them_go(self, request: HttpRequest, queryset: QuerySet[User]) -> HttpResponse:
        """Ask first, then end their access."""
        return acts.view(self, request, queryset, "leave")


def _is_list(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.url_name == "people_user_changelist"


def _link(text: Any, model: str, field: str, user: User) -> str:
    address = reverse(f"admin:people_{model}_changelist")
    query = urlencode({f"{field}__id__exact": str(user.pk)})
    return format_html('<a href="{}?{}">{}</a>', address, query, text)
