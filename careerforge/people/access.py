"""Who may see and do what: the first line of every view. A stranger gets 404, never a hint."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from careerforge.governance import audit
from careerforge.people import identity
from careerforge.people.lines import lines_of
from careerforge.people.models import Assignment, Grant, Position, Profile, Team, TeamMembership, User

if TYPE_CHECKING:
    from careerforge.people.request import PersonRequest

P = ParamSpec("P")
Kind = Grant.Kind


@dataclass(frozen=True)
class Portal:
    """One of the places a person may enter."""

    key: str
    name: str
    url: str


def portals(user: User) -> list[Portal]:
    """The portals of a person, in the order in which they are offered."""
    found = []
    if Kind.EMPLOYEE in user.kinds:
        found.append(Portal("employee", str(_("My path")), reverse("learning:path")))
    if Kind.COACH in user.kinds:
        found.append(Portal("coach", str(_("Coach console")), reverse("coaching:people")))
    if Kind.MANAGER in user.kinds:
        found.append(Portal("manager", str(_("My team")), reverse("coaching:team")))
    if user.is_staff:
        found.append(Portal("admin", str(_("Administration")), reverse("admin:index")))
    return found


def start(user: User) -> str:
    """Where somebody lands after signing in."""
    entrances = portals(user)
    return entrances[0].url if entrances else reverse("help")


def own_name(user: User) -> str:
    """The name a person sees of themselves."""
    return identity.read(user)


def greet(request: HttpRequest) -> None:
    """Give the page shell what it shows of the person: read only when a template asks."""
    user: Any = request.user
    request.portals = SimpleLazyObject(lambda: portals(user))  # type: ignore[attr-defined]
    request.own_name = SimpleLazyObject(lambda: own_name(user))  # type: ignore[attr-defined]


View = Callable[Concatenate["PersonRequest", P], HttpResponse]


def requires(*kinds: str) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Let in people of one of some kinds; strangers sign in first, others get 404."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            person: Any = request
            if not set(kinds) & set(person.user.kinds):
                # "To the start" leads everybody to their own portal.
                if request.path == "/":
                    return redirect(start(person.user))
                raise Http404
            return view(person, *args, **kwargs)

        return checked

    return decorate


employee = requires(Kind.EMPLOYEE)
coach = requires(Kind.COACH)
manager = requires(Kind.MANAGER)
SEARCHERS = (Kind.COACH, Kind.ADMIN_HR, Kind.ADMIN_PLATFORM, Kind.ADMIN_ORG, Kind.ADMIN_LND)
searcher = requires(*SEARCHERS)


def audiences_of(person: User) -> Q:
    """Which collections a person may read, as a condition on ``knowledge.Collection``."""
    allowed = Q(audience="everyone")
    if Kind.COACH in person.kinds:
        allowed |= Q(audience="coaches")
    if Kind.ADMIN_HR in person.kinds:
        allowed |= Q(audience="hr")
    profile: Profile | None = getattr(person, "profile", None)
    if profile and profile.practice_id:
        allowed |= Q(audience="practice", audience_practice_id=profile.practice_id)
    if profile and profile.region:
        allowed |= Q(audience="region", audience_region=profile.region)
    return allowed


def coachees(coach_user: User, on: date) -> QuerySet[User]:
    """The active people a coach looks after on a day, cover included. Nobody else exists for a coach.

    An HR admin knows the name behind each handle, so for them there is nobody.
    """
    mine = Assignment.objects.on(on).filter(coach=coach_user).values("employee")
    if Kind.ADMIN_HR in coach_user.kinds:
        mine = mine.none()
    held = Position.objects.filter(user=OuterRef("pk"), ends_on__isnull=True).values("role__title")[:1]
    return (
        User.objects.filter(pk__in=mine, state=User.State.ACTIVE)
        .select_related("profile", "profile__practice", "key")
        .annotate(role_held=Subquery(held))
    )


def coachee(coach_user: User, pseudo_id: str, on: date, *, act: str = "person.viewed") -> User:
    """One of the coach's people by pseudonym, the look recorded. Anybody else: 404."""
    person = coachees(coach_user, on).filter(profile__pseudo_id=pseudo_id).first()
    if person is None or Kind.COACH not in coach_user.kinds:
        raise Http404
    audit.record(coach_user, act, subject=person.id, actor_kind=Kind.COACH)
    return person


def managed_teams(manager_user: User) -> QuerySet[Team]:
    """The teams a manager leads, with all teams below them."""
    parents = dict(Team.objects.values_list("id", "parent_id"))
    mine = set(Team.objects.filter(manager=manager_user).values_list("id", flat=True))
    found = {team for team in parents if mine & set(_line_above(team, parents))}
    return Team.objects.filter(pk__in=found)


def _line_above(team: UUID, parents: Mapping[UUID, UUID | None]) -> Iterable[UUID]:
    seen: set[UUID] = set()
    at: UUID | None = team
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = parents.get(at)


def why_not_coach(coach_user: User, employee_user: User, on: date) -> str:
    """The reason why this person may not coach that one, or an empty string.

    Nobody coaches themselves, nor anyone in their own reporting line, up or down.
    """
    if coach_user.pk == employee_user.pk:
        return str(_("Nobody can coach themselves."))
    if Kind.COACH not in coach_user.kinds:
        return str(_("This person does not have the coach role."))
    if lines_of([coach_user.pk, employee_user.pk], on).join(coach_user.pk, employee_user.pk):
        return str(_("These two are in one reporting line. Choose a coach from outside it."))
    return ""


def teams_of(person: User, on: date) -> tuple[UUID, ...]:
    """Ids of the teams a person belongs to on a day."""
    return tuple(TeamMembership.objects.on(on).filter(user=person).values_list("team_id", flat=True))


def broken_assignments(user: User, on: date) -> list[Assignment]:
    """Assignments from ``on`` in which this person and the other are in one reporting line by now."""
    theirs = Assignment.objects.filter(Q(coach=user) | Q(employee=user))
    holding = theirs.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).select_related("coach", "employee")
    found = list(holding)
    lines = lines_of({key for one in found for key in (one.coach_id, one.employee_id)}, on)
    return [one for one in found if lines.join(one.coach_id, one.employee_id)]
