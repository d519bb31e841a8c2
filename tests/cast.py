"""The people of the tests. Their names stand nowhere else in the code."""

from dataclasses import dataclass
from datetime import date

from careerforge.people.identity import Person
from careerforge.people.joining import Newcomer, add
from careerforge.people.models import Assignment, Position, SkillClaim, Team, TeamMembership, User
from careerforge.skills.models import Practice
from tests.taxonomy import Taxonomy

SINCE = date(2024, 3, 1)


@dataclass(frozen=True)
class Cast:
    """Everybody, by the part they play."""

    owner: User
    teammate: User
    outsider: User
    coach: User
    other_coach: User
    manager: User
    admin_hr: User
    admin_platform: User
    admin_org: User
    admin_lnd: User


def make_person(
    username: str,
    name: str,
    *kinds: str,
    password: str = "",
    practice: Practice | None = None,
    seniority: int = 2,
) -> User:
    """One active person of the open organisation; an employee unless told otherwise."""
    user = add(
        Newcomer(
            person=Person(
                name=name,
                email=f"{name.replace(' ', '.').lower()}@northwind.example",
                city="Quellmoor",
                phone="+49 555 010 4477",
                employee_number=f"NW-{sum(map(ord, username)):05d}",
            ),
            username=username,
            practice=practice,
            seniority=seniority,
            years_of_experience=7,
            region="North",
            kinds=kinds or ("employee",),
            state=User.State.ACTIVE,
        )
    )
    if password:
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def make_cast(taxonomy: Taxonomy, password: str) -> Cast:
    """Write everybody, their teams, coaches, positions and a few claims into the open organisation."""
    data, backend = taxonomy.practices["data"], taxonomy.practices["backend"]
    cast = Cast(
        owner=make_person("owner", "Ottilie Varnhagen", practice=data, password=password),
        teammate=make_person("teammate", "Thaddeus Brinkhof", practice=data),
        outsider=make_person("outsider", "Oriol Castellvi", practice=backend, password=password),
        coach=make_person("coach", "Cosima Wendelin", "coach", practice=data, password=password),
        other_coach=make_person("other-coach", "Osvaldo Quintero", "coach", practice=backend),
        manager=make_person("manager", "Mechthild Ostrander", "manager", password=password),
        admin_hr=make_person("admin-hr", "Henrike Rosendahl", "admin-hr"),
        admin_platform=make_person("admin-platform", "Ptolemy Ferreira", "admin-platform"),
        admin_org=make_person("admin-org", "Orsolya Galambos", "admin-org"),
        admin_lnd=make_person("admin-lnd", "Ludovica Nardone", "admin-lnd"),
    )
    data_team = Team.objects.create(name="Data team", manager=cast.manager)
    other_team = Team.objects.create(name="Backend team")
    for team, person in ((data_team, cast.owner), (data_team, cast.teammate), (other_team, cast.outsider)):
        TeamMembership.objects.create(team=team, user=person, starts_on=SINCE)
    for coach, person in (
        (cast.coach, cast.owner),
        (cast.coach, cast.teammate),
        (cast.other_coach, cast.outsider),
    ):
        Assignment.objects.create(coach=coach, employee=person, starts_on=SINCE)
    for person, role in (
        (cast.owner, "data-analyst"),
        (cast.teammate, "data-analyst"),
        (cast.outsider, "backend-developer"),
    ):
        Position.objects.create(user=person, role=taxonomy.roles[role], level=2, starts_on=SINCE)
    for skill, level, source in (("sql", 4, "coach"), ("python", 2, "self")):
        SkillClaim.objects.create(
            user=cast.owner,
            skill=taxonomy.skills[skill],
            level=level,
            source=source,
            confidence=0.9 if source == "coach" else 0.5,
            evidence_on=date(2026, 10, 1),
        )
    return cast
